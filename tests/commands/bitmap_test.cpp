// Bits counted, found and combined many at a time, against the same done one by one.
#include "server/commands/bitmap.hpp"

#include <random>
#include <string>
#include <vector>

#include <gtest/gtest.h>

namespace mini_redis::tests {
namespace {

using commands::BitOperation;

bool bit(std::string_view text, std::int64_t at)
{
    const auto byte = static_cast<std::size_t>(at / 8);
    return byte < text.size() && (static_cast<unsigned char>(text[byte]) >> (7 - at % 8) & 1) != 0;
}

class Bitmap : public testing::Test {
protected:
    std::size_t below(std::size_t bound) { return chance() % bound; }

    // Long runs of equal bits, and stretches of everything.
    std::string text(std::size_t size)
    {
        std::string bytes;
        while (bytes.size() < size) {
            const std::size_t run = 1 + below(40);
            switch (below(3)) {
                case 0:
                    bytes.append(run, '\0');
                    break;
                case 1:
                    bytes.append(run, '\xff');
                    break;
                default:
                    for (std::size_t i = 0; i < run; ++i)
                        bytes += static_cast<char>(chance() & 0xff);
            }
        }
        return bytes.substr(0, size);
    }

    std::mt19937 chance{1};
};

TEST_F(Bitmap, EveryRangeIsCountedAndSearchedToTheBit)
{
    for (int round = 0; round < 3'000; ++round) {
        const std::string bytes = text(1 + below(200));
        const auto first = static_cast<std::int64_t>(below(bytes.size() * 8));
        const auto rest = bytes.size() * 8 - static_cast<std::size_t>(first);
        const auto last = first + static_cast<std::int64_t>(below(rest));
        std::int64_t count = 0;
        std::int64_t found[2] = {-1, -1};
        for (std::int64_t at = last; at >= first; --at) {
            count += bit(bytes, at) ? 1 : 0;
            found[bit(bytes, at)] = at;
        }
        ASSERT_EQ(commands::count_bits(bytes, first, last), count) << first << ' ' << last;
        ASSERT_EQ(commands::find_bit(bytes, false, first, last), found[0]) << first << ' ' << last;
        ASSERT_EQ(commands::find_bit(bytes, true, first, last), found[1]) << first << ' ' << last;
    }
}

TEST_F(Bitmap, ShorterSourcesGoOnWithZeros)
{
    const auto naive = [](BitOperation operation, bool a, bool b) {
        if (operation == BitOperation::bit_and) return a && b;
        return operation == BitOperation::bit_or ? a || b : a != b;
    };
    for (const auto operation :
         {BitOperation::bit_and, BitOperation::bit_or, BitOperation::bit_xor}) {
        for (int round = 0; round < 30; ++round) {
            std::vector<std::string> texts(1 + below(4));
            std::size_t longest = 0;
            for (std::string& each : texts) {
                each = text(below(round % 10 == 0 ? 20'000 : 300));
                longest = std::max(longest, each.size());
            }
            const std::vector<std::string_view> sources(texts.begin(), texts.end());
            std::string out(longest, 'x');
            commands::combine_bits(operation, sources, out);
            for (std::size_t i = 0; i < longest * 8; ++i) {
                const auto at = static_cast<std::int64_t>(i);
                bool expected = bit(sources[0], at);
                for (std::size_t k = 1; k < sources.size(); ++k)
                    expected = naive(operation, expected, bit(sources[k], at));
                ASSERT_EQ(bit(out, at), expected) << at;
            }
        }
    }
}

TEST_F(Bitmap, NegationTurnsEveryBit)
{
    const std::string bytes = text(1'000);
    const std::string_view sources[] = {bytes};
    std::string out(bytes.size(), 'x');
    commands::combine_bits(BitOperation::bit_not, sources, out);
    for (std::int64_t at = 0; at < 8'000; ++at) ASSERT_NE(bit(out, at), bit(bytes, at)) << at;
}

}  // namespace
}  // namespace mini_redis::tests
