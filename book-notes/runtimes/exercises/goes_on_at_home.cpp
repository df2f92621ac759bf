// A door of one loop, and somebody of another loop who waits until it opens.
#include "server/runtime/asio.hpp"

#include <exception>
#include <optional>
#include <utility>

#include <gtest/gtest.h>

namespace {

namespace runtime = mini_redis::runtime;
namespace asio = runtime::asio;
using Token = asio::use_awaitable_t<runtime::Executor>;
using Waits = asio::async_result<Token, void()>::handler_type;  // a coroutine, suspended

const asio::io_context* running = nullptr;  // the loop whose turn it is

void turn(asio::io_context& loop)
{
    running = &loop;
    loop.restart();
    loop.poll();
}

struct Door {
    runtime::awaitable<void> opened()
    {
        return asio::async_initiate<const Token, void()>(
            [this](auto handler) { waiting.emplace(std::move(handler)); }, token);
    }
    void open();
    std::optional<Waits> waiting{};
    static constexpr Token token{};
};

// Yours:
void Door::open()
{
    Waits waits = std::move(*waiting);
    std::move(waits)();
}

// The test:
runtime::awaitable<void> visit(Door& door, const asio::io_context*& went_on_in)
{
    co_await door.opened();
    went_on_in = running;
}

TEST(GoesOnAtHome, WhoWaitsGoesOnInTheLoopItCameFrom)
{
    asio::io_context loop, other_loop;
    Door door;
    const asio::io_context* went_on_in = nullptr;
    co_spawn(other_loop, visit(door, went_on_in), [](const std::exception_ptr&) {});
    turn(other_loop);
    post(loop, [&door] { door.open(); });
    turn(loop);
    EXPECT_NE(went_on_in, &loop) << "went on in a foreign loop";
    turn(other_loop);
    EXPECT_EQ(went_on_in, &other_loop);
}

TEST(GoesOnAtHome, WhoIsThereAlreadyGoesOnOnTheSpot)
{
    asio::io_context loop;
    Door door;
    const asio::io_context* went_on_in = nullptr;
    co_spawn(loop, visit(door, went_on_in), [](const std::exception_ptr&) {});
    turn(loop);
    post(loop, [&] {
        door.open();
        EXPECT_EQ(went_on_in, &loop) << "a turn of the loop for nothing";
    });
    turn(loop);
}

}  // namespace
