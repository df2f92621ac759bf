// Runs of a client that is disturbed at every step: three requests at once, x, a and y; what is to
// hold of them whatever happens; and every manner in which bytes may travel.
#pragma once

#include "tests/client/world.hpp"

#include <chrono>
#include <iostream>
#include <string>
#include <utility>
#include <vector>

namespace mini_redis::tests {

using asio::cancellation_type;

inline const std::vector<Manner> manners = {
    {},
    {.read_max = 1},
    {.write_max = 1},
    {.read_max = 1, .write_max = 1},
    {.read_max = 7, .write_max = 3},
    {.refusals = 1},
    {.read_max = 2, .write_max = 5, .refusals = 1},
    {.read_max = 1, .write_max = 1, .refusals = 2},
};

// How many runs there were in this program.
inline std::size_t schedules = 0;

struct Plan {
    Manner manner;
    By by = By::coroutine;
    bool idempotent = false;
    bool warm = false;  // connected before, so that steps begin with the requests
    bool resp3 = true;

    friend std::ostream& operator<<(std::ostream& out, const Plan& plan)
    {
        return out << "reads of " << plan.manner.read_max << ", writes of " << plan.manner.write_max
                   << ", " << plan.manner.refusals << " refusals, failing at "
                   << plan.manner.fails_at << ", by "
                   << (plan.by == By::handler ? "handler" : "coroutine")
                   << (plan.idempotent ? ", idempotent" : "") << (plan.warm ? ", warm" : "");
    }
};

// One run: x, a and y are asked for at once.
class Schedule {
public:
    explicit Schedule(const Plan& plan) : plan_(plan), world_(plan.manner, options(plan))
    {
        ++schedules;
        if (plan.warm) {
            EXPECT_EQ(world_.value_of("w"), "ww");
        }
        ask("x", x_);
        ask("a", a_);
        ask("y", y_);
    }

    ClientWorld& world() { return world_; }
    AskedText& x() { return x_; }
    AskedText& a() { return a_; }
    AskedText& y() { return y_; }
    // False if all was over before so many steps.
    bool step(int steps)
    {
        while (steps-- > 0)
            if (!world_.step()) return false;
        return true;
    }
    void finish()
    {
        EXPECT_TRUE(world_.settle_until([this] { return x_.result && a_.result && y_.result; }));
    }

    // Whatever came of it, it is the truth.
    void check(const std::string& key, AskedText& asked, std::vector<Errc> allowed)
    {
        const int executed = world_.network.server.executed["GET " + key];
        if (asked.ok()) {
            EXPECT_EQ(**asked.result, key + key);
            EXPECT_GE(executed, 1);
        } else {
            EXPECT_THAT(allowed, testing::Contains(asked.error())) << asked.text();
            if (asked.text().ends_with("was not sent")) {
                EXPECT_EQ(executed, 0);
            }
        }
        EXPECT_LE(executed, plan_.idempotent ? 2 : 1);
    }
    void check_others(const std::vector<Errc>& allowed = {})
    {
        check("x", x_, allowed);
        check("y", y_, allowed);
    }
    // Who is told that a request may have been executed is told so for a reason.
    void check_that_nobody_is_alarmed_in_vain()
    {
        int in_vain = 0;
        for (const auto& [key, asked] : {std::pair{"GET x", &x_}, {"GET a", &a_}, {"GET y", &y_}})
            if (asked->error() == Errc::connection_lost && !world_.network.server.executed[key])
                ++in_vain;
        EXPECT_LE(in_vain, world_.network.server.half_heard);
    }
    void check_that_b_has_its_value()
    {
        world_.network.manner.fails_at = -1;
        EXPECT_EQ(world_.value_of("b"), "bb");
        EXPECT_EQ(world_.network.server.executed["GET b"], 1);
    }

private:
    static Options options(const Plan& plan)
    {
        Options options;
        options.resp3 = plan.resp3;
        options.attempts_max = 0;
        return options;
    }
    void ask(const char* key, AskedText& asked)
    {
        auto operation = world_.client->get(key);
        if (plan_.idempotent) operation = std::move(operation).idempotent();
        if (&asked == &a_) operation = std::move(operation).timeout(std::chrono::seconds(60));
        world_.ask(std::move(operation), asked, plan_.by);
    }

    Plan plan_;
    AskedText x_, a_, y_;
    ClientWorld world_;
};

inline bool failed_at(const Plan& plan, int k)
{
    if (testing::Test::HasFailure()) ADD_FAILURE() << plan << ", at step " << k;
    return testing::Test::HasFailure();
}

// Every plan, every k: `disturb` before step k, then `judge` what came of it.
template <class Disturb, class Judge>
void everywhere(const std::vector<Plan>& plans, const Disturb& disturb, const Judge& judge)
{
    for (const Plan& plan : plans) {
        for (int k = 0;; ++k) {
            Schedule run(plan);
            const bool under_way = run.step(k);
            disturb(run);
            run.finish();
            judge(run);
            run.check_that_b_has_its_value();
            if (failed_at(plan, k)) return;
            if (!under_way) break;
        }
    }
}

inline std::vector<Plan> all_plans()
{
    std::vector<Plan> plans;
    for (const Manner& manner : manners) {
        plans.push_back({manner, By::coroutine, false, false, true});
        plans.push_back({manner, By::handler, true, false, false});
        for (const By by : {By::coroutine, By::handler})
            for (const bool idempotent : {false, true})
                plans.push_back({manner, by, idempotent, true, false});
    }
    return plans;
}

}  // namespace mini_redis::tests
