// Every reply in both dialects, byte by byte.
#include "protocol/writer.hpp"

#include <cmath>
#include <limits>
#include <string>

#include <gtest/gtest.h>

namespace mini_redis::protocol {
namespace {

template <class Reply>
std::string written(Dialect dialect, Reply reply)
{
    Buffer buffer;
    Writer writer(buffer, dialect);
    reply(writer);
    return std::string(buffer.view());
}

template <class Reply>
void expect_reply(Reply reply, std::string_view resp2, std::string_view resp3)
{
    EXPECT_EQ(written(Dialect::resp2, reply), resp2);
    EXPECT_EQ(written(Dialect::resp3, reply), resp3);
}

template <class Reply>
void expect_reply(Reply reply, std::string_view both)
{
    expect_reply(reply, both, both);
}

TEST(Writer, WritesLines)
{
    expect_reply([](Writer& w) { w.ok(); }, "+OK\r\n");
    expect_reply([](Writer& w) { w.simple("PONG"); }, "+PONG\r\n");
    expect_reply([](Writer& w) { w.error("ERR syntax error"); }, "-ERR syntax error\r\n");
}

TEST(Writer, LetsNoErrorTextBreakTheProtocol)
{
    expect_reply([](Writer& w) { w.error("\r\nERR a\r\nb\nc\n"); }, "-ERR a  b c\r\n");
    expect_reply([](Writer& w) { w.error("\n"); }, "-\r\n");
    expect_reply([](Writer& w) { w.error(""); }, "-\r\n");
}

TEST(Writer, WritesIntegers)
{
    expect_reply([](Writer& w) { w.integer(0); }, ":0\r\n");
    expect_reply([](Writer& w) { w.integer(-1); }, ":-1\r\n");
    expect_reply([](Writer& w) { w.integer(std::numeric_limits<std::int64_t>::min()); },
                 ":-9223372036854775808\r\n");
    for (std::int64_t n = 0; n < 3000; ++n) {
        ASSERT_EQ(written(Dialect::resp2, [n](Writer& w) { w.integer(n); }),
                  ":" + std::to_string(n) + "\r\n");
    }
    for (std::int64_t n = 1; n < std::numeric_limits<std::int64_t>::max() / 10; n *= 10) {
        for (const auto value : {n, n - 1, n + 1, -n}) {
            ASSERT_EQ(written(Dialect::resp2, [&](Writer& w) { w.integer(value); }),
                      ":" + std::to_string(value) + "\r\n");
        }
    }
}

TEST(Writer, WritesBulksOfEveryLength)
{
    for (std::size_t size = 0; size < 1500; ++size) {
        std::string value(size, ' ');
        for (std::size_t i = 0; i < size; ++i) value[i] = static_cast<char>(i * 7);
        ASSERT_EQ(written(Dialect::resp2, [&](Writer& w) { w.bulk(value); }),
                  "$" + std::to_string(size) + "\r\n" + value + "\r\n");
    }
    expect_reply([](Writer& w) { w.bulk_integer(-1234567); }, "$8\r\n-1234567\r\n");
}

TEST(Writer, WritesWhatResp2LacksAsTheNextBestThing)
{
    expect_reply([](Writer& w) { w.null(); }, "$-1\r\n", "_\r\n");
    expect_reply([](Writer& w) { w.null_array(); }, "*-1\r\n", "_\r\n");
    expect_reply([](Writer& w) { w.boolean(true); }, ":1\r\n", "#t\r\n");
    expect_reply([](Writer& w) { w.boolean(false); }, ":0\r\n", "#f\r\n");
    expect_reply([](Writer& w) { w.big_number("-123"); }, "$4\r\n-123\r\n", "(-123\r\n");
    expect_reply([](Writer& w) { w.verbatim("txt", "a\nb"); }, "$3\r\na\nb\r\n",
                 "=7\r\ntxt:a\nb\r\n");
}

TEST(Writer, WritesNumbersWith17Digits)
{
    expect_reply([](Writer& w) { w.number(3); }, "$1\r\n3\r\n", ",3\r\n");
    expect_reply([](Writer& w) { w.number(0.1); }, "$19\r\n0.10000000000000001\r\n",
                 ",0.10000000000000001\r\n");
    expect_reply([](Writer& w) { w.number(-INFINITY); }, "$4\r\n-inf\r\n", ",-inf\r\n");
    expect_reply([](Writer& w) { w.number(INFINITY); }, "$3\r\ninf\r\n", ",inf\r\n");
    expect_reply([](Writer& w) { w.number(-NAN); }, "$3\r\nnan\r\n", ",nan\r\n");
    expect_reply([](Writer& w) { w.human_number(0.1L); }, "$3\r\n0.1\r\n", ",0.1\r\n");
    expect_reply([](Writer& w) { w.human_number(1e20L); }, "$21\r\n100000000000000000000\r\n",
                 ",100000000000000000000\r\n");
}

TEST(Writer, AnnouncesAggregates)
{
    expect_reply([](Writer& w) { w.array(3); }, "*3\r\n");
    expect_reply([](Writer& w) { w.array(123456); }, "*123456\r\n");
    expect_reply([](Writer& w) { w.map(2); }, "*4\r\n", "%2\r\n");
    expect_reply([](Writer& w) { w.set(2); }, "*2\r\n", "~2\r\n");
    expect_reply([](Writer& w) { w.push(3); }, "*3\r\n", ">3\r\n");
    EXPECT_EQ(written(Dialect::resp3, [](Writer& w) { w.attribute(1); }), "|1\r\n");
}

TEST(Writer, AnnouncesLaterWhatItCountsFirst)
{
    const auto array_of = [](std::size_t count, std::size_t guess) {
        return [=](Writer& w) {
            w.ok();
            const auto mark = w.later(guess);
            for (std::size_t i = 0; i < count; ++i) w.integer(1);
            w.array_at(mark, count);
            w.ok();
        };
    };
    for (const std::size_t count : {0U, 1U, 9U, 10U, 99U, 100U, 1000U, 12345U}) {
        std::string expected = "+OK\r\n*" + std::to_string(count) + "\r\n";
        for (std::size_t i = 0; i < count; ++i) expected += ":1\r\n";
        for (const std::size_t guess : {0U, 10U, 1000U}) {
            expect_reply(array_of(count, guess), expected + "+OK\r\n");
        }
    }
}

TEST(Writer, FindsRoomForALateCountInAFullBuffer)
{
    for (std::size_t size = 200; size < 300; ++size) {
        const std::string line(size, 'x');
        expect_reply(
            [&](Writer& w) {
                const auto mark = w.later();
                w.simple(line);
                w.array_at(mark, 1234567890);
            },
            "*1234567890\r\n+" + line + "\r\n");
    }
}

TEST(Writer, ResolvesNestedMarksFromTheInside)
{
    expect_reply(
        [](Writer& w) {
            const auto outer = w.later();
            const auto inner = w.later();
            for (int i = 0; i < 12; ++i) w.integer(1);
            w.set_at(inner, 12);
            w.null();
            w.map_at(outer, 1);
        },
        "*2\r\n*12\r\n:1\r\n:1\r\n:1\r\n:1\r\n:1\r\n:1\r\n:1\r\n:1\r\n:1\r\n:1\r\n:1\r\n:1\r\n$-"
        "1\r\n",
        "%1\r\n~12\r\n:1\r\n:1\r\n:1\r\n:1\r\n:1\r\n:1\r\n:1\r\n:1\r\n:1\r\n:1\r\n:1\r\n:1\r\n_"
        "\r\n");
}

TEST(Writer, ChangesItsDialectBetweenReplies)
{
    Buffer buffer;
    Writer writer(buffer, Dialect::resp2);
    writer.null();
    writer.set_dialect(Dialect::resp3);
    writer.null();
    EXPECT_EQ(writer.dialect(), Dialect::resp3);
    EXPECT_EQ(buffer.view(), "$-1\r\n_\r\n");
}

}  // namespace
}  // namespace mini_redis::protocol
