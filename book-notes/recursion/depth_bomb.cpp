// Two thousand levels deep, as a function and as a coroutine: what becomes of the stack? Then a
// reply that is nested a million times, read by a parser that recurses and by the client's.
#include "protocol/reply_parser.hpp"
#include "server/runtime/notify.hpp"
#include "server/runtime/task_group.hpp"

#include <algorithm>
#include <cstdint>
#include <cstdio>
#include <string>

namespace {

namespace runtime = mini_redis::runtime;
namespace asio = runtime::asio;
using runtime::awaitable;

constexpr int levels = 2'000;

// How far down the stack has reached since it was last asked.
class Stack {
public:
    void look() { lowest_ = std::min(lowest_, here()); }

    void tell(const char* what)
    {
        const bool grew = base_ - lowest_ > std::uintptr_t{8} * levels;
        std::printf("%-36s %s\n", what, grew ? "grows with every level" : "does not grow");
        lowest_ = base_;
    }

private:
    static std::uintptr_t here()
    {
        return reinterpret_cast<std::uintptr_t>(__builtin_frame_address(0));
    }

    const std::uintptr_t base_ = here();
    std::uintptr_t lowest_ = base_;
};

// Looks at the stack when a level is left.
struct Leaving {
    explicit Leaving(Stack& of) : stack(of) { stack.look(); }
    Leaving(const Leaving&) = delete;
    Leaving& operator=(const Leaving&) = delete;
    ~Leaving() { stack.look(); }

    Stack& stack;
};

[[gnu::noinline]] void go_down(int left, Stack& stack)
{
    const Leaving level(stack);
    if (left != 0) go_down(left - 1, stack);
}

// Book: recursion/on-the-heap. A coroutine recurses on the heap, and is destroyed on the stack.
awaitable<void> descend(int left, Stack& stack, runtime::Notify& bell)
{
    const Leaving level(stack);
    if (left != 0)
        co_await descend(left - 1, stack, bell);
    else
        co_await bell.wait();
}

void try_both(Stack& stack)
{
    go_down(levels, stack);
    stack.tell("a function");

    asio::io_context context;
    runtime::Notify bell(context.get_executor());
    runtime::TaskGroup tasks(context.get_executor(), [](auto, const auto&) {});
    tasks.spawn("descend", descend(levels, stack, bell));
    context.poll();
    stack.tell("a coroutine, on its way down");
    bell.notify();
    context.poll();
    stack.tell("a coroutine, on its way back");

    tasks.spawn("descend", descend(levels, stack, bell));
    context.restart();
    context.poll();
    stack.tell("another one, on its way down");
    bell.abandon();
    context.poll();
    stack.tell("another one, destroyed at the bottom");
}

// Reads "*1\r\n" again and again, each inside of the last. Gives up before the stack does.
[[gnu::noinline]] int nested_arrays(std::string_view text, Stack& stack, int given_up_at)
{
    const Leaving level(stack);
    if (!text.starts_with("*1\r\n") || given_up_at == 0) return 0;
    return 1 + nested_arrays(text.substr(4), stack, given_up_at - 1);
}

}  // namespace

int main()
{
    Stack stack;
    try_both(stack);

    std::string bomb;
    for (int i = 0; i < 1'000'000; ++i) bomb += "*1\r\n";
    nested_arrays(bomb, stack, levels);
    stack.tell("a parser that recurses");
    mini_redis::protocol::ReplyParser parser;
    const std::size_t taken = parser.feed(bomb);
    std::printf("%-36s \"%s\" after %zu of %zu bytes\n", "the client's parser",
                std::string(parser.error()).c_str(), taken, bomb.size());
}
