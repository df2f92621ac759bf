// A thousand clients, each of which waits a hundred times with a minute's patience and is served in
// time; at last nobody serves them. A timer of Asio for each, and one wheel for all: how often is
// somebody called?
#include "server/runtime/asio.hpp"
#include "server/runtime/timer_wheel.hpp"

#include <cstdio>
#include <deque>

namespace {

namespace runtime = mini_redis::runtime;
namespace asio = runtime::asio;
using std::chrono::milliseconds;

constexpr int clients = 1'000;
constexpr int rounds = 100;
constexpr int patience_ms = 60'000;

struct Calls {
    int for_nothing = 0;
    int in_time = 0;
};

void show(const char* way, const Calls& calls)
{
    std::printf("%-22s called for nothing: %6d   in time: %d\n", way, calls.for_nothing,
                calls.in_time);
}

// To set a timer anew cancels who waits for it, which is a call, too.
Calls a_timer_each()
{
    Calls calls;
    asio::io_context context;
    std::deque<runtime::Timer> timers;
    for (int i = 0; i < clients; ++i) timers.emplace_back(context);
    const auto set = [&](runtime::Timer& timer, auto when) {
        timer.expires_at(when);
        timer.async_wait(
            [&](runtime::error_code error) { ++(error ? calls.for_nothing : calls.in_time); });
    };
    const auto now = std::chrono::steady_clock::now();
    for (int round = 0; round < rounds; ++round)
        for (runtime::Timer& timer : timers) set(timer, now + milliseconds(round + patience_ms));
    for (runtime::Timer& timer : timers) set(timer, now);  // not to wait for a minute
    context.run();
    return calls;
}

struct Client {
    explicit Client(Calls& of) : calls(of) {}
    void give_up() { ++calls.in_time; }

    Calls& calls;
    runtime::Timeout patience = runtime::Timeout::calling<&Client::give_up>(*this);
};

Calls one_wheel()
{
    Calls calls;
    runtime::TimerWheel wheel(0);
    std::deque<Client> all;
    for (int i = 0; i < clients; ++i) all.emplace_back(calls);
    for (int round = 0; round < rounds; ++round) {
        for (Client& client : all) wheel.set(client.patience, wheel.now_ms() + patience_ms);
        wheel.advance(wheel.now_ms() + 1);
    }
    wheel.advance(wheel.now_ms() + patience_ms);
    return calls;
}

}  // namespace

int main()
{
    show("a timer each", a_timer_each());
    show("one wheel for all", one_wheel());
}
