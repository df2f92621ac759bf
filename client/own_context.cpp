// The bell is an eventfd, because to write to one is all that a signal handler may do.
#include "client/own_context.hpp"

#include <exception>
#include <sys/eventfd.h>
#include <system_error>
#include <unistd.h>

namespace mini_redis::client {

OwnContext::OwnContext() : bell_(context_)
{
    const int bell = ::eventfd(0, EFD_NONBLOCK | EFD_CLOEXEC);
    if (bell < 0) throw std::system_error(errno, std::generic_category(), "eventfd");
    bell_.assign(bell);
    listen();
}

OwnContext::~OwnContext() = default;

void OwnContext::listen()
{
    bell_.async_wait(Descriptor::wait_read, [this](const error_code& error) {
        if (error) return;
        std::uint64_t rings = 0;
        interrupted_ = ::read(bell_.native_handle(), &rings, sizeof rings) > 0;
        listen();
    });
}

void OwnContext::interrupt() noexcept
{
    const std::uint64_t ring = 1;
    [[maybe_unused]] const auto written = ::write(bell_.native_handle(), &ring, sizeof ring);
}

void OwnContext::catch_up()
{
    context_.restart();
    context_.poll();
    interrupted_ = false;
}

bool OwnContext::run_until(const std::function<bool()>& done, const std::function<void()>& cancel)
{
    bool interrupted = false;
    std::exception_ptr fault;
    while (!done()) {
        try {
            context_.run_one();
        } catch (...) {
            // What waits refers to our caller's frame, so it has to end before that is left.
            if (!fault) fault = std::current_exception();
            cancel();
        }
        if (std::exchange(interrupted_, false)) {
            interrupted = true;
            cancel();
        }
    }
    if (fault) std::rethrow_exception(fault);
    return interrupted;
}

bool OwnContext::wait_for(const std::function<bool()>& done, std::chrono::milliseconds limit)
{
    const auto deadline = std::chrono::steady_clock::now() + limit;
    catch_up();
    // Book: function-colour/be-the-loop. Who waits for asynchronous code is its loop meanwhile.
    while (!done() && !interrupted_ && context_.run_one_until(deadline) != 0) {
    }
    return done();
}

}  // namespace mini_redis::client
