// A letter and a clock, each one to five turns of the loop away, in all 25 races by `||`. In how
// many of them is the letter taken out of its box and handed to nobody?
#include "tests/support/stepped.hpp"

#include <string>

#include <boost/asio/experimental/awaitable_operators.hpp>
#include <gtest/gtest.h>

namespace {

using namespace mini_redis::runtime::asio::experimental::awaitable_operators;
using mini_redis::runtime::awaitable;

struct Race : mini_redis::tests::Stepped {
    awaitable<std::string> letter_after(int count)
    {
        co_await turns(count);
        taken = true;
        co_return "a letter";
    }
    awaitable<void> run(int letter, int limit)
    {
        const auto first = co_await (letter_after(letter) || turns(limit));
        handed_over = first.index() == 0;
    }
    bool taken = false, handed_over = false;
};

int letters_lost()
{
    int lost = 0;
    for (int letter = 1; letter <= 5; ++letter) {
        for (int clock = 1; clock <= 5; ++clock) {
            Race race;
            race.tasks.spawn("race", race.run(letter, clock));
            race.settle();
            if (race.taken && !race.handed_over) ++lost;
        }
    }
    return lost;
}

// Yours:
constexpr int lost = 0;  // your guess

// The test:
TEST(LostLetters, AreThoseOfWhichNobodyHears)
{
    EXPECT_TRUE(letters_lost() == lost) << "so many are not lost";
}

}  // namespace
