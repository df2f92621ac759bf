// A library that does not block, and says what it waits for: it may want to write before it can
// read.
#include "tests/support/socket_pair.hpp"
#include "tests/support/stepped.hpp"

#include <cstddef>
#include <string>
#include <sys/socket.h>

#include <boost/asio/posix/basic_stream_descriptor.hpp>
#include <gtest/gtest.h>

namespace {

namespace runtime = mini_redis::runtime;
using Descriptor = runtime::asio::posix::basic_stream_descriptor<runtime::Executor>;

enum class Wants { nothing, to_read, to_write };

struct Library {
    Wants go_on()
    {
        ++called;
        while (!question.empty()) {
            const ssize_t sent = ::send(socket, question.data(), question.size(), 0);
            if (sent < 0) return Wants::to_write;
            question.erase(0, static_cast<std::size_t>(sent));
        }
        answered = ::recv(socket, &answer, 1, 0) == 1;
        return answered ? Wants::nothing : Wants::to_read;
    }

    int socket;
    std::string question = std::string(1'000'000, '?');
    char answer = 0;
    bool answered = false;
    int called = 0;
};

// Yours:
runtime::awaitable<void> finish(Library& library, Descriptor& descriptor)
{
    while (library.go_on() != Wants::nothing)
        co_await descriptor.async_wait(Descriptor::wait_read, runtime::use_tuple);
}

// The test:
TEST(WhichWay, TheQuestionGoesOutAndNobodyAsksInVain)
{
    mini_redis::tests::Stepped world;
    mini_redis::tests::SocketPair ends;
    const int room_bytes = 64 * 1024;  // much less than the question
    ::setsockopt(ends.mine.get(), SOL_SOCKET, SO_SNDBUF, &room_bytes, sizeof room_bytes);
    Library library{.socket = ends.mine.get()};
    Descriptor descriptor(world.executor(), ends.mine.take());
    world.tasks.spawn("finish", finish(library, descriptor));
    std::string room(library.question.size(), ' ');
    std::size_t received = 0;
    for (int turn = 0; turn < 30 && !library.answered; ++turn) {
        for (int i = 0; i < 1000; ++i) world.step();
        const ssize_t got = ::recv(ends.theirs.get(), room.data(), room.size(), 0);
        if (got > 0) received += static_cast<std::size_t>(got);
        if (got < 0 && received == room.size()) {
            EXPECT_EQ(::send(ends.theirs.get(), "!", 1, 0), 1);
        }
    }
    EXPECT_TRUE(library.answered) << "it waits for an answer, and has not asked yet";
    EXPECT_LE(library.called, 100) << "it is called again and again";
}

}  // namespace
