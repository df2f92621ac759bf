// The fault behind CVE-2023-28859, looked for at every step: whoever is cancelled, late, or cut off
// while its request is under way must never cost another caller its reply.
//
// GET a is asked for between two others, and given up before step k, for every k until all is over;
// then GET b is asked for, and has to have b's value. A step is one handler of the io_context, so
// that every point is met at which anything is suspended, also between the arrival of a reply and
// its delivery. The same with failing reads and writes instead, and with both.
#include "tests/client/world.hpp"

#include <array>
#include <iostream>
#include <vector>

namespace mini_redis::tests {
namespace {

using namespace std::chrono_literals;
using asio::cancellation_type;

const std::vector<Manner> manners = {
    {},
    {.read_max = 1},
    {.write_max = 1},
    {.read_max = 1, .write_max = 1},
    {.read_max = 7, .write_max = 3},
    {.refusals = 1},
    {.read_max = 2, .write_max = 5, .refusals = 1},
    {.read_max = 1, .write_max = 1, .refusals = 2},
};

std::size_t schedules = 0;

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

    World& world() { return world_; }
    AskedText& a() { return a_; }
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
        if (&asked == &a_) operation = std::move(operation).timeout(60s);
        world_.ask(std::move(operation), asked, plan_.by);
    }

    Plan plan_;
    AskedText x_, a_, y_;
    World world_;
};

bool failed_at(const Plan& plan, int k)
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

std::vector<Plan> all_plans()
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

class CancelEverywhere : public testing::TestWithParam<cancellation_type> {};

TEST_P(CancelEverywhere, NeverCostsAnotherCallerItsReply)
{
    everywhere(
        all_plans(), [](Schedule& run) { run.a().signal.emit(GetParam()); },
        [](Schedule& run) {
            run.check("a", run.a(), {Errc::cancelled});
            run.check_others();
            if (GetParam() == cancellation_type::total && !run.a().ok()) {
                EXPECT_EQ(run.world().network.server.executed["GET a"], 0);
            }
            EXPECT_EQ(run.world().network.server.connections, 1);
        });
}

INSTANTIATE_TEST_SUITE_P(Types, CancelEverywhere,
                         testing::Values(cancellation_type::terminal, cancellation_type::total));

TEST(TimeOutEverywhere, NeverCostsAnotherCallerItsReply)
{
    everywhere(
        all_plans(), [](Schedule& run) { run.world().network.advance(61s); },
        [](Schedule& run) {
            run.check("a", run.a(), {Errc::timed_out});
            // 61 s are too long for a connection attempt, too.
            run.check_others();
        });
}

// The k-th try to read or to write fails.
template <class Then>
void fail_everywhere(const std::vector<Plan>& plans, const Then& then)
{
    for (Plan plan : plans) {
        for (const error_code failure :
             {error_code(asio::error::eof), error_code(asio::error::connection_reset)}) {
            plan.manner.failure = failure;
            for (plan.manner.fails_at = 0;; ++plan.manner.fails_at) {
                const bool failed = then(plan);
                if (failed_at(plan, 0)) return;
                if (!failed) break;
            }
        }
    }
}

TEST(FailEverywhere, NobodyIsAnsweredWrongAndNothingIsSentTwice)
{
    std::vector<Plan> plans = all_plans();
    for (Plan& plan : plans) plan.warm = false;
    fail_everywhere(plans, [](const Plan& plan) {
        Schedule run(plan);
        run.finish();
        const bool failed = run.world().network.tries > plan.manner.fails_at;
        std::vector<Errc> allowed;
        if (!plan.idempotent) allowed = {Errc::connection_lost};
        run.check("a", run.a(), allowed);
        run.check_others(allowed);
        run.check_that_b_has_its_value();
        run.check_that_nobody_is_alarmed_in_vain();
        return failed;
    });
}

TEST(FailAndCancelEverywhere, NobodyIsAnsweredWrong)
{
    std::vector<Plan> plans;
    for (const std::size_t i : {0U, 4U, 6U})
        for (const bool idempotent : {false, true})
            plans.push_back({manners[i], By::coroutine, idempotent, false, false});
    fail_everywhere(plans, [](const Plan& plan) {
        bool failed = false;
        for (int k = 0;; ++k) {
            Schedule run(plan);
            const bool under_way = run.step(k);
            run.a().signal.emit(cancellation_type::terminal);
            run.finish();
            failed = failed || run.world().network.tries > plan.manner.fails_at;
            run.check("a", run.a(), {Errc::connection_lost, Errc::cancelled});
            run.check_others({Errc::connection_lost});
            run.check_that_b_has_its_value();
            if (failed_at(plan, k) || !under_way) break;
        }
        return failed;
    });
}

// Everything may also end with the io_context; the sanitizers watch.
TEST(DestroyEverywhere, LeavesNothingBehind)
{
    for (const Plan& plan : all_plans()) {
        for (int k = 0;; ++k) {
            Schedule run(plan);
            if (!run.step(k)) break;
        }
    }
}

// How much was looked at, once all has been.
class Count : public testing::Environment {
    void TearDown() override { std::cout << schedules << " schedules of a client\n"; }
};
[[maybe_unused]] const auto* const count = testing::AddGlobalTestEnvironment(new Count);

}  // namespace
}  // namespace mini_redis::tests
