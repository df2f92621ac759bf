// The fault behind CVE-2023-28859, looked for at every step: whoever is cancelled, late, or cut off
// while its request is under way must never cost another caller its reply.
//
// GET a is asked for between two others, and given up before step k, for every k until all is over;
// then GET b is asked for, and has to have b's value. A step is one handler of the io_context, so
// that every point is met at which anything is suspended, also between the arrival of a reply and
// its delivery. The same with failing reads and writes instead, and with both.
#include "tests/client/schedules.hpp"

#include <iostream>
#include <vector>

namespace mini_redis::tests {
namespace {

using namespace std::chrono_literals;

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

// How much was looked at, once all has been.
class Count : public testing::Environment {
    void TearDown() override { std::cout << schedules << " schedules of a client\n"; }
};
[[maybe_unused]] const auto* const count = testing::AddGlobalTestEnvironment(new Count);

}  // namespace
}  // namespace mini_redis::tests
