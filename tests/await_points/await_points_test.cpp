// Await points: that cancellations are booked on the right line, and in the right state.
#include "tests/support/await_points.hpp"

#include "server/runtime/mailbox.hpp"
#include "server/runtime/notify.hpp"
#include "server/runtime/race.hpp"
#include "server/runtime/semaphore.hpp"
#include "server/runtime/shutdown.hpp"
#include "tests/support/cancel_everywhere.hpp"
#include "tests/support/stepped.hpp"

#include <chrono>
#include <cstdio>
#include <string>
#include <sys/socket.h>
#include <unistd.h>

#include <gtest/gtest.h>

namespace mini_redis::tests {
namespace {

using namespace std::chrono_literals;
namespace asio = runtime::asio;
using runtime::awaitable;

constexpr const char* here = "tests/await_points/await_points_test.cpp";
constexpr const char* bell_file = "server/runtime/notify.hpp";

class Cancelling : public testing::Test {
protected:
    Cancelling() { AwaitPoints::all().forget(); }

    AwaitPoints::Counts at(unsigned line)
    {
        const auto seen = AwaitPoints::all().seen(here);
        const auto found = seen.find({here, line});
        return found == seen.end() ? AwaitPoints::Counts{} : found->second;
    }
    // Of what is awaited in a file, all lines together.
    AwaitPoints::Counts in(const char* file)
    {
        AwaitPoints::Counts sum;
        for (const auto& [place, counts] : AwaitPoints::all().seen(file)) {
            sum.undisturbed += counts.undisturbed;
            sum.cancelled_waiting += counts.cancelled_waiting;
            sum.cancelled_done += counts.cancelled_done;
        }
        return sum;
    }

    Stepped stepped;
    runtime::Notify bell{stepped.executor()};
};

unsigned line_of_wait = 0;
unsigned line_of_call = 0;

awaitable<void> wait(runtime::Notify& bell)
{
    line_of_wait = __LINE__ + 1;
    co_await bell.wait();
}
awaitable<void> call(runtime::Notify& bell)
{
    line_of_call = __LINE__ + 1;
    co_await wait(bell);
}

TEST_F(Cancelling, IsNotSeenWhereNobodyIsCancelled)
{
    stepped.tasks.spawn("waits", call(bell));
    stepped.settle();
    bell.notify();
    stepped.settle();
    EXPECT_EQ(at(line_of_wait).undisturbed, 1U);
    EXPECT_EQ(at(line_of_call).undisturbed, 1U);
    EXPECT_EQ(in(here).cancelled_waiting + in(here).cancelled_done, 0U);
}

TEST_F(Cancelling, IsBookedOnEveryFrameThatWaits)
{
    stepped.tasks.spawn("waits", call(bell));
    stepped.settle();
    stepped.tasks.cancel();
    stepped.settle();
    for (const AwaitPoints::Counts& counts : {at(line_of_wait), at(line_of_call), in(bell_file)}) {
        EXPECT_EQ(counts.cancelled_waiting, 1U);
        EXPECT_EQ(counts.cancelled_done, 0U);
    }
}

TEST_F(Cancelling, IsToldApartFromTheOneThatCameWhenAllWasDone)
{
    stepped.tasks.spawn("waits", call(bell));
    stepped.settle();
    bell.notify();
    stepped.tasks.cancel();
    stepped.settle();
    for (const AwaitPoints::Counts& counts : {at(line_of_wait), at(line_of_call), in(bell_file)}) {
        EXPECT_EQ(counts.cancelled_waiting, 0U);
        EXPECT_EQ(counts.cancelled_done, 1U);
    }
}

unsigned line_of_timer = 0;
unsigned line_of_read = 0;

awaitable<void> sleep_under_use_tuple(runtime::Timer& timer)
{
    line_of_timer = __LINE__ + 1;
    co_await timer.async_wait(runtime::use_tuple);
}
awaitable<void> read_under_use_tuple(runtime::Socket& socket, char& byte)
{
    line_of_read = __LINE__ + 1;
    co_await socket.async_read_some(asio::buffer(&byte, 1), runtime::use_tuple);
}

TEST_F(Cancelling, IsSeenOfAsiosOwnOperationsUnderUseTuple)
{
    for (const bool done : {false, true}) {
        runtime::Timer timer(stepped.executor(), done ? 0s : 1h);
        stepped.tasks.spawn("waits", sleep_under_use_tuple(timer));
        stepped.step();
        if (done) {
            // The other handler of the same round: now the timer's is queued behind it.
            asio::post(stepped.executor(), [this] { stepped.tasks.cancel(); });
            stepped.step();
        } else {
            stepped.tasks.cancel();
        }
        stepped.settle();
        EXPECT_EQ(stepped.tasks.size(), 0U);
        EXPECT_EQ(at(line_of_timer).cancelled_waiting, 1U);
        EXPECT_EQ(at(line_of_timer).cancelled_done, done ? 1U : 0U);
    }
}

TEST_F(Cancelling, IsSeenOfReads)
{
    for (const bool done : {false, true}) {
        int ends[2] = {};
        ASSERT_EQ(::socketpair(AF_UNIX, SOCK_STREAM, 0, ends), 0);
        runtime::Socket socket(stepped.context(), {AF_UNIX, 0}, ends[0]);
        char byte = 0;
        stepped.tasks.spawn("reads", read_under_use_tuple(socket, byte));
        EXPECT_EQ(::send(ends[1], "x", done ? 1 : 0, 0), done ? 1 : 0);
        stepped.step();  // the read is tried at once, and done if there is something
        stepped.tasks.cancel();
        stepped.settle();
        ::close(ends[1]);
        EXPECT_EQ(byte, done ? 'x' : '\0');
        EXPECT_EQ(at(line_of_read).cancelled_waiting, 1U);
        EXPECT_EQ(at(line_of_read).cancelled_done, done ? 1U : 0U);
    }
}

// Everything the runtime waits with, in one session; the events set each of them going.
class Everything {
public:
    static constexpr std::size_t events = 5;

    explicit Everything(Stepped& stepped)
        : stepped_(stepped),
          bell_(stepped.executor()),
          semaphore_(stepped.executor(), 1),
          box_(stepped.executor(), 10, runtime::Overflow::refuse),
          shutdown_(stepped.executor(), stepped.clock, [] { return runtime::Patience{}; }),
          tasks_(stepped.executor(), [](std::string_view, const auto&) { ADD_FAILURE(); })
    {
        others_ = std::move(*semaphore_.try_acquire());
    }

    awaitable<void> session()
    {
        const auto permit = co_await semaphore_.acquire();
        const asio::cancellation_state state = co_await asio::this_coro::cancellation_state;
        if (state.cancelled() != asio::cancellation_type::none) co_return;  // it could not join
        tasks_.spawn("child", bell_.wait());
        co_await tasks_.join();
        co_await box_.wait();
        runtime::Alarm alarm(stepped_.executor(), stepped_.clock);
        co_await runtime::with_timeout(alarm.wait_for(20ms), 10ms, stepped_.clock);
        co_await shutdown_.reached(runtime::Phase::hard);
        done_ = true;
    }
    bool done() const { return done_; }
    void event(std::size_t number)
    {
        if (number == 0) others_.release();
        if (number == 1) bell_.notify();
        if (number == 2) box_.send(1, 1);
        if (number == 3) stepped_.clock.advance(10ms);
        if (number == 4) shutdown_.force();
    }
    std::string judge()
    {
        for (std::size_t number = 0; number != events; ++number) {
            event(number);  // once more, for a session that was begun anew
            stepped_.settle();
        }
        return done() ? "" : "something is waited for that has come";
    }

private:
    Stepped& stepped_;
    runtime::Notify bell_;
    runtime::Semaphore semaphore_;
    runtime::Semaphore::Permit others_;
    runtime::Mailbox<int> box_;
    runtime::Shutdown shutdown_;
    runtime::TaskGroup tasks_;
    bool done_ = false;
};

void print(const char* title)
{
    std::printf("%-56s %12s %18s %15s\n", title, "undisturbed", "cancelled waiting",
                "cancelled done");
    for (const auto& [place, counts] : AwaitPoints::all().seen()) {
        if (!place.file.starts_with("server/")) continue;
        std::printf("%-56s %12zu %18zu %15zu\n",
                    (place.file + ":" + std::to_string(place.line)).c_str(), counts.undisturbed,
                    counts.cancelled_waiting, counts.cancelled_done);
    }
}

TEST_F(Cancelling, ReachesEveryAwaitPointOfTheRuntimeInBothStates)
{
    const Explored explored = cancel_everywhere<Everything>("everything");
    EXPECT_EQ(explored.failed, 0U) << explored.first;
    print("await points of the runtime");
    const auto seen = AwaitPoints::all().seen("server/runtime/");
    EXPECT_EQ(seen.size(), 8U);
    for (const auto& [place, counts] : seen) {
        // Who waits for others passes a cancellation on, and is not let go before they are.
        const bool joins = place.file.ends_with("race.hpp") || place.file.ends_with("_group.cpp");
        EXPECT_NE(counts.cancelled_done, 0U) << place.file << ":" << place.line;
        EXPECT_EQ(counts.cancelled_waiting == 0, joins) << place.file << ":" << place.line;
    }
}

}  // namespace
}  // namespace mini_redis::tests
