// The mailbox: each message once and in order, bounded, closed and drained, woken once a batch.
#include "server/runtime/mailbox.hpp"

#include "server/runtime/io_thread.hpp"
#include "tests/support/cancel_everywhere.hpp"
#include "tests/support/stepped.hpp"

#include <atomic>
#include <memory>
#include <string>
#include <vector>

#include <gtest/gtest.h>

namespace mini_redis::tests {
namespace {

namespace asio = runtime::asio;
using runtime::awaitable;
using runtime::Delivery;
using runtime::Overflow;
using Box = runtime::Mailbox<std::string>;

struct Recipient {
    explicit Recipient(std::size_t bytes_max = 10, Overflow overflow = Overflow::refuse)
        : box(stepped.executor(), bytes_max, overflow, [this] { ++rooms; })
    {
    }

    Delivery send(std::string text)
    {
        const std::size_t bytes = text.size();
        return box.send(std::move(text), bytes);
    }
    std::string read()
    {
        std::string all;
        box.drain([&all](const std::string& text) { all += text + ","; });
        return all;
    }
    awaitable<void> wait()
    {
        co_await box.wait();
        ++woken;
    }
    void start_to_wait()
    {
        stepped.tasks.spawn("waits", wait());
        stepped.settle();
    }

    Stepped stepped;
    Box box;
    int woken = 0;
    int rooms = 0;
};

TEST(Mailbox, DeliversInOrder)
{
    Recipient to;
    EXPECT_EQ(to.box.front(), nullptr);
    to.send("a");
    to.send("b");
    ASSERT_NE(to.box.front(), nullptr);
    to.send("c");
    EXPECT_EQ(*to.box.front(), "a");
    EXPECT_EQ(*to.box.front(), "a");  // it stays until it is popped
    to.box.pop();
    EXPECT_EQ(to.box.bytes(), 2U);
    EXPECT_EQ(to.read(), "b,c,");
    EXPECT_EQ(to.read(), "");
    EXPECT_EQ(to.box.bytes(), 0U);
}

TEST(Mailbox, RefusesWhatItHasNoRoomForAndTellsWhenThereIsRoom)
{
    Recipient to(10);
    EXPECT_EQ(to.send("1234567"), Delivery::accepted);
    EXPECT_EQ(to.send("890"), Delivery::accepted);
    EXPECT_EQ(to.send("1"), Delivery::refused);
    EXPECT_EQ(to.send(""), Delivery::accepted);
    EXPECT_EQ(to.rooms, 0);
    EXPECT_EQ(to.read(), "1234567,890,,");
    EXPECT_EQ(to.rooms, 1);
    EXPECT_EQ(to.send("1"), Delivery::accepted);
    EXPECT_EQ(to.read(), "1,");
    EXPECT_EQ(to.rooms, 1);  // nobody asked again
}

TEST(Mailbox, TakesAFirstMessageHoweverLong)
{
    Recipient to(3);
    EXPECT_EQ(to.send("longer"), Delivery::accepted);
    EXPECT_EQ(to.send("x"), Delivery::refused);
    EXPECT_EQ(to.read(), "longer,");
    EXPECT_EQ(to.rooms, 1);
}

TEST(Mailbox, ReportsThatItIsFullToThoseWhoWillWait)
{
    Recipient to(3, Overflow::report);
    EXPECT_EQ(to.send("ab"), Delivery::accepted);
    EXPECT_EQ(to.send("cd"), Delivery::full);
    EXPECT_EQ(to.send("e"), Delivery::full);
    EXPECT_EQ(to.box.bytes(), 5U);
    EXPECT_EQ(*to.box.front(), "ab");
    to.box.pop();
    EXPECT_EQ(to.rooms, 0);  // as full as it may be
    to.box.front();
    to.box.pop();
    EXPECT_EQ(to.rooms, 1);
    EXPECT_EQ(to.read(), "e,");
    EXPECT_EQ(to.rooms, 1);
}

TEST(Mailbox, DeliversWhatItAcceptedAfterItIsClosed)
{
    Recipient to;
    to.send("a");
    to.send("b");
    to.box.close();
    EXPECT_EQ(to.send("c"), Delivery::closed);
    EXPECT_FALSE(to.box.drained());
    to.box.front();
    EXPECT_FALSE(to.box.drained());
    EXPECT_EQ(to.read(), "a,b,");
    EXPECT_TRUE(to.box.drained());
}

TEST(Mailbox, WakesWhoWaitsWhenItIsClosed)
{
    Recipient to;
    to.start_to_wait();
    to.box.close();
    to.stepped.settle();
    EXPECT_EQ(to.woken, 1);
    to.start_to_wait();  // for what cannot come
    EXPECT_EQ(to.woken, 2);
}

TEST(Mailbox, IsNotWaitedForWhenSomethingIsThere)
{
    Recipient to;
    to.send("a");
    to.start_to_wait();
    EXPECT_EQ(to.woken, 1);
    to.box.front();  // on the consumer's side of it now
    to.start_to_wait();
    EXPECT_EQ(to.woken, 2);
}

TEST(Mailbox, PostsOnceABatch)
{
    Recipient to(1000);
    to.start_to_wait();
    for (int i = 0; i != 100; ++i) to.send("x");
    // The post, the waiter it wakes, and the end of the waiter's task.
    EXPECT_LE(to.stepped.settle(), 3U);
    EXPECT_EQ(to.woken, 1);
    for (int i = 0; i != 100; ++i) to.send("x");
    EXPECT_EQ(to.stepped.settle(), 0U);  // the consumer has not looked yet
    to.read();
    to.send("x");
    EXPECT_EQ(to.stepped.settle(), 1U);
}

TEST(Mailbox, KeepsAMessageWhoseHandlerFails)
{
    Recipient to;
    to.send("a");
    to.send("bad");
    to.send("c");
    const auto handle = [](const std::string& text) {
        if (text == "bad") throw std::runtime_error("cannot");
    };
    EXPECT_THROW(to.box.drain(handle), std::runtime_error);
    EXPECT_EQ(to.read(), "bad,c,");
}

TEST(Mailbox, DrainsWhatIsThereAndNotWhatComesMeanwhile)
{
    Recipient to;
    to.send("a");
    EXPECT_EQ(to.box.drain([&to](const std::string& text) { to.send(text + "!"); }), 1U);
    EXPECT_EQ(to.read(), "a!,");
}

TEST(Mailbox, MayGoWhileItsPostIsUnderWay)
{
    Stepped stepped;
    auto box = std::make_unique<Box>(stepped.executor(), 10, Overflow::refuse);
    box->send("a", 1);
    box.reset();
    EXPECT_EQ(stepped.settle(), 1U);
}

// Producers on their own threads, who wait when they are told to; each numbers its messages.
TEST(Mailbox, DeliversEachMessageOnceFromManyThreads)
{
    struct Message {
        std::size_t producer;
        int number;
    };
    constexpr std::size_t producers = 3;
    constexpr int messages = 3000;
    runtime::IoThread home;
    std::atomic<int> rooms{0};
    runtime::Mailbox<Message> box(home.executor(), 40, Overflow::report, [&rooms] {
        ++rooms;
        rooms.notify_all();
    });

    asio::thread_pool threads(producers);
    std::atomic<std::size_t> left{producers};
    for (std::size_t producer = 0; producer != producers; ++producer)
        asio::post(threads, [&, producer] {
            for (int number = 0; number != messages; ++number) {
                const int seen = rooms.load();
                if (box.send({producer, number}, 1) == Delivery::full) rooms.wait(seen);
            }
            if (--left == 0) box.close();
        });

    std::vector<int> next(producers, 0);
    std::size_t most = 0;
    struct Consumer {
        static awaitable<void> run(runtime::Mailbox<Message>& box, std::vector<int>& next,
                                   std::size_t& most)
        {
            while (!box.drained()) {
                most = std::max(most, box.bytes());
                box.drain([&next](const Message& message) {
                    EXPECT_EQ(next[message.producer]++, message.number);
                });
                co_await box.wait();
            }
        }
    };
    runtime::TaskGroup tasks(home.executor(), [](std::string_view, const auto&) { FAIL(); });
    tasks.spawn("consumes", Consumer::run(box, next, most));
    while (tasks.size() != 0) home.context().run_one();
    threads.join();
    EXPECT_EQ(next, std::vector<int>(producers, messages));
    // Each sends one above the bound, and one more if there was room just before it was told.
    EXPECT_LE(most, 40 + 2 * producers);
}

// Reads its mail, and answers in the same step; or, if it is careless, in one that may not come.
template <bool careless>
class Correspondent {
public:
    static constexpr std::size_t events = 4;

    explicit Correspondent(Stepped& stepped) : box_(stepped.executor(), 100, Overflow::refuse) {}

    awaitable<void> session()
    {
        while (!done()) {
            if constexpr (careless) {
                if (const std::string* text = box_.front()) {
                    const std::string kept = *text;
                    box_.pop();
                    co_await asio::post(runtime::use_tuple);
                    co_await asio::post(runtime::use_tuple);
                    answered_ += kept;
                }
            } else {
                box_.drain([this](const std::string& text) { answered_ += text; });
            }
            co_await box_.wait();
        }
    }
    bool done() const { return box_.drained(); }
    void event(std::size_t number)
    {
        if (number + 1 == events) return box_.close();
        box_.send(std::to_string(number), 1);
    }
    std::string judge() { return answered_ == "012" ? "" : "answered: " + answered_; }

private:
    Box box_;
    std::string answered_;
};

TEST(Mailbox, LosesNoMessageWhereverItsReaderIsCancelled)
{
    const Explored explored = cancel_everywhere<Correspondent<false>>("mailbox");
    EXPECT_EQ(explored.failed, 0U) << explored.first;
    const Explored sabotaged = cancel_everywhere<Correspondent<true>>("a careless reader");
    EXPECT_NE(sabotaged.failed, 0U);
}

}  // namespace
}  // namespace mini_redis::tests
