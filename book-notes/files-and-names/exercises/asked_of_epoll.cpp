// Which of these can a loop wait for? A folder, news of a folder, a timer, /dev/null, /dev/random.
#include <array>
#include <fcntl.h>
#include <sys/epoll.h>
#include <sys/inotify.h>
#include <sys/timerfd.h>
#include <unistd.h>

#include <gtest/gtest.h>

namespace {

// Yours:
constexpr std::array<bool, 5> can_be_waited_for{true, true, true, true, true};  // in this order

// The test:
bool taken_by_epoll(int descriptor)
{
    const int epoll = ::epoll_create1(EPOLL_CLOEXEC);
    epoll_event event{.events = EPOLLIN, .data = {}};
    const int refused = ::epoll_ctl(epoll, EPOLL_CTL_ADD, descriptor, &event);
    ::close(epoll);
    ::close(descriptor);
    return refused == 0;
}

TEST(AskedOfEpoll, ItTakesThoseThatYouSay)
{
    const std::array<bool, 5> taken{taken_by_epoll(::open("/", O_RDONLY | O_CLOEXEC)),
                                    taken_by_epoll(::inotify_init1(IN_CLOEXEC)),
                                    taken_by_epoll(::timerfd_create(CLOCK_MONOTONIC, TFD_CLOEXEC)),
                                    taken_by_epoll(::open("/dev/null", O_RDONLY | O_CLOEXEC)),
                                    taken_by_epoll(::open("/dev/random", O_RDONLY | O_CLOEXEC))};
    EXPECT_TRUE(taken == can_be_waited_for) << "epoll takes others of them";
}

}  // namespace
