// Requests: from words to bytes, and what they do to a connection.
#include "client/request.hpp"

#include "client/fitness.hpp"
#include "client/pipeline.hpp"
#include "tests/support/words.hpp"

#include <limits>

#include <gtest/gtest.h>

namespace mini_redis::tests {
namespace {

using client::Fitness;
using client::Request;
using namespace std::string_view_literals;

std::string bytes_of(const Request& request)
{
    protocol::Buffer buffer;
    request.encode(buffer);
    return std::string(buffer.view());
}

TEST(Request, IsEncodedFromAnyWords)
{
    const std::string key = "key";
    EXPECT_EQ(bytes_of(Request("GET", key)), encoded({"GET", "key"}));
    EXPECT_EQ(bytes_of(Request("SET", key, "a\r\n\0b"sv)),
              encoded({"SET", "key", {"a\r\n\0b", 5}}));
    EXPECT_EQ(bytes_of(Request("SET", key, "")), encoded({"SET", "key", ""}));
    EXPECT_EQ(bytes_of(Request("SET", key, std::string_view())), encoded({"SET", "key", ""}));
    EXPECT_EQ(bytes_of(Request("INCRBY", key, std::numeric_limits<std::int64_t>::min())),
              encoded({"INCRBY", "key", "-9223372036854775808"}));
}

TEST(Request, TakesListsOfWords)
{
    const std::vector<std::string> keys{"a", "b", "c"};
    EXPECT_EQ(bytes_of(Request("MGET").then(keys)), encoded({"MGET", "a", "b", "c"}));
    const std::vector<std::string_view> all{"MGET", "a"};
    EXPECT_EQ(bytes_of(Request(client::Words(all))), encoded({"MGET", "a"}));
    const std::vector<client::Words::Pair> pairs{{"a", "1"}, {"b", "2"}};
    EXPECT_EQ(bytes_of(Request("MSET").then(pairs)), encoded({"MSET", "a", "1", "b", "2"}));
    EXPECT_EQ(bytes_of(Request("HSET", "key").then(pairs)),
              encoded({"HSET", "key", "a", "1", "b", "2"}));
}

TEST(Request, KnowsItsWords)
{
    const std::vector<std::string> rest{"x", "y"};
    const Request request = Request("CLIENT", 7).then(rest);
    EXPECT_EQ(request.size(), 4U);
    EXPECT_EQ(request.name(), "CLIENT");
    EXPECT_EQ(request.word(1), "");
    EXPECT_EQ(request.word(2), "x");
    EXPECT_EQ(request.word(3), "y");
    EXPECT_EQ(request.word(4), "");
}

TEST(Request, MayBeEncodedAlready)
{
    client::Pipeline pipeline;
    pipeline.get("a");
    pipeline.set("b", "1",
                 {.expiry = std::chrono::seconds(1), .condition = client::SetOptions::If::absent});
    pipeline.exec("PING");
    EXPECT_EQ(pipeline.size(), 3U);
    EXPECT_EQ(pipeline.request().replies(), 3U);
    EXPECT_EQ(
        bytes_of(pipeline.request()),
        encoded({"GET", "a"}) + encoded({"SET", "b", "1", "PX", "1000", "NX"}) + encoded({"PING"}));
}

TEST(Transaction, IsOneRequestOfManyReplies)
{
    client::Transaction transaction;
    transaction.incr("a");
    transaction.exec("GET", "b");
    const std::string whole =
        encoded({"MULTI"}) + encoded({"INCR", "a"}) + encoded({"GET", "b"}) + encoded({"EXEC"});
    for (int i = 0; i < 2; ++i) {  // it may be tried again
        EXPECT_EQ(bytes_of(transaction.request()), whole);
        EXPECT_EQ(transaction.request().replies(), 4U);
    }
}

TEST(Fitness, IsAMatterOfTheCommand)
{
    EXPECT_EQ(fitness_of(Request("GET", "a")), Fitness::shared);
    EXPECT_EQ(fitness_of(Request("CLIENT", "ID")), Fitness::shared);
    EXPECT_EQ(fitness_of(Request("CLIENT", "reply", "off")), Fitness::none);
    EXPECT_EQ(fitness_of(Request("select", 3)), Fitness::alone);
    EXPECT_EQ(fitness_of(Request("Multi")), Fitness::alone);
    EXPECT_EQ(fitness_of(Request("PSUBSCRIBE", "a*")), Fitness::none);
    EXPECT_EQ(fitness_of(Request("monitor")), Fitness::none);
}

}  // namespace
}  // namespace mini_redis::tests
