// Waiting for asynchronous operations from code that may wait: an io_context that runs only while
// somebody waits, and a way to be interrupted meanwhile.
#pragma once

#include "client/operation.hpp"

#include <chrono>
#include <functional>
#include <optional>
#include <utility>

namespace mini_redis::client {

class OwnContext {
public:
    OwnContext();
    OwnContext(const OwnContext&) = delete;
    OwnContext& operator=(const OwnContext&) = delete;
    ~OwnContext();

    asio::io_context& context() { return context_; }

    template <class T>
    Result<T> wait(Operation<T> operation)
    {
        // What happened since the last time is to be known before anything is begun.
        catch_up();
        std::optional<Result<T>> result;
        asio::cancellation_signal cancel;
        std::move(operation)(asio::bind_cancellation_slot(
            cancel.slot(), [&result](Result<T> got) { result.emplace(std::move(got)); }));
        const bool interrupted =
            run_until([&result] { return result.has_value(); },
                      [&cancel] { cancel.emit(asio::cancellation_type::terminal); });
        if (interrupted && result->has_error() && result->error().code == Errc::cancelled)
            return Error{Errc::interrupted, "interrupted"};
        return *std::move(result);
    }
    // Runs until `done`, or for so long, or until interrupted; true if it is done.
    bool wait_for(const std::function<bool()>& done, std::chrono::milliseconds limit);

    // From any thread or signal handler: whoever waits ceases to, with Errc::interrupted. If nobody
    // does, nothing happens.
    void interrupt() noexcept;

private:
    void catch_up();
    bool run_until(const std::function<bool()>& done, const std::function<void()>& cancel);
    void listen();

    asio::io_context context_{1};
    Descriptor bell_;
    bool interrupted_ = false;
};

}  // namespace mini_redis::client
