// All that has arrived is looked at, at most 64 requests at a time, then run, and answered at once.
// (This loop takes one request after the other, as that of the chapter's program does.)
#include "protocol/request_parser.hpp"

#include <algorithm>
#include <cstddef>
#include <string>
#include <string_view>

#include <gtest/gtest.h>

namespace {

namespace protocol = mini_redis::protocol;

struct Server {
    // Asks for the memory of all of them first, and puts their replies behind the others.
    void run(const protocol::Batch& batch)
    {
        ++batches;
        largest = std::max(largest, batch.requests.size());
        for (std::size_t i = 0; i < batch.requests.size(); ++i) replies += "+PONG\r\n";
    }
    void send()
    {
        ++writes;
        sent += replies;
        replies.clear();
    }

    protocol::RequestParser parser;
    std::string replies, sent;
    std::size_t batches = 0, largest = 0, writes = 0;
};

// Yours:
// Returns how many bytes of the inbox it has dealt with.
std::size_t serve(Server& server, std::string_view inbox)
{
    std::size_t done = 0;
    for (protocol::Batch batch;; batch.clear()) {
        done += server.parser.parse(inbox.substr(done), {}, 1, batch).consumed;
        if (batch.requests.empty()) return done;
        server.run(batch);
        server.send();
    }
}

// The test:
std::string pings(std::size_t count)
{
    std::string all;
    for (; count != 0; --count) all += "*1\r\n$4\r\nPING\r\n";
    return all;
}

TEST(OneWrite, AnswersAllThatHasArrived)
{
    Server server;
    EXPECT_EQ(serve(server, pings(16) + "*1\r\n$4\r\nPI"), pings(16).size());
    EXPECT_EQ(server.sent.size(), 16 * 7);
    EXPECT_EQ(server.writes, 1) << "writes for what arrived at once";
    EXPECT_EQ(server.batches, 1) << "rounds of waiting for memory";
}

TEST(OneWrite, DoesNotLookAtAThousandRequestsFirst)
{
    Server server;
    EXPECT_EQ(serve(server, pings(1000)), pings(1000).size());
    EXPECT_EQ(server.sent.size(), 1000 * 7);
    EXPECT_LE(server.largest, 64) << "requests in one batch";
    EXPECT_LE(server.batches, 16);
    EXPECT_EQ(server.writes, 1) << "writes for what arrived at once";
}

TEST(OneWrite, IsNoneIfNothingIsToBeSaid)
{
    Server server;
    EXPECT_EQ(serve(server, "*1\r\n$4\r\nPI"), 0);
    EXPECT_EQ(server.writes, 0);
}

}  // namespace
