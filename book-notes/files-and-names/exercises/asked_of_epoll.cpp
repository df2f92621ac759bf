// Which of these can a loop wait for? A folder, news of a folder, a timer, /dev/null, /dev/random.
#include <fcntl.h>
#include <sys/epoll.h>
#include <sys/inotify.h>
#include <sys/timerfd.h>
#include <unistd.h>

#include <gtest/gtest.h>

namespace {

// Yours:
constexpr int can_be_waited_for = 5;  // your guess: how many of the five

// The test:
int taken_by_epoll(int descriptor)
{
    const int epoll = ::epoll_create1(EPOLL_CLOEXEC);
    epoll_event event{.events = EPOLLIN, .data = {}};
    const int refused = ::epoll_ctl(epoll, EPOLL_CTL_ADD, descriptor, &event);
    ::close(epoll);
    ::close(descriptor);
    return refused == 0 ? 1 : 0;
}

TEST(AskedOfEpoll, ItTakesAsManyAsYouSay)
{
    const int taken = taken_by_epoll(::open("/", O_RDONLY | O_CLOEXEC)) +
                      taken_by_epoll(::inotify_init1(IN_CLOEXEC)) +
                      taken_by_epoll(::timerfd_create(CLOCK_MONOTONIC, TFD_CLOEXEC)) +
                      taken_by_epoll(::open("/dev/null", O_RDONLY | O_CLOEXEC)) +
                      taken_by_epoll(::open("/dev/random", O_RDONLY | O_CLOEXEC));
    EXPECT_TRUE(taken == can_be_waited_for) << "epoll takes another number of them";
}

}  // namespace
