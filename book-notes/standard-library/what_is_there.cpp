// What C++20 itself has for things that take a while, without any library: futures, threads that
// can be asked to stop, and coroutines that nobody runs.
#include <condition_variable>
#include <coroutine>
#include <cstdio>
#include <future>
#include <latch>
#include <mutex>
#include <stop_token>
#include <string>
#include <thread>

namespace {

using std::this_thread::get_id;

void tell(const char* what, const std::string& of)
{
    std::printf("%-32s %s\n", what, of.c_str());
}

void futures_thrown_away()
{
    std::string order = "next";
    static_cast<void>(std::async(std::launch::async, [&order] { order += " a"; }));
    order += " next";
    static_cast<void>(std::async(std::launch::async, [&order] { order += " b"; }));
    order += " next";
    tell("futures, thrown away", order);
}

// Each waits for the other.
void futures_kept()
{
    std::latch both(2);
    std::future<void> a = std::async(std::launch::async, [&both] { both.arrive_and_wait(); });
    std::future<void> b = std::async(std::launch::async, [&both] { both.arrive_and_wait(); });
    a.get();
    b.get();
    tell("futures, kept", "a and b at once");
}

// Book: standard-library/asked-to-stop. A request to stop is remembered, and heard on any thread.
void asked_to_stop()
{
    std::latch listens(1);
    std::thread::id heard_by;
    bool stopped = false;
    {
        const std::jthread sleeper([&](const std::stop_token& stop) {
            const std::stop_callback heard(stop, [&] { heard_by = get_id(); });
            listens.count_down();
            std::mutex mutex;
            std::unique_lock lock(mutex);
            std::condition_variable_any().wait(lock, stop, [] { return false; });
            stopped = stop.stop_requested();
        });
        listens.wait();
    }
    tell("a thread, asked to stop", stopped ? "stops, and is joined" : "goes on");
    tell("  told on the thread of", heard_by == get_id() ? "who asks" : "its own");
}

// The least that makes a function with co_await compile: a type of one's own.
struct Task {
    struct promise_type {
        Task get_return_object()
        {
            return {std::coroutine_handle<promise_type>::from_promise(*this)};
        }
        std::suspend_never initial_suspend() { return {}; }
        std::suspend_always final_suspend() noexcept { return {}; }
        void return_void() {}
        void unhandled_exception() {}
    };
    std::coroutine_handle<promise_type> frame;
};

Task waits(std::string& order)
{
    order += "begins";
    co_await std::suspend_always();
    order += " goes on";
}

void a_coroutine()
{
    std::string order;
    const Task task = waits(order);
    tell("a coroutine, awaiting", order);
    task.frame.resume();
    tell("resumed by hand", order);
    task.frame.destroy();
}

}  // namespace

int main()
{
    futures_thrown_away();
    futures_kept();
    asked_to_stop();
    a_coroutine();
}
