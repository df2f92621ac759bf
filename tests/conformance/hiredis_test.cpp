// An ordinary client must just work: hiredis, by TCP and by Unix socket, as programs use it.
// Here the expectations are written down, so that this file also reads as a first example.
#include "tests/conformance/settings.hpp"
#include "tests/support/redis_client.hpp"
#include "tests/support/server_process.hpp"

#include <string>

#include <gtest/gtest.h>

namespace mini_redis::tests {
namespace {

class Hiredis : public testing::TestWithParam<bool> {
protected:
    static std::string text(const ReplyPtr& reply) { return {reply->str, reply->len}; }

    ServerProcess server_{our_binary(), server_arguments()};
    RedisClient client_ =
        GetParam() ? RedisClient(server_.unix_socket()) : RedisClient(server_.port());
};

TEST_P(Hiredis, GetsRepliesOfEveryType)
{
    const auto status = client_.ask_reply({"SET", "key", "value"});
    EXPECT_EQ(status->type, REDIS_REPLY_STATUS);
    EXPECT_EQ(text(status), "OK");
    const auto bulk = client_.ask_reply({"GET", "key"});
    EXPECT_EQ(bulk->type, REDIS_REPLY_STRING);
    EXPECT_EQ(text(bulk), "value");
    EXPECT_EQ(client_.ask_reply({"GET", "nothing"})->type, REDIS_REPLY_NIL);
    const auto integer = client_.ask_reply({"INCRBY", "counter", "-9223372036854775808"});
    EXPECT_EQ(integer->type, REDIS_REPLY_INTEGER);
    EXPECT_EQ(integer->integer, INT64_MIN);
    const auto error = client_.ask_reply({"INCR", "key"});
    EXPECT_EQ(error->type, REDIS_REPLY_ERROR);
    EXPECT_EQ(text(error), "ERR value is not an integer or out of range");
    const auto array = client_.ask_reply({"MGET", "key", "nothing"});
    ASSERT_EQ(array->type, REDIS_REPLY_ARRAY);
    ASSERT_EQ(array->elements, 2U);
    EXPECT_EQ(array->element[1]->type, REDIS_REPLY_NIL);
}

TEST_P(Hiredis, AnswersAPipelineInOrder)
{
    for (int i = 0; i < 10'000; ++i) client_.send({"INCR", "counter"});
    for (int i = 1; i <= 10'000; ++i) ASSERT_EQ(client_.receive_reply()->integer, i);
}

TEST_P(Hiredis, CarriesValuesOfAnySizeAndByte)
{
    for (const std::size_t size : {0U, 1U, 16'383U, 65'537U, 20'000'000U}) {
        std::string value(size, '\0');
        for (std::size_t i = 0; i < size; ++i) value[i] = static_cast<char>(i * 131 >> 7);
        ASSERT_EQ(client_.ask({"SET", "key", value}), "+OK\r\n");
        EXPECT_TRUE(text(client_.ask_reply({"GET", "key"})) == value) << size;
    }
}

TEST_P(Hiredis, KeepsItsDatabaseToItself)
{
    RedisClient other(server_.port());
    client_.ask({"SELECT", "3"});
    client_.ask({"SET", "key", "3"});
    EXPECT_EQ(other.ask({"GET", "key"}), "$-1\r\n");
    other.ask({"SELECT", "3"});
    EXPECT_EQ(other.ask({"GET", "key"}), "$1\r\n3\r\n");
}

INSTANTIATE_TEST_SUITE_P(By, Hiredis, testing::Bool(), [](const auto& instance) {
    return std::string(instance.param ? "UnixSocket" : "Tcp");
});

}  // namespace
}  // namespace mini_redis::tests
