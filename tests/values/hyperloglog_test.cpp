// The registers of a HyperLogLog beside an array, sparse and dense; and the text, which is Redis'.
#include "server/values/hyperloglog.hpp"

#include "server/values/cardinality.hpp"
#include "server/values/murmur.hpp"

#include <algorithm>
#include <cmath>
#include <random>
#include <string>

#include <gmock/gmock.h>

namespace mini_redis::values {
namespace {

constexpr std::size_t usual_max = 3000;
constexpr std::size_t head_size = 16;

Registers registers_of(const std::string& text)
{
    Registers registers{};
    EXPECT_TRUE(Hyperloglog(text).merge_into(registers));
    return registers;
}

TEST(Hyperloglog, IsRedisText)
{
    std::string text = Hyperloglog::empty();
    EXPECT_EQ(text, std::string("HYLL\1\0\0\0\0\0\0\0\0\0\0\0\x7f\xff", 18));
    for (const char* element : {"a", "b", "c"})
        EXPECT_EQ(raise(text, sighting_of(element), usual_max), Raised::yes);
    // What redis-server 7.0.15 gives for PFADD h a b c and GET h.
    EXPECT_EQ(text, std::string("HYLL\1\0\0\0\0\0\0\0\0\0\0\x80"
                                "\x60\xf3\x80\x50\xb1\x84\x4b\xfb\x80\x42\x5a",
                                head_size + 11));
    EXPECT_EQ(Hyperloglog(text).count(), 3U);
}

TEST(Hyperloglog, RemembersItsCountUntilItChanges)
{
    std::string text = Hyperloglog::empty();
    EXPECT_EQ(Hyperloglog(text).known_count(), 0U);
    raise(text, {7, 1}, usual_max);
    EXPECT_EQ(Hyperloglog(text).known_count(), std::nullopt);
    remember_count(text, Hyperloglog(text).count());
    EXPECT_EQ(Hyperloglog(text).known_count(), 1U);
    EXPECT_EQ(raise(text, {7, 1}, usual_max), Raised::no);
    EXPECT_EQ(Hyperloglog(text).known_count(), 1U);
    remember_count(text, std::nullopt);
    EXPECT_EQ(Hyperloglog(text).known_count(), std::nullopt);
}

TEST(Hyperloglog, BecomesDenseWhenItIsTooLong)
{
    std::string text = Hyperloglog::empty();
    std::mt19937 random(1);
    std::size_t longest = 0;
    while (!Hyperloglog(text).dense()) {
        longest = std::max(longest, text.size());
        raise(text, {static_cast<unsigned>(random() % register_count), 1}, 100);
    }
    EXPECT_LE(longest, 100U);
    EXPECT_GE(longest, 98U);
    EXPECT_TRUE(Hyperloglog::is_one(text));
}

TEST(Hyperloglog, BecomesDenseWithARankThatRunsCannotHold)
{
    std::string text = Hyperloglog::empty();
    EXPECT_EQ(raise(text, {3, 32}, usual_max), Raised::yes);
    EXPECT_FALSE(Hyperloglog(text).dense());
    EXPECT_EQ(raise(text, {register_count - 1, 33}, usual_max), Raised::yes);
    EXPECT_TRUE(Hyperloglog(text).dense());
    EXPECT_EQ(registers_of(text)[3], 32);
    EXPECT_EQ(registers_of(text)[register_count - 1], 33);
}

TEST(Hyperloglog, SaysWhenItIsNoneOrCorrupt)
{
    const std::string good = Hyperloglog::empty();
    std::string dense = good;
    ASSERT_TRUE(make_dense(dense));
    EXPECT_TRUE(Hyperloglog::is_one(good));
    EXPECT_TRUE(Hyperloglog::is_one(dense));
    EXPECT_FALSE(Hyperloglog::is_one(""));
    EXPECT_FALSE(Hyperloglog::is_one(good.substr(0, head_size - 1)));
    EXPECT_FALSE(Hyperloglog::is_one("x" + good));
    EXPECT_FALSE(Hyperloglog::is_one(dense + '\0'));
    for (const char* runs : {"", "\x7f\xfe", "\x7f", "\x7f\xff\x01", "\x7f\xfe\x81", "\xff"}) {
        std::string text = good.substr(0, head_size) + runs;
        EXPECT_EQ(Hyperloglog(text).count(), std::nullopt);
        Registers registers{};
        EXPECT_FALSE(Hyperloglog(text).merge_into(registers));
        EXPECT_EQ(raise(text, {register_count - 1, 33}, usual_max), Raised::corrupt);
        EXPECT_FALSE(make_dense(text));
        EXPECT_EQ(text, good.substr(0, head_size) + runs);
    }
}

TEST(Hyperloglog, IsReadSafelyWhateverItsRunsAre)
{
    std::mt19937 random(3);
    for (int i = 0; i < 20'000; ++i) {
        std::string text = Hyperloglog::empty().substr(0, head_size);
        for (std::size_t size = random() % 12; size > 0; --size)
            text += static_cast<char>(random());
        const bool whole = Hyperloglog(text).count().has_value();
        std::string other = text;
        EXPECT_EQ(make_dense(other), whole);
        raise(text, sighting_of(std::to_string(i)), usual_max);
        if (whole) EXPECT_TRUE(Hyperloglog(text).count().has_value());
    }
}

class HyperloglogModel : public testing::TestWithParam<unsigned> {};

// Small numbers of registers and ranks, so that runs meet.
TEST_P(HyperloglogModel, DoesWhatAnArrayDoes)
{
    std::mt19937 random(GetParam());
    const unsigned near = 1U << random() % 15;
    const unsigned ranks = 1 + random() % 4;
    std::string sparse = Hyperloglog::empty();
    std::string dense = Hyperloglog::empty();
    ASSERT_TRUE(make_dense(dense));
    Registers model{};
    for (int step = 0; step < 1000; ++step) {
        const Sighting sighting{static_cast<unsigned>(random() % near),
                                1 + static_cast<unsigned>(random() % ranks)};
        const bool higher = sighting.rank > model[sighting.index];
        if (higher) model[sighting.index] = static_cast<std::uint8_t>(sighting.rank);
        EXPECT_EQ(raise(sparse, sighting, usual_max), higher ? Raised::yes : Raised::no);
        EXPECT_EQ(raise_dense(dense, sighting), higher);
        if (step % 50 == 0) ASSERT_EQ(registers_of(sparse), model) << "after step " << step;
    }
    EXPECT_EQ(registers_of(sparse), model);
    EXPECT_EQ(registers_of(dense), model);
    EXPECT_EQ(Hyperloglog(sparse).count(), count_of(model));
    EXPECT_EQ(Hyperloglog(dense).count(), count_of(model));
    ASSERT_TRUE(make_dense(sparse));
    EXPECT_EQ(Hyperloglog(sparse).count(), Hyperloglog(dense).count());
    EXPECT_EQ(registers_of(sparse), model);
}

INSTANTIATE_TEST_SUITE_P(Seeds, HyperloglogModel, testing::Range(0U, 40U));

TEST(Cardinality, IsNearTheTruth)
{
    Registers registers{};
    std::uint64_t next_check = 1;
    for (std::uint64_t count = 1; count <= 1'000'000; ++count) {
        const Sighting sighting = sighting_of(std::to_string(count));
        auto& rank = registers[sighting.index];
        rank = std::max(rank, static_cast<std::uint8_t>(sighting.rank));
        if (count != next_check) continue;
        next_check *= 10;
        const auto truth = static_cast<double>(count);
        EXPECT_NEAR(static_cast<double>(count_of(registers)), truth, std::ceil(0.0244 * truth));
    }
}

TEST(Cardinality, OfNothingIsNothingAndOfNonsenseIsAnything)
{
    Ranks ranks{};
    ranks[0] = register_count;
    EXPECT_EQ(cardinality(ranks), 0U);
    for (const std::size_t rank : {1U, 51U, 52U, 63U}) {
        ranks = {};
        ranks[rank] = register_count;
        cardinality(ranks);
    }
}

TEST(Murmur, HashesEveryLength)
{
    // With Redis' seed; every length of what is left behind the last eight bytes.
    const std::string text = "The quick brown fox";
    const std::uint64_t expected[] = {0xd8dfea6585bc9732, 0x54f437c0fd1dc9ea, 0x33998b2ab0a8a8e8,
                                      0xf2de48f407e0dea2, 0x00d9f9e189325c37, 0x5aa75fe24f02bdf4,
                                      0xd4ae00145a08d272, 0x43b72f8a55f3f37a, 0x79054dfaf67ec472,
                                      0x352769a5f7d93619, 0x30a817dc13d26a7c, 0xc4736bc83ac7fc3e,
                                      0x4c5bbef7d62cdb60, 0x042216901c15c50a, 0x6884d19b430986c6,
                                      0x2f1bebcd7dbc06d1, 0x25e060c74b1bbfa2, 0xa9a866792a602780};
    for (std::size_t size = 0; size < std::size(expected); ++size)
        EXPECT_EQ(murmur_hash(text.substr(0, size), 0xadc83b19), expected[size]) << size;
}

}  // namespace
}  // namespace mini_redis::values
