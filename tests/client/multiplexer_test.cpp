// The multiplexer by itself: which bytes are to be sent, and who gets which reply.
#include "client/multiplexer.hpp"

#include "tests/support/words.hpp"

#include <memory>
#include <vector>

#include <gtest/gtest.h>

namespace mini_redis::tests {
namespace {

using namespace std::chrono_literals;
using client::Errc;
using client::Multiplexer;
using client::Request;
using client::TimePoint;

class Caller final : public client::Waiter {
public:
    void receive(const client::Scalar& reply) override { receive(reply.value()); }
    void receive(protocol::Value&& reply) override
    {
        got += (got.empty() ? "" : " ") + to_text(reply);
    }
    void fail(client::Error error) override { failed = std::move(error); }
    void restart() override { got.clear(); }
    void finish() override { ++finished; }
    void abandon() override { abandoned = true; }

    std::string got;
    client::Error failed;
    int finished = 0;
    bool abandoned = false;
};

class Multiplexing : public testing::Test {
protected:
    Caller& ask(const char* key, bool idempotent = false, TimePoint deadline = client::never)
    {
        callers_.push_back(std::make_unique<Caller>());
        Caller& caller = *callers_.back();
        caller.idempotent = idempotent;
        caller.deadline = deadline;
        all.add(caller, Request("GET", key));
        return caller;
    }
    static std::string get(const char* key) { return encoded({"GET", key}); }
    std::string_view hear(std::string_view bytes)
    {
        protocol::Buffer in;
        in.append(bytes);
        const auto wrong = all.receive(in);
        EXPECT_TRUE(in.empty() || !wrong.empty());
        return wrong;
    }
    void write_all() { all.wrote(all.outgoing().size()); }

    std::vector<std::unique_ptr<Caller>> callers_;
    Multiplexer all{{.queue_bytes_max = 100, .retries_max = 2}};
};

TEST_F(Multiplexing, AnswersInTheOrderOfTheRequests)
{
    Caller& a = ask("a");
    Caller& b = ask("b");
    EXPECT_EQ(all.outgoing(), get("a") + get("b"));
    write_all();
    EXPECT_EQ(hear("+1\r\n+2"), "");
    EXPECT_EQ(a.got, "1");
    EXPECT_EQ(a.finished, 1);
    EXPECT_EQ(b.finished, 0);
    EXPECT_EQ(hear("\r\n"), "");
    EXPECT_EQ(b.got, "2");
    EXPECT_EQ(all.waiting(), 0U);
}

TEST_F(Multiplexing, TakesOutTheBytesOfWhoGivesUpBeforeTheyAreWritten)
{
    Caller& a = ask("a");
    Caller& b = ask("b");
    Caller& c = ask("c");
    EXPECT_TRUE(all.withdraw(b, {Errc::cancelled, ""}));
    EXPECT_EQ(all.outgoing(), get("a") + get("c"));
    all.wrote(3);
    Caller& d = ask("d");
    EXPECT_TRUE(all.withdraw(c, {Errc::cancelled, ""}));
    EXPECT_EQ(all.outgoing(), get("a").substr(3) + get("d"));
    write_all();
    EXPECT_EQ(hear("+1\r\n+4\r\n"), "");
    EXPECT_EQ(a.got, "1");
    EXPECT_EQ(d.got, "4");
    all.finish_settled();
    EXPECT_EQ(b.finished, 1);
    EXPECT_EQ(b.failed.code, Errc::cancelled);
    EXPECT_FALSE(all.withdraw(b, {Errc::timed_out, ""}));  // what is settled stays so
    EXPECT_EQ(b.failed.code, Errc::cancelled);
}

TEST_F(Multiplexing, ThrowsAwayTheReplyOfWhoGaveUpAfterOneByteWasWritten)
{
    Caller& a = ask("a");
    Caller& b = ask("b");
    all.wrote(1);
    EXPECT_TRUE(all.may_be_executed(a));
    EXPECT_FALSE(all.may_be_executed(b));
    all.withdraw(a, {Errc::cancelled, ""});
    EXPECT_EQ(all.outgoing(), get("a").substr(1) + get("b"));
    write_all();
    EXPECT_EQ(hear("*2\r\n:1\r\n:1\r\n$1\r\n2\r\n"), "");
    EXPECT_EQ(a.got, "");
    EXPECT_EQ(b.got, "\"2\"");
}

TEST_F(Multiplexing, CountsTheRepliesOfSeveralRequestsAtOnce)
{
    Caller many;
    all.add(many, Request::encoded("xyz", 3));
    Caller& a = ask("a");
    write_all();
    hear("+1\r\n");
    hear("*1\r\n:2\r\n+");
    EXPECT_EQ(many.finished, 0);
    hear("3\r\n+4\r\n");
    EXPECT_EQ(many.finished, 1);
    EXPECT_EQ(many.got, "1 1) (integer) 2 3");
    EXPECT_EQ(a.got, "4");
}

TEST_F(Multiplexing, HasCallersWaitInLineWhileTheQueueIsFull)
{
    std::vector<Caller*> callers;
    for (const char* key : {"a", "b", "c", "d", "e", "f", "g", "h"}) callers.push_back(&ask(key));
    const std::size_t one = get("a").size();
    const std::size_t admitted = (100 + one - 1) / one;
    EXPECT_EQ(all.outgoing().size(), admitted * one);
    EXPECT_EQ(all.waiting(), 8U);
    all.withdraw(*callers[6], {Errc::cancelled, ""});
    all.wrote(one);  // more than half of it is still there
    EXPECT_EQ(all.outgoing().size(), (admitted - 1) * one);
    all.wrote((admitted - 1) * one);
    EXPECT_EQ(all.outgoing(), get("f") + get("h"));
    write_all();
    hear("+1\r\n+2\r\n+3\r\n+4\r\n+5\r\n+6\r\n+8\r\n");
    EXPECT_EQ(callers[5]->got, "6");
    EXPECT_EQ(callers[7]->got, "8");
}

TEST_F(Multiplexing, TakesALargeRequestWhenTheQueueIsEmpty)
{
    const std::string large(1000, 'x');
    Caller& a = ask(large.c_str());
    EXPECT_GT(all.outgoing().size(), 1000U);
    write_all();
    hear("+1\r\n");
    EXPECT_EQ(a.got, "1");
}

TEST_F(Multiplexing, FailsWhatWasWrittenAndKeepsWhatWasNotWhenTheConnectionIsLost)
{
    Caller& a = ask("a");
    Caller& b = ask("b");
    Caller& c = ask("c");
    all.wrote(get("a").size() + 1);
    all.lost("reset");
    all.finish_settled();
    for (Caller* caller : {&a, &b}) {
        EXPECT_EQ(caller->failed.code, Errc::connection_lost);
        EXPECT_EQ(caller->failed.text,
                  "connection lost; the request may have been executed (reset)");
    }
    EXPECT_EQ(c.finished, 0);
    EXPECT_EQ(all.outgoing(), get("c"));
    write_all();
    hear("+3\r\n");
    EXPECT_EQ(c.got, "3");
}

TEST_F(Multiplexing, SendsAgainOnlyWhatMayBeExecutedTwiceAndNotForEver)
{
    Caller& a = ask("a", true);
    Caller& b = ask("b");
    Caller& c = ask("c", true);
    for (int lost = 0; lost < 2; ++lost) {
        write_all();
        hear("*1\r\n");  // half a reply, which goes with its connection
        all.lost("reset");
        EXPECT_EQ(all.outgoing(), get("a") + get("c"));
        EXPECT_EQ(all.waiting(), 2U);
    }
    write_all();
    hear("+1\r\n");
    EXPECT_EQ(a.got, "1");
    all.lost("reset");
    all.finish_settled();
    EXPECT_EQ(b.failed.code, Errc::connection_lost);
    EXPECT_EQ(c.failed.code, Errc::connection_lost);
    EXPECT_EQ(all.outgoing(), "");
}

TEST_F(Multiplexing, BeginsTheRepliesAnewWhenTheyAreToComeAgain)
{
    Caller many;
    many.idempotent = true;
    all.add(many, Request::encoded("xyz", 2));
    write_all();
    hear("+1\r\n");
    all.lost("reset");
    EXPECT_EQ(all.outgoing(), "xyz");
    write_all();
    hear("+1\r\n+2\r\n");
    EXPECT_EQ(many.got, "1 2");
    EXPECT_EQ(many.finished, 1);
}

TEST_F(Multiplexing, SettlesThoseWhoseTimeHasCome)
{
    const TimePoint now{};
    Caller& a = ask("a", false, now + 1s);
    Caller& b = ask("b", false, now + 1s);
    Caller& c = ask("c", false, now + 3s);
    all.wrote(1);
    EXPECT_EQ(all.expire(now), now + 1s);
    EXPECT_EQ(all.expire(now + 1s), now + 3s);
    all.finish_settled();
    EXPECT_EQ(a.failed.text, "timed out; the request may have been executed");
    EXPECT_EQ(b.failed.text, "timed out; the request was not sent");
    EXPECT_EQ(all.outgoing(), get("a").substr(1) + get("c"));
    write_all();
    hear("+1\r\n+3\r\n");
    EXPECT_EQ(c.got, "3");
    EXPECT_EQ(all.expire(now + 9s), client::never);
}

TEST_F(Multiplexing, RefusesRepliesThatNobodyAskedFor)
{
    EXPECT_NE(hear("+1\r\n"), "");
    ask("a");
    EXPECT_NE(hear("+1\r\n"), "") << "nothing was written yet";
    write_all();
    EXPECT_EQ(hear("+1\r\n"), "");
    EXPECT_NE(hear("+2\r\n"), "");
    EXPECT_NE(hear("?\r\n"), "");
}

TEST_F(Multiplexing, HandsPushesToWhoeverWantsThem)
{
    std::string pushed;
    all.on_push([&](protocol::Value&& push) { pushed += push.children[0].text; });
    Caller& a = ask("a");
    write_all();
    EXPECT_EQ(hear(">1\r\n+p\r\n+1\r\n>1\r\n+q\r\n"), "");
    EXPECT_EQ(pushed, "pq");
    EXPECT_EQ(a.got, "1");
}

TEST_F(Multiplexing, LetsGoOfEverybodyInTheEnd)
{
    Caller& a = ask("a");
    Caller& b = ask("b");
    all.withdraw(b, {Errc::cancelled, ""});
    all.abandon();
    EXPECT_TRUE(a.abandoned);
    EXPECT_TRUE(b.abandoned);
    EXPECT_EQ(a.finished + b.finished, 0);
}

}  // namespace
}  // namespace mini_redis::tests
