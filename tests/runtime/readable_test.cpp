// Waiting for something to read: both ways of it, on the socket of a stepped thread.
#include "server/runtime/readable.hpp"

#include "server/runtime/task_group.hpp"

#include <memory>
#include <string>
#include <string_view>
#include <sys/socket.h>
#include <unistd.h>

#include <gtest/gtest.h>

namespace mini_redis::tests {
namespace {

namespace asio = runtime::asio;
using runtime::awaitable;
using runtime::error_code;

// Reads until nothing is left, then waits, over and over. The task keeps it alive.
template <class Way>
struct Reader {
    Reader(asio::io_context& context, int descriptor) : socket(context, {AF_UNIX, 0}, descriptor)
    {
        socket.non_blocking(true);
    }

    static awaitable<void> run(std::shared_ptr<Reader> self)
    {
        while (self->socket.is_open()) {
            char bytes[4];
            error_code error;
            const std::size_t count = self->socket.read_some(asio::buffer(bytes), error);
            self->heard.append(bytes, count);
            if (error && error != asio::error::would_block) break;
            if (count == sizeof bytes) continue;
            co_await self->readable.wait();
            ++self->wakes;
        }
        self->ended = true;
    }

    runtime::Socket socket;
    Way readable{socket};
    std::string heard;
    int wakes = 0;
    bool ended = false;
};

template <class Way>
class WaitingToRead : public testing::Test {
protected:
    WaitingToRead()
    {
        int ends[2] = {};
        EXPECT_EQ(::socketpair(AF_UNIX, SOCK_STREAM | SOCK_NONBLOCK, 0, ends), 0);
        peer = ends[0];
        reader = std::make_shared<Reader<Way>>(context, ends[1]);
    }
    ~WaitingToRead() override { hang_up(); }

    void start()
    {
        tasks.spawn("read", Reader<Way>::run(reader));
        step();
    }
    void step()
    {
        context.restart();
        context.poll();
    }
    void send(std::string_view bytes)
    {
        ASSERT_EQ(::send(peer, bytes.data(), bytes.size(), 0), static_cast<ssize_t>(bytes.size()));
    }
    void hang_up()
    {
        if (peer != -1) ::close(std::exchange(peer, -1));
    }

    asio::io_context context{1};
    runtime::TaskGroup tasks{context.get_executor(),
                             [](std::string_view, const auto&) { ADD_FAILURE(); }};
    int peer = -1;
    std::shared_ptr<Reader<Way>> reader;
};

using Ways = testing::Types<runtime::ReadableByWait, runtime::ReadableByEdge>;
TYPED_TEST_SUITE(WaitingToRead, Ways);

TYPED_TEST(WaitingToRead, EndsWithEachArrival)
{
    this->start();
    for (const char* bytes : {"a", "bcd", "efghijk", "lmno", "p"}) {
        this->send(bytes);
        this->step();
    }
    EXPECT_EQ(this->reader->heard, "abcdefghijklmnop");
    this->step();
    EXPECT_LE(this->reader->wakes, 6);  // one may be for nothing
    EXPECT_FALSE(this->reader->ended);
}

TYPED_TEST(WaitingToRead, EndsWithWhatCameBeforeIt)
{
    this->send("early");
    this->start();
    EXPECT_EQ(this->reader->heard, "early");
    this->send("late");
    this->step();
    EXPECT_EQ(this->reader->heard, "earlylate");
}

TYPED_TEST(WaitingToRead, EndsWhenThePeerHangsUp)
{
    this->start();
    this->hang_up();
    this->step();
    EXPECT_TRUE(this->reader->ended);
}

TYPED_TEST(WaitingToRead, EndsWhenTheSocketIsCancelledAndCanBeginAgain)
{
    this->start();
    const int wakes = this->reader->wakes;
    this->reader->socket.cancel();
    this->step();
    EXPECT_EQ(this->reader->wakes, wakes + 1);
    EXPECT_FALSE(this->reader->ended);
    this->send("on");
    this->step();
    EXPECT_EQ(this->reader->heard, "on");
}

TYPED_TEST(WaitingToRead, EndsWhenTheSocketIsClosed)
{
    this->start();
    this->reader->socket.close();
    this->step();
    EXPECT_TRUE(this->reader->ended);
}

TYPED_TEST(WaitingToRead, MayBeUnderWayWhenTheThreadGoes)
{
    this->start();
    const std::weak_ptr<Reader<TypeParam>> left = std::exchange(this->reader, nullptr);
    EXPECT_FALSE(left.expired());  // the task has it, and goes with the fixture's context
}

}  // namespace
}  // namespace mini_redis::tests
