// Signals of the operating system, one after the other.
#pragma once

#include "server/runtime/asio.hpp"

#include <functional>
#include <utility>

namespace mini_redis::runtime {

class Signals {
public:
    // From now on the signals do not end the program. `on_signal` is given the signal's number.
    Signals(asio::io_context& context, std::initializer_list<int> numbers,
            std::function<void(int)> on_signal)
        : signals_(context), on_signal_(std::move(on_signal))
    {
        for (const int number : numbers) signals_.add(number);
    }

    // Runs on: the context, and so does on_signal().  When cancelled: ends; a signal that came at
    // the same time is still told, one that comes later by the next run.  Fails: never.
    awaitable<void> obey()
    {
        for (;;) {
            const auto [error, number] = co_await signals_.async_wait(use_tuple);
            if (error) co_return;
            on_signal_(number);
        }
    }

private:
    SignalSet signals_;
    std::function<void(int)> on_signal_;
};

}  // namespace mini_redis::runtime
