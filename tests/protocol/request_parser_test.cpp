// The request parser: whole, byte by byte, split everywhere, beyond its limits.
#include "protocol/request_parser.hpp"

#include "tests/protocol/malformed_requests.hpp"
#include "tests/protocol/received.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace mini_redis::protocol {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;
using ::testing::SizeIs;

std::string encoded(const std::vector<std::string>& words)
{
    std::string text = "*" + std::to_string(words.size()) + "\r\n";
    for (const auto& word : words) {
        text += "$" + std::to_string(word.size()) + "\r\n" + word + "\r\n";
    }
    return text;
}

// An input of every sort that is right, in one.
std::string all_sorts()
{
    std::vector<std::string> many(150, "w");
    return encoded({"GET", "key"}) + "PING\r\n" + encoded({""}) + "*0\r\n" + "\r\n" +
           encoded({"SET", "key", bytes(10001, 'v')}) + "set 'a b' \"\\x00\\n\" c\n" + "*-1\r\n" +
           encoded(many) + encoded({"a", "bc", bytes(10, 'd'), bytes(100, 'e'), bytes(1000, 'f')});
}

TEST(RequestParser, IsSmallBecauseThereMayBeManyIdleConnections)
{
    EXPECT_LE(sizeof(RequestParser), 64U);
}

TEST(RequestParser, DeliversAllRequestsThatHaveArrivedInOneBatch)
{
    const auto received =
        receive_whole(encoded({"SET", "k", "v"}) + encoded({"GET", "k"}) + "*2\r\n$3");
    EXPECT_THAT(received.requests,
                ElementsAre(ElementsAre("SET", "k", "v"), ElementsAre("GET", "k")));
    EXPECT_FALSE(received.idle);
}

TEST(RequestParser, DeliversViewsIntoTheInput)
{
    const auto input = encoded({"ECHO", "hello"}) + "ECHO hello\r\n";
    RequestParser parser;
    Batch batch;
    parser.parse(input, {}, 10, batch);
    for (const Word word : batch.words) {
        EXPECT_GE(word.data(), input.data());
        EXPECT_LE(word.data() + word.size(), input.data() + input.size());
    }
}

TEST(RequestParser, ResumesAtEveryByte)
{
    EXPECT_EQ(receive_in_steps(all_sorts(), 1), receive_whole(all_sorts()));
}

TEST(RequestParser, ResumesWhereverTheInputIsSplit)
{
    const auto input = all_sorts();
    const auto whole = receive_whole(input);
    EXPECT_THAT(whole.requests, SizeIs(7));
    for (std::size_t split = 0; split <= input.size(); ++split) {
        Receiver receiver;
        receiver.feed(std::string_view(input).substr(0, split));
        receiver.feed(std::string_view(input).substr(split));
        ASSERT_EQ(receiver.received(), whole) << "split at " << split;
    }
}

TEST(RequestParser, ConsumesOnlyCompleteRequests)
{
    const auto complete = encoded({"PING"});
    RequestParser parser;
    Batch batch;
    const auto progress = parser.parse(complete + "*0\r\n\r\n" + "*1\r\n$4\r\nPI", {}, 10, batch);
    EXPECT_EQ(progress.consumed, complete.size() + 6);
    EXPECT_FALSE(parser.idle());
}

TEST(RequestParser, StopsWhenTheBatchIsFull)
{
    const auto input = encoded({"PING"}) + "PING\r\n" + encoded({"PING"});
    RequestParser parser;
    Batch batch;
    const auto first = parser.parse(input, {}, 2, batch);
    EXPECT_TRUE(first.full);
    EXPECT_THAT(batch.requests, SizeIs(2));
    batch.clear();
    const auto second = parser.parse(std::string_view(input).substr(first.consumed), {}, 2, batch);
    EXPECT_FALSE(second.full);
    EXPECT_THAT(batch.requests, SizeIs(1));
}

TEST(RequestParser, AddsToWhatTheBatchHolds)
{
    const auto input = encoded({"GET", "a"});
    RequestParser parser;
    Batch batch;
    parser.parse(input, {}, 10, batch);
    parser.parse(input, {}, 10, batch);
    ASSERT_THAT(batch.requests, SizeIs(2));
    EXPECT_THAT(batch.words_of(batch.requests[1]), ElementsAre("GET", "a"));
}

TEST(RequestParser, AnswersMalformedInputAsRedisDoes)
{
    for (const auto& malformed : malformed_requests()) {
        const auto received = receive_whole(malformed.input);
        const auto shown = quote(malformed.input.substr(0, 60));
        EXPECT_EQ(as_sent(received.error), malformed.error) << shown;
        EXPECT_THAT(received.requests, SizeIs(malformed.requests)) << shown;
    }
}

TEST(RequestParser, AnswersUnauthenticatedClientsAsRedisDoes)
{
    const Limits limits{.authenticated = false};
    for (const auto& malformed : unauthenticated_requests()) {
        const auto received = receive_whole(malformed.input, limits);
        EXPECT_EQ(received.error, malformed.error) << malformed.input.substr(0, 60);
        EXPECT_THAT(received.requests, SizeIs(malformed.requests));
        EXPECT_EQ(receive_in_steps(malformed.input, 7, limits), received);
    }
}

TEST(RequestParser, JudgesMalformedInputAlikeHoweverItIsSplit)
{
    for (const auto& malformed : malformed_requests()) {
        const auto whole = receive_whole(malformed.input);
        const std::size_t step = malformed.input.size() < 1000 ? 1 : 4099;
        EXPECT_EQ(receive_in_steps(malformed.input, step), whole) << malformed.input.substr(0, 60);
        for (std::size_t split = 0; split < std::min<std::size_t>(malformed.input.size(), 50);
             ++split) {
            Receiver receiver;
            receiver.feed(std::string_view(malformed.input).substr(0, split));
            receiver.feed(std::string_view(malformed.input).substr(split));
            EXPECT_EQ(receiver.received(), whole) << "split at " << split;
        }
    }
}

TEST(RequestParser, RepeatsItsErrorWhenAskedAgain)
{
    for (const std::string input :
         {"*x\r\n", "*1\r\n$x\r\n", "*2\r\n$4\r\nECHO\r\nx\r\n", "\"\r\n"}) {
        RequestParser parser;
        Batch batch;
        const std::string first(parser.parse(input, {}, 10, batch).error);
        EXPECT_FALSE(first.empty());
        EXPECT_EQ(parser.parse(input, {}, 10, batch).error, first);
        EXPECT_THAT(batch.words, IsEmpty());
    }
}

TEST(RequestParser, TakesALineOf64KiB)
{
    const auto word = bytes((64 << 10) - 1, 'x');
    EXPECT_THAT(receive_whole(word + "\r\n").requests, ElementsAre(ElementsAre(word)));
    EXPECT_EQ(receive_whole(word + "xx\n").error, "Protocol error: too big inline request");
}

TEST(RequestParser, KnowsWhatAHalfReceivedBulkLacks)
{
    Receiver receiver;
    receiver.feed("*2\r\n$4\r\nECHO\r\n$100000\r");
    EXPECT_EQ(receiver.parser().wanted(), 0U);
    receiver.feed("\n");
    EXPECT_EQ(receiver.parser().wanted(), 100002U);
    receiver.feed(bytes(100000, 'x'));
    EXPECT_EQ(receiver.parser().wanted(), 2U);
    receiver.feed("\r");
    EXPECT_EQ(receiver.parser().wanted(), 1U);
    receiver.feed("\n");
    EXPECT_EQ(receiver.parser().wanted(), 0U);
    EXPECT_TRUE(receiver.received().idle);
}

TEST(RequestParser, ReservesNothingForAPromise)
{
    Receiver receiver;
    receiver.feed("*2147483647\r\n$536870912\r\n");
    EXPECT_EQ(receiver.received().error, "");
    EXPECT_LT(receiver.batch().words.capacity(), 1000U);
}

TEST(RequestParser, HeedsTheConfiguredLimits)
{
    const Limits limits{.bulk_bytes_max = 10, .inline_bytes_max = 20, .words_max = 2};
    EXPECT_EQ(receive_whole(encoded({"a", bytes(10, 'x')}), limits).error, "");
    EXPECT_EQ(receive_whole(encoded({"a", bytes(11, 'x')}), limits).error,
              "Protocol error: invalid bulk length");
    EXPECT_EQ(receive_whole(encoded({"a", "b", "c"}), limits).error,
              "Protocol error: invalid multibulk length");
    EXPECT_EQ(receive_whole(bytes(21, 'x'), limits).error,
              "Protocol error: too big inline request");
}

TEST(RequestParser, LetsAClientSendMoreOnceItHasAuthenticated)
{
    Receiver receiver({.authenticated = false});
    receiver.feed(encoded({"AUTH", "secret"}));
    receiver.limits().authenticated = true;
    receiver.feed(encoded(std::vector<std::string>(11, "x")));
    EXPECT_THAT(receiver.received().requests, SizeIs(2));
}

TEST(RequestParser, TakesAMillionWordsInPiecesOfAnySize)
{
    std::string input = "*1000000\r\n";
    for (int i = 0; i < 1'000'000; ++i) input += "$1\r\nx\r\n";
    RequestParser parser;
    Batch batch;
    for (std::size_t size = 16384; size < input.size(); size += 16384) {
        parser.parse(std::string_view(input).substr(0, size), {}, 10, batch);
        ASSERT_THAT(batch.words, IsEmpty());
    }
    EXPECT_EQ(parser.parse(input, {}, 10, batch).consumed, input.size());
    ASSERT_THAT(batch.requests, SizeIs(1));
    EXPECT_EQ(batch.requests[0].count, 1'000'000U);
    batch.clear();
    EXPECT_LT(batch.words.capacity(), 100'000U);
}

}  // namespace
}  // namespace mini_redis::protocol
