// The table of bits against the plain table of numbers that it stands for.
#include "server/commands/subsequence.hpp"

#include <random>
#include <string>
#include <vector>

#include <gtest/gtest.h>

namespace mini_redis::tests {
namespace {

using commands::Subsequence;
using Keep = Subsequence::Keep;

using Table = std::vector<std::vector<std::size_t>>;

Table table_of(std::string_view a, std::string_view b)
{
    Table lengths(a.size() + 1, std::vector<std::size_t>(b.size() + 1));
    for (std::size_t i = 1; i <= a.size(); ++i)
        for (std::size_t j = 1; j <= b.size(); ++j)
            lengths[i][j] = a[i - 1] == b[j - 1] ? lengths[i - 1][j - 1] + 1
                                                 : std::max(lengths[i - 1][j], lengths[i][j - 1]);
    return lengths;
}

// The pairs of equal bytes on Redis' way back through the table.
std::vector<std::pair<std::size_t, std::size_t>> way_back(const Table& lengths, std::string_view a,
                                                          std::string_view b)
{
    std::vector<std::pair<std::size_t, std::size_t>> pairs;
    for (std::size_t i = a.size(), j = b.size(); i > 0 && j > 0;) {
        if (a[i - 1] == b[j - 1])
            pairs.emplace_back(--i, --j);
        else if (lengths[i - 1][j] > lengths[i][j - 1])
            --i;
        else
            --j;
    }
    return pairs;
}

TEST(Subsequence, TakesTheWayOfThePlainTable)
{
    std::mt19937 chance(1);
    for (int round = 0; round < 500; ++round) {
        const auto letters = 1 + chance() % 6;
        std::string texts[2];
        for (std::string& text : texts)
            for (auto size = chance() % 200; size > 0; --size)
                text += static_cast<char>('a' + chance() % letters);
        const auto& [a, b] = texts;
        const Table lengths = table_of(a, b);
        const Subsequence common(a, b, Keep::all);
        ASSERT_EQ(common.length(), lengths[a.size()][b.size()]) << a << ' ' << b;
        ASSERT_EQ(Subsequence(a, b, Keep::length).length(), common.length()) << a << ' ' << b;
        std::vector<std::pair<std::size_t, std::size_t>> pairs;
        for (const auto& match : common.matches())
            for (std::size_t i = match.length; i > 0; --i)
                pairs.emplace_back(match.a + i - 1, match.b + i - 1);
        ASSERT_EQ(pairs, way_back(lengths, a, b)) << a << ' ' << b;
    }
}

TEST(Subsequence, OfNothingIsNothing)
{
    EXPECT_EQ(Subsequence("", "abc", Keep::all).length(), 0U);
    EXPECT_EQ(Subsequence("abc", "", Keep::length).length(), 0U);
    EXPECT_TRUE(Subsequence("", "", Keep::all).matches().empty());
}

}  // namespace
}  // namespace mini_redis::tests
