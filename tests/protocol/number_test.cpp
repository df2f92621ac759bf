// Redis' rules for numbers as text.
#include "protocol/number.hpp"

#include <bit>
#include <cmath>
#include <cstdio>
#include <cstdlib>
#include <random>
#include <string>

#include <gtest/gtest.h>

namespace mini_redis::protocol {
namespace {

using namespace std::string_view_literals;

template <class Number, class Format>
std::string formatted(Number value, Format format)
{
    char text[long_double_chars_max];
    return {text, format(text, value)};
}
std::string formatted_double(double value)
{
    return formatted(value, format_double);
}
std::string formatted_long_double(long double value)
{
    return formatted(value, format_long_double);
}

TEST(Number, AnIntegerIsTextThatTheIntegerGivesBack)
{
    EXPECT_EQ(parse_integer("0"), 0);
    EXPECT_EQ(parse_integer("-1"), -1);
    EXPECT_EQ(parse_integer("9223372036854775807"), INT64_MAX);
    EXPECT_EQ(parse_integer("-9223372036854775808"), INT64_MIN);
    for (const auto text : {""sv,
                            "-"sv,
                            "-0"sv,
                            "00"sv,
                            "01"sv,
                            "-01"sv,
                            "+1"sv,
                            " 1"sv,
                            "1 "sv,
                            "1.0"sv,
                            "a"sv,
                            "1a"sv,
                            "9223372036854775808"sv,
                            "-9223372036854775809"sv,
                            "99999999999999999999"sv,
                            "18446744073709551617"sv,
                            "1\0"sv,
                            "--1"sv,
                            "1-"sv,
                            "/"sv,
                            ":"sv}) {
        EXPECT_EQ(parse_integer(text), std::nullopt) << text;
    }
}

TEST(Number, IntegersSurviveTheRoundTrip)
{
    std::mt19937_64 random(1);
    for (int i = 0; i < 100000; ++i) {
        const auto value =
            static_cast<std::int64_t>(random() >> random() % 64) * (i % 2 == 0 ? 1 : -1);
        const auto text = formatted(value, format_integer);
        ASSERT_EQ(text, std::to_string(value));
        ASSERT_EQ(parse_integer(text), value);
    }
    EXPECT_EQ(formatted(UINT64_MAX, format_unsigned), "18446744073709551615");
}

TEST(Number, AnUnsignedIntegerMayBeSloppy)
{
    EXPECT_EQ(parse_unsigned("18446744073709551615"), UINT64_MAX);
    EXPECT_EQ(parse_unsigned("007"), 7U);
    EXPECT_EQ(parse_unsigned("+7"), 7U);
    EXPECT_EQ(parse_unsigned(" \t7"), 7U);
    EXPECT_EQ(parse_unsigned("-07"), static_cast<std::uint64_t>(-7));
    for (const auto text :
         {""sv, "-7"sv, "18446744073709551616"sv, "7 "sv, "a"sv, "-"sv, "+"sv, "+-7"sv, " "sv}) {
        EXPECT_EQ(parse_unsigned(text), std::nullopt) << text;
    }
}

TEST(Number, AFloatIsWhatStrtodTakesAsAWhole)
{
    EXPECT_EQ(parse_double("3.5"), 3.5);
    EXPECT_EQ(parse_double("+1e3"), 1000);
    EXPECT_EQ(parse_double(".5"), .5);
    EXPECT_EQ(parse_double("5."), 5);
    EXPECT_EQ(parse_double("0x10"), 16);
    EXPECT_EQ(parse_double("-0X1.8p1"), -3);
    EXPECT_EQ(parse_double("inf"), INFINITY);
    EXPECT_EQ(parse_double("-Infinity"), -INFINITY);
    EXPECT_TRUE(std::signbit(*parse_double("-0")));
    EXPECT_EQ(parse_double("4.9e-324"), 5e-324);
    for (const auto text :
         {""sv,       " 1"sv,     "1 "sv,      "nan"sv,   "-nan"sv, "nan(1)"sv, "1e400"sv,
          "-1e400"sv, "1e-400"sv, "1e"sv,      "."sv,     "+"sv,    "-"sv,      "+-1"sv,
          "--1"sv,    "0x"sv,     "0xg"sv,     "0xinf"sv, "0x-1"sv, "1,5"sv,    "1\0"sv,
          "e5"sv,     "in"sv,     "infinit"sv, "\v1"sv}) {
        EXPECT_EQ(parse_double(text), std::nullopt) << text;
        EXPECT_EQ(parse_long_double(text).has_value(), text.find("400") != text.npos) << text;
    }
}

TEST(Number, ALongFloatIsReadInFullPrecision)
{
    EXPECT_EQ(parse_long_double("0.1"), 0.1L);
    EXPECT_EQ(parse_long_double("+3.0e3"), 3000.0L);
    EXPECT_EQ(parse_long_double("-inf"), -static_cast<long double>(INFINITY));
    EXPECT_EQ(parse_long_double("1e5000"), std::nullopt);
    EXPECT_EQ(parse_long_double(std::string(long_double_chars_max, '1')), std::nullopt);
}

TEST(Number, DoublesAreFormattedLikePrintf)
{
    std::mt19937_64 random(2);
    const auto expect_like_printf = [](double value) {
        char text[64];
        std::snprintf(text, sizeof text, "%.17g", value);
        ASSERT_EQ(formatted_double(value), text);
    };
    for (int i = 0; i < 100000; ++i) {
        const auto value = std::bit_cast<double>(static_cast<std::uint64_t>(random()));
        if (std::isnan(value)) continue;
        expect_like_printf(value);
        expect_like_printf(
            static_cast<double>(static_cast<std::int64_t>(random()) >> random() % 64));
        expect_like_printf(std::round(value) / 1000);
    }
    for (const double value :
         {0.0, -0.0, 1e16, 1e17, 1e18, 123456789012345678.0, 0.1, 1e-5, 1e-4, 5e-324})
        expect_like_printf(value);
    EXPECT_EQ(formatted_double(INFINITY), "inf");
    EXPECT_EQ(formatted_double(-INFINITY), "-inf");
    EXPECT_EQ(formatted_double(-NAN), "nan");
}

TEST(Number, LongDoublesAreFormattedForPeople)
{
    EXPECT_EQ(formatted_long_double(0), "0");
    EXPECT_EQ(formatted_long_double(-0.0L), "0");
    EXPECT_EQ(formatted_long_double(3000), "3000");
    EXPECT_EQ(formatted_long_double(10.5L), "10.5");
    EXPECT_EQ(formatted_long_double(-0.1L), "-0.1");
    EXPECT_EQ(formatted_long_double(1e-17L), "0.00000000000000001");
    EXPECT_EQ(formatted_long_double(1e-18L), "0");
    EXPECT_EQ(formatted_long_double(-1e-18L), "0");
    EXPECT_EQ(formatted_long_double(5.0e20L), "500000000000000000000");
    EXPECT_EQ(formatted_long_double(static_cast<long double>(INFINITY)), "inf");
    EXPECT_EQ(formatted_long_double(static_cast<long double>(-INFINITY)), "-inf");
    EXPECT_LT(formatted_long_double(std::numeric_limits<long double>::max()).size(),
              long_double_chars_max);
    std::mt19937_64 random(3);
    for (int i = 0; i < 20000; ++i) {
        const long double value =
            std::ldexp(static_cast<long double>(static_cast<std::int64_t>(random())),
                       -static_cast<int>(random() % 130));
        char text[long_double_chars_max];
        std::string expected(
            text, static_cast<std::size_t>(std::snprintf(text, sizeof text, "%.17Lf", value)));
        expected.erase(expected.find_last_not_of('0') + 1);
        if (expected.ends_with('.')) expected.pop_back();
        ASSERT_EQ(formatted_long_double(value), expected == "-0" ? "0" : expected);
    }
}

TEST(Number, MemoryHasUnits)
{
    EXPECT_EQ(parse_memory("100"), 100U);
    EXPECT_EQ(parse_memory("100b"), 100U);
    EXPECT_EQ(parse_memory("1k"), 1000U);
    EXPECT_EQ(parse_memory("1kb"), 1024U);
    EXPECT_EQ(parse_memory("2M"), 2000000U);
    EXPECT_EQ(parse_memory("2Mb"), 2U << 20);
    EXPECT_EQ(parse_memory("3g"), 3000000000U);
    EXPECT_EQ(parse_memory("3GB"), 3ULL << 30);
    EXPECT_EQ(parse_memory(""), 0U);
    EXPECT_EQ(parse_memory("18446744073709551615"), UINT64_MAX);
    for (const auto text : {"-1"sv, "1tb"sv, "1 kb"sv, " 1"sv, "1.5gb"sv, "1kbb"sv,
                            "18446744073709551616"sv, "18446744073709551615gb"sv}) {
        EXPECT_EQ(parse_memory(text), std::nullopt) << text;
    }
}

}  // namespace
}  // namespace mini_redis::protocol
