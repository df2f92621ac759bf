// The slow log: the newest first, so many and no more, and words as short as Redis makes them.
#include "server/observability/slow_log.hpp"

#include <gtest/gtest.h>

namespace mini_redis::observability {
namespace {

using Words = std::vector<std::string_view>;

std::vector<std::string> kept(const Words& words)
{
    SlowLog log;
    log.add(1, 2, words, "", "", 1);
    return log.newest(1).front().words;
}

TEST(SlowLog, TheNewestComeFirstAndTheOldestGo)
{
    SlowLog log;
    for (int i = 0; i < 5; ++i) log.add(i, 10 * i, Words{"PING"}, "address", "name", 3);
    const auto entries = log.newest(2);
    ASSERT_EQ(entries.size(), 2U);
    EXPECT_EQ(entries[0].id, 4);
    EXPECT_EQ(entries[0].microseconds, 40);
    EXPECT_EQ(entries[1].id, 3);
    EXPECT_EQ(log.size(), 3U);
    EXPECT_EQ(log.newest(100).back().id, 2);
}

TEST(SlowLog, IdsGoOnWhenItIsCleared)
{
    SlowLog log;
    log.add(0, 0, Words{"PING"}, "", "", 3);
    log.clear();
    EXPECT_EQ(log.size(), 0U);
    log.add(0, 0, Words{"PING"}, "", "", 3);
    EXPECT_EQ(log.newest(1).front().id, 1);
}

TEST(SlowLog, ShrinksWhenItIsTold)
{
    SlowLog log;
    for (int i = 0; i < 5; ++i) log.add(i, 0, Words{"PING"}, "", "", 10);
    log.keep_at_most(2);
    EXPECT_EQ(log.newest(10).back().id, 3);
    log.add(5, 0, Words{"PING"}, "", "", 0);
    EXPECT_EQ(log.size(), 0U);
}

TEST(SlowLog, AWordIsKeptTo128Bytes)
{
    const std::string just_fits(128, 'x');
    EXPECT_EQ(kept({just_fits}).front(), just_fits);
    EXPECT_EQ(kept({just_fits + "y"}).front(), just_fits + "... (1 more bytes)");
    EXPECT_EQ(kept({just_fits + just_fits}).front(), just_fits + "... (128 more bytes)");
}

TEST(SlowLog, TheLastOf32WordsCountsThoseThatAreLeftOut)
{
    EXPECT_EQ(kept(Words(32, "x")), std::vector<std::string>(32, "x"));
    const auto words = kept(Words(33, "x"));
    ASSERT_EQ(words.size(), 32U);
    EXPECT_EQ(words[30], "x");
    EXPECT_EQ(words[31], "... (2 more arguments)");
    EXPECT_EQ(kept(Words(1000, "x"))[31], "... (969 more arguments)");
}

}  // namespace
}  // namespace mini_redis::observability
