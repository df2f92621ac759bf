// Whether each command and each transaction happens at one instant, whoever else asks at the time:
// clients at random on four threads of a real server, and a checker of what they heard.
//
//   MINI_REDIS_HISTORIES    how many seeds to try
#include "tests/linearizability/checker.hpp"
#include "tests/linearizability/crowd.hpp"
#include "tests/linearizability/models.hpp"

#include <cstdio>
#include <cstdlib>

namespace mini_redis::tests {
namespace {

constexpr int rounds = 12;

std::size_t seeds()
{
    const char* const wanted = std::getenv("MINI_REDIS_HISTORIES");
    return wanted ? std::stoull(wanted) : 3;
}

std::size_t unheard_in(const History& history)
{
    const auto unheard = [](const Operation& operation) { return !operation.answered; };
    return static_cast<std::size_t>(std::ranges::count_if(history, unheard));
}

// How many were called before what another client asked earlier had returned.
std::size_t met_in(History history)
{
    std::ranges::sort(history, std::less(), &Operation::called);
    std::size_t met = 0;
    std::uint64_t last_return = 0;
    for (const Operation& operation : history) {
        met += operation.called < last_return ? 1 : 0;
        if (operation.answered) last_return = std::max(last_return, operation.returned);
    }
    return met;
}

template <class Model>
void expect_one_instant_each(const char* what, const Scenario& scenario)
{
    Crowd crowd(scenario);
    for (std::uint64_t seed = 1; seed <= seeds(); ++seed) {
        const History history = crowd.run(seed, rounds);
        const std::size_t met = met_in(history);
        std::printf("[%s] seed %d: %zu operations, %zu met others, %zu unheard\n", what,
                    static_cast<int>(seed), history.size(), met, unheard_in(history));
        ASSERT_EQ(wrong_with<Model>(history), "") << what << ", seed " << seed;
        EXPECT_GT(met, history.size() / 10);  // otherwise it says nothing
    }
}

TEST(Linearizability, OfCounters)
{
    expect_one_instant_each<Counters>("counters", counters_alone);
}

TEST(Linearizability, OfLists)
{
    expect_one_instant_each<Lists>("lists", lists_alone);
}

TEST(Linearizability, OfWaits)
{
    expect_one_instant_each<Lists>("waits", lists_and_waits);
}

TEST(Linearizability, OfWaitsForSeveral)
{
    expect_one_instant_each<Lists>("waits for several", lists_and_waits_for_several);
}

TEST(Linearizability, OfTransactions)
{
    expect_one_instant_each<CountersAndLists>("transactions", transactions_of_both);
}

}  // namespace
}  // namespace mini_redis::tests
