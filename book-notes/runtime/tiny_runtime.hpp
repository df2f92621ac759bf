// A runtime from scratch: a queue of coroutines that can go on, an epoll descriptor that tells
// which sockets are ready, and a map of times. One thread, no errors, no cancellation: to be read.
#pragma once

#include <algorithm>
#include <chrono>
#include <coroutine>
#include <exception>
#include <map>
#include <sys/epoll.h>
#include <unistd.h>
#include <utility>
#include <vector>

namespace tiny {

using Coroutine = std::coroutine_handle<>;
using Clock = std::chrono::steady_clock;
using std::chrono::milliseconds;

// Begins when it is called, and frees itself when it ends.
struct Task {
    struct promise_type {
        Task get_return_object() { return {}; }
        std::suspend_never initial_suspend() noexcept { return {}; }
        std::suspend_never final_suspend() noexcept { return {}; }
        void return_void() {}
        void unhandled_exception() { std::terminate(); }
    };
};

class Runtime {
    // What can be awaited: `begin` notes down when to wake whoever awaits it.
    // Book: runtime/a-place-to-wait. Whoever waits leaves word where it can be found.
    struct Until {
        Runtime& runtime;
        void (Runtime::*begin)(Coroutine who, int what);
        int what;
        bool await_ready() const { return false; }
        void await_suspend(Coroutine who) { (runtime.*begin)(who, what); }
        void await_resume() const {}
    };

public:
    Runtime() = default;
    Runtime(const Runtime&) = delete;
    Runtime& operator=(const Runtime&) = delete;
    ~Runtime() { ::close(epoll_); }

    Until turn() { return {*this, &Runtime::wake, 0}; }
    Until readable(int socket) { return {*this, &Runtime::watch, socket}; }
    Until after(int ms) { return {*this, &Runtime::set, ms}; }

    // Book: runtime/a-loop. Run whoever can go on; if nobody can, rest until somebody can.
    void run()
    {
        while (react())
            for (const Coroutine who : std::exchange(queue_, {})) who.resume();
    }

private:
    void wake(Coroutine who, int) { queue_.push_back(who); }
    void set(Coroutine who, int ms) { times_.emplace(Clock::now() + milliseconds(ms), who); }
    void watch(Coroutine who, int socket)
    {
        epoll_event event{EPOLLIN | EPOLLONESHOT, {.ptr = who.address()}};
        if (::epoll_ctl(epoll_, EPOLL_CTL_MOD, socket, &event) != 0)
            ::epoll_ctl(epoll_, EPOLL_CTL_ADD, socket, &event);
        ++watched_;
    }

    // False if nobody can go on any more, whatever happens.
    // Book: runtime/reactor. The thread sleeps in one place, and for everybody at once.
    bool react()
    {
        if (queue_.empty() && watched_ == 0 && times_.empty()) return false;
        epoll_event events[16];
        const int count = ::epoll_wait(epoll_, events, 16, patience());
        for (int i = 0; i < count; ++i, --watched_)
            wake(Coroutine::from_address(events[i].data.ptr), 0);
        while (!times_.empty() && times_.begin()->first <= Clock::now())
            wake(times_.extract(times_.begin()).mapped(), 0);
        return true;
    }

    // How many milliseconds it may sleep; -1 is for ever.
    int patience() const
    {
        if (!queue_.empty()) return 0;
        if (times_.empty()) return -1;
        const auto left = std::chrono::ceil<milliseconds>(times_.begin()->first - Clock::now());
        return std::max(static_cast<int>(left.count()), 0);
    }

    const int epoll_ = ::epoll_create1(0);
    int watched_ = 0;
    std::vector<Coroutine> queue_;
    std::multimap<Clock::time_point, Coroutine> times_;
};

}  // namespace tiny
