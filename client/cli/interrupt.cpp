// The handler may do next to nothing, but it may write eight bytes to an eventfd.
#include "client/cli/interrupt.hpp"

#include <cerrno>
#include <csignal>
#include <cstdint>
#include <poll.h>
#include <sys/eventfd.h>
#include <system_error>
#include <unistd.h>

namespace mini_redis::cli {
namespace {

volatile std::sig_atomic_t raised_into = -1;

extern "C" void note_interrupt(int)
{
    const int error = errno;
    const std::uint64_t one = 1;
    [[maybe_unused]] const auto written = ::write(raised_into, &one, sizeof one);
    errno = error;
}

}  // namespace

Interrupt::Interrupt() : descriptor_(::eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK))
{
    if (descriptor_ < 0) throw std::system_error(errno, std::generic_category(), "eventfd");
    raised_into = descriptor_;
    struct sigaction action{};
    action.sa_handler = note_interrupt;
    ::sigaction(SIGINT, &action, nullptr);
}

Interrupt::~Interrupt()
{
    std::signal(SIGINT, SIG_DFL);
    ::close(descriptor_);
}

bool Interrupt::raised() const
{
    pollfd one{descriptor_, POLLIN, 0};
    return ::poll(&one, 1, 0) == 1;
}

void Interrupt::forget()
{
    std::uint64_t count = 0;
    [[maybe_unused]] const auto taken = ::read(descriptor_, &count, sizeof count);
}

bool pause(std::chrono::microseconds time, const Interrupt* interrupt)
{
    using Clock = std::chrono::steady_clock;
    pollfd one{interrupt != nullptr ? interrupt->descriptor() : -1, POLLIN, 0};
    const auto end = Clock::now() + time;
    for (auto left = time; left.count() > 0;
         left = std::chrono::duration_cast<std::chrono::microseconds>(end - Clock::now())) {
        const auto seconds = std::chrono::floor<std::chrono::seconds>(left);
        const timespec wait{seconds.count(), std::chrono::nanoseconds(left - seconds).count()};
        if (::ppoll(&one, 1, &wait, nullptr) == 1) return true;
    }
    return false;
}

}  // namespace mini_redis::cli
