// The value of one request is looked at when the next one has been read already.
#include "protocol/request_parser.hpp"
#include "server/net/inbox.hpp"

#include <cstddef>
#include <cstring>
#include <functional>
#include <string_view>

#include <gtest/gtest.h>

namespace {

using mini_redis::net::Inbox;
namespace protocol = mini_redis::protocol;

void read(Inbox& inbox, std::string_view bytes)
{
    std::memcpy(inbox.room().data(), bytes.data(), bytes.size());
    inbox.received(bytes.size());
}

struct Value {
    std::string_view text;
    std::size_t request;  // bytes of the request that it is in
};

Value next_value(const Inbox& inbox)
{
    protocol::RequestParser parser;
    protocol::Batch batch;
    const auto progress = parser.parse(inbox.unconsumed(), {}, 1, batch);
    return {batch.words.back(), progress.consumed};
}

// Yours:
void serve(Inbox& inbox, const std::function<void(std::string_view)>& look)
{
    const Value value = next_value(inbox);
    inbox.consume(value.request);
    read(inbox, "SET key other\r\n");
    look(value.text);
}

// The test:
TEST(EarlyConsume, AViewSaysWhatItSaid)
{
    Inbox inbox;
    read(inbox, "SET key first\r\n");
    const char* const place = next_value(inbox).text.data();
    int looked = 0;
    serve(inbox, [&](std::string_view text) {
        ++looked;
        EXPECT_EQ(text, "first") << "a view says something else now";
        EXPECT_TRUE(text.data() == place) << "that is a copy";
        EXPECT_TRUE(inbox.unconsumed().ends_with("other\r\n")) << "the next one is not read yet";
    });
    EXPECT_EQ(looked, 1);
    EXPECT_EQ(inbox.unconsumed(), "SET key other\r\n");
}

}  // namespace
