// Texts and lengths in RDB, there and back, and what cannot be read.
#include "server/values/rdb_reader.hpp"
#include "server/values/rdb_writer.hpp"

#include <cstdint>
#include <random>
#include <string>
#include <vector>

#include <gmock/gmock.h>

namespace mini_redis::values {
namespace {

using Bytes = std::string;

Bytes written(std::string_view text)
{
    RdbWriter out;
    out.text(text);
    return out.take();
}

Bytes written_length(std::uint64_t length)
{
    RdbWriter out;
    out.length(length);
    return out.take();
}

TEST(Rdb, WritesLengthsInAsFewBytesAsRedis)
{
    EXPECT_EQ(written_length(0), Bytes("\0", 1));
    EXPECT_EQ(written_length(63), "\x3f");
    EXPECT_EQ(written_length(64), "\x40\x40");
    EXPECT_EQ(written_length(16383), "\x7f\xff");
    EXPECT_EQ(written_length(16384), Bytes("\x80\0\0\x40\0", 5));
    EXPECT_EQ(written_length(0xffffffff), "\x80\xff\xff\xff\xff");
    EXPECT_EQ(written_length(0x100000000), Bytes("\x81\0\0\0\1\0\0\0\0", 9));
}

TEST(Rdb, ReadsTheLengthsThatItWrites)
{
    for (int bits = 0; bits < 64; ++bits) {
        for (const std::uint64_t near : {0U, 1U, 2U}) {
            const std::uint64_t length = (std::uint64_t{1} << bits) + near - 1;
            const Bytes bytes = written_length(length);
            RdbReader in(bytes);
            EXPECT_EQ(in.length(), length);
            EXPECT_TRUE(in.ok());
        }
    }
}

TEST(Rdb, WritesIntegersAndCompressesWhatRepeats)
{
    EXPECT_EQ(written(""), Bytes("\0", 1));
    EXPECT_EQ(written("10"), "\xc0\x0a");
    EXPECT_EQ(written("-129"), "\xc1\x7f\xff");
    EXPECT_EQ(written("40000"), Bytes("\xc2\x40\x9c\0\0", 5));
    EXPECT_EQ(written("2147483648"),
              "\x0a"
              "2147483648");
    EXPECT_EQ(written("010"),
              "\x03"
              "010");
    const Bytes repeated(100, 'a');
    EXPECT_LT(written(repeated).size(), 20U);
    EXPECT_EQ(written(repeated)[0], '\xc3');
    EXPECT_EQ(written(repeated.substr(0, 20)).size(), 21U);
}

TEST(Rdb, ReadsTheTextsThatItWrites)
{
    std::vector<Bytes> texts{"", "0", "-1", "x", "00", "-0", Bytes("\0\xff", 2)};
    for (int bits = 6; bits < 63; ++bits)
        for (const std::int64_t near : {-1, 0, 1})
            for (const std::int64_t sign : {-1, 1})
                texts.push_back(std::to_string(sign * ((std::int64_t{1} << bits) + near)));
    std::mt19937 random(1);
    for (const std::size_t size : {19U, 20U, 21U, 63U, 64U, 16383U, 16384U, 1'000'000U}) {
        texts.emplace_back(size, 'a');
        Bytes noise;
        while (noise.size() < size) noise.push_back(static_cast<char>(random()));
        texts.push_back(noise);
    }
    Bytes scratch;
    for (const Bytes& text : texts) {
        const Bytes bytes = written(text);
        RdbReader in(bytes);
        EXPECT_EQ(in.text(scratch), text);
        EXPECT_TRUE(in.ok());
    }
}

// What ends too early, is of no known kind, or promises more than the bytes could hold.
TEST(Rdb, RefusesTextsThatAreNone)
{
    const std::vector<Bytes> none{
        "",
        "\x05"
        "four",
        "\x40",
        "\x80\xff\xff\xff\xff"
        "text",
        "\x81\xff\xff\xff\xff\xff\xff\xff\xff"
        "text",
        "\x82",
        "\xc0",
        "\xc2\1\1\1",
        "\xc4",
        "\xff",
        "\xc3\x01",
        Bytes("\xc3\0\0", 3),
        "\xc3\x02\x7f\xff"
        "ab",
        "\xc3\x02\x81\xff\xff\xff\xff\xff\xff\xff\xff"
        "ab",
        "\xc3\x03\x03"
        "abc",
    };
    for (const Bytes& bytes : none) {
        RdbReader in(bytes);
        Bytes scratch;
        EXPECT_EQ(in.text(scratch), "") << testing::PrintToString(bytes);
        EXPECT_FALSE(in.ok()) << testing::PrintToString(bytes);
        EXPECT_LT(scratch.capacity(), 1000U) << testing::PrintToString(bytes);
    }
}

TEST(Rdb, FailsForGood)
{
    RdbReader in(
        "\x05"
        "four");
    Bytes scratch;
    in.text(scratch);
    EXPECT_EQ(in.length(), 0U);
    EXPECT_EQ(in.text(scratch), "");
    EXPECT_FALSE(in.ok());
}

TEST(Rdb, IsReadSafelyWhateverByteIsChanged)
{
    const Bytes good = written(Bytes(50, 'a') + "bcd" + Bytes(50, 'a'));
    for (std::size_t at = 0; at < good.size(); ++at) {
        for (int value = 0; value < 256; ++value) {
            Bytes changed = good;
            changed[at] = static_cast<char>(value);
            RdbReader in(changed);
            Bytes scratch;
            in.text(scratch);
        }
    }
}

}  // namespace
}  // namespace mini_redis::values
