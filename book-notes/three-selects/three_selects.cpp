// A letter and a clock, raced in three ways. Both need one turn of the loop, so both get there:
// what becomes of what the loser had in its hands?
#include "server/runtime/asio.hpp"
#include "server/runtime/race.hpp"
#include "server/runtime/task_group.hpp"

#include <cstdio>
#include <deque>
#include <optional>
#include <string>
#include <utility>

#include <boost/asio/experimental/awaitable_operators.hpp>

namespace {

namespace runtime = mini_redis::runtime;
namespace asio = runtime::asio;
using runtime::awaitable;

struct Box {
    std::deque<std::string> letters{"a letter"};

    std::string take()
    {
        std::string letter = std::move(letters.front());
        letters.pop_front();
        return letter;
    }
};

awaitable<void> tick()
{
    const runtime::Executor executor = co_await asio::this_coro::executor;
    co_await asio::post(executor, asio::use_awaitable_t<runtime::Executor>{});
}

awaitable<std::string> letter_from(Box& box)
{
    co_await tick();
    co_return box.take();
}

awaitable<void> letter_into(std::optional<std::string>& hand, Box& box)
{
    co_await tick();
    hand = box.take();
}

void tell(const char* way, const char* winner, const Box& box, const std::string& hand)
{
    std::printf("%-16s %-10s in the box: %zu   in hand: %s\n", way, winner, box.letters.size(),
                hand.c_str());
}

// Asio's: the loser is cancelled, waited for, and what it returns is dropped.
awaitable<void> by_operator()
{
    using namespace asio::experimental::awaitable_operators;
    Box box;
    const auto first = co_await (tick() || letter_from(box));
    tell("tick || letter", first.index() == 0 ? "the clock" : "the letter", box,
         first.index() == 0 ? "nothing" : std::get<1>(first));
}

// JavaScript's Promise.race: the loser goes on, and whatever it does it does behind our back.
struct LetGo {
    Box box;
    std::optional<std::string> hand;
    bool over = false;
};

awaitable<void> branch_of(LetGo& state, const char* name, awaitable<void> branch)
{
    co_await std::move(branch);
    const bool first = !std::exchange(state.over, true);
    tell(first ? "Promise.race" : "  and later", first ? name : "", state.box,
         state.hand.value_or("nothing"));
}

// Ours: both are waited for, and what a branch achieves lies where the winner cannot take it away.
awaitable<void> by_race()
{
    Box box;
    std::optional<std::string> hand;
    co_await runtime::race(tick(), letter_into(hand, box));
    tell("race", "the clock", box, hand.value_or("nothing"));
}

awaitable<void> in_turn()
{
    co_await by_operator();
    co_await by_race();
}

}  // namespace

int main()
{
    asio::io_context context;
    LetGo state;
    runtime::TaskGroup tasks(context.get_executor(), [](auto, const auto&) {});
    tasks.spawn("in turn", in_turn());
    context.run();
    context.restart();
    tasks.spawn("clock", branch_of(state, "the clock", tick()));
    tasks.spawn("letter", branch_of(state, "the letter", letter_into(state.hand, state.box)));
    context.run();
}
