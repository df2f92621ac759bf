// A client's connection may end anywhere: between two requests, and in the middle of one.
#include "protocol/request_parser.hpp"

#include <string>
#include <string_view>

#include <gtest/gtest.h>

namespace {

namespace protocol = mini_redis::protocol;

struct Session {
    void hear(std::string_view piece)
    {
        inbox += piece;
        protocol::Batch batch;
        const auto progress = parser.parse(inbox, {}, 64, batch);
        for (const auto& request : batch.requests) paid = batch.words_of(request).back();
        inbox.erase(0, progress.consumed);
    }
    void end();  // nothing more will come

    std::string inbox, paid;
    protocol::RequestParser parser;
    bool cut_short = false;  // the client went while it was asking for something
};

// Yours:
void Session::end()
{
    if (!inbox.empty()) hear("\r\n");
}

// The test:
TEST(CutShort, NothingIsDoneThatWasAskedForByHalf)
{
    Session session;
    session.hear("PAY 20\r\nPAY 1");
    session.end();  // the rest would have been: 000
    EXPECT_EQ(session.paid, "20") << "paid: " << session.paid;
    EXPECT_TRUE(session.cut_short);
}

TEST(CutShort, WhatWasAskedForIsDone)
{
    Session session;
    session.hear("PAY 1000\r\n");
    session.end();
    EXPECT_EQ(session.paid, "1000");
    EXPECT_FALSE(session.cut_short);
}

}  // namespace
