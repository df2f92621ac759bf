// The next letter, if it comes before the clock: and never one that is neither in the box nor in
// the hand of who asked.
#include "server/runtime/race.hpp"
#include "tests/support/stepped.hpp"

#include <optional>
#include <string>
#include <utility>

#include <boost/asio/experimental/awaitable_operators.hpp>
#include <gtest/gtest.h>

namespace {

using namespace mini_redis::runtime::asio::experimental::awaitable_operators;
using mini_redis::runtime::awaitable;
using Hand = std::optional<std::string>;

struct Desk : mini_redis::tests::Stepped {
    Desk(int letter_turns, int clock_turns) : to_letter(letter_turns), to_clock(clock_turns) {}

    awaitable<std::string> letter()
    {
        co_await turns(to_letter);
        co_return std::exchange(box, std::nullopt).value();
    }
    awaitable<void> tick() { return turns(to_clock); }

    const int to_letter, to_clock;
    Hand box = "a letter";
};

// Yours:
awaitable<Hand> letter_in_time(Desk& desk)
{
    const auto first = co_await (desk.letter() || desk.tick());
    co_return first.index() == 0 ? Hand(std::get<0>(first)) : std::nullopt;
}

// The test:
TEST(InHand, IsEveryLetterThatIsNotInTheBox)
{
    for (int letter = 1; letter <= 5; ++letter) {
        for (int clock = 1; clock <= 5; ++clock) {
            Desk desk(letter, clock);
            Hand hand;
            desk.tasks.spawn("ask", desk.keep(letter_in_time(desk), hand));
            desk.settle();
            ASSERT_EQ(desk.tasks.size(), 0);
            EXPECT_TRUE(desk.box || hand) << "lost: letter " << letter << ", clock " << clock;
            EXPECT_TRUE(hand || letter > clock) << "it was there in time";
            EXPECT_TRUE(desk.box || letter < clock + 2) << "nobody waited for it any more";
        }
    }
}

}  // namespace
