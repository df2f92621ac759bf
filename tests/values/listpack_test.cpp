// A listpack beside a vector of strings, to which the same is done.
#include "server/values/listpack.hpp"

#include "tests/values/text_of.hpp"

#include <algorithm>
#include <random>
#include <string>
#include <vector>

#include <gmock/gmock.h>

namespace mini_redis::values {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

std::vector<std::string> forwards(const Listpack& pack)
{
    std::vector<std::string> texts;
    for (auto place = pack.begin(); place != pack.end(); place = pack.next(place))
        texts.push_back(text_of(pack[place]));
    return texts;
}

std::vector<std::string> backwards(const Listpack& pack)
{
    std::vector<std::string> texts;
    for (auto place = pack.last(); place != pack.end(); place = pack.before(place))
        texts.push_back(text_of(pack[place]));
    return texts;
}

Listpack pack_of(const std::vector<std::string>& texts)
{
    Listpack pack;
    for (const std::string& text : texts) pack.append({element_of(text)});
    return pack;
}

// At the edges of every encoding.
const std::vector<std::string>& samples()
{
    static const std::vector<std::string> all = [] {
        std::vector<std::string> texts{"", "0", "-1", "127", "128", "-0", "01", " 1", "text"};
        for (const int bits : {7, 12, 13, 15, 16, 23, 24, 31, 32, 62}) {
            const std::int64_t edge = std::int64_t{1} << bits;
            for (const std::int64_t near : {edge - 1, edge, edge + 1})
                for (const std::int64_t number : {near, -near})
                    texts.push_back(std::to_string(number));
        }
        texts.push_back("9223372036854775807");
        texts.push_back("-9223372036854775808");
        texts.push_back("9223372036854775808");
        for (const int size : {1, 62, 63, 64, 126, 127, 128, 4095, 4096, 16383, 16384})
            texts.emplace_back(static_cast<std::size_t>(size), 'x');
        texts.emplace_back("\0\xff", 2);
        return texts;
    }();
    return all;
}

TEST(Listpack, IsEmptyWithoutABlock)
{
    const Listpack pack;
    EXPECT_TRUE(pack.empty());
    EXPECT_EQ(pack.size(), 0U);
    EXPECT_THAT(forwards(pack), IsEmpty());
    EXPECT_THAT(backwards(pack), IsEmpty());
    EXPECT_TRUE(Listpack::valid(pack.block()));
}

TEST(Listpack, KeepsWhateverItIsGivenInBothDirections)
{
    const Listpack pack = pack_of(samples());
    std::vector<std::string> reversed = samples();
    std::ranges::reverse(reversed);
    EXPECT_EQ(forwards(pack), samples());
    EXPECT_EQ(backwards(pack), reversed);
    EXPECT_EQ(pack.size(), samples().size());
    EXPECT_TRUE(Listpack::valid(pack.block()));
    EXPECT_EQ(forwards(pack.copy()), samples());
}

TEST(Listpack, HoldsAsIntegersWhatTheirTextsGiveBack)
{
    EXPECT_TRUE(element_of("-9223372036854775808").is_integer());
    for (const char* text : {"", "-0", "01", " 1", "9223372036854775808", "1.0"})
        EXPECT_FALSE(element_of(text).is_integer()) << text;
}

// The bytes that redis-server 7.0.15 writes for them (DUMP, without its frame).
TEST(Listpack, IsRedisFormat)
{
    const Listpack pack = pack_of({"f", "1", "g", "300", "h", "-1"});
    const std::string block(
        "\x18\0\0\0\x06\0\x81"
        "f\x02\x01\x01\x81"
        "g\x02\xc1\x2c\x02\x81"
        "h\x02\xdf\xff\x02\xff",
        24);
    EXPECT_EQ(pack.block(), block);
}

TEST(Listpack, FindsByIndexFromBothEnds)
{
    const Listpack pack = pack_of({"a", "b", "c"});
    EXPECT_EQ(text_of(pack[pack.at(0)]), "a");
    EXPECT_EQ(text_of(pack[pack.at(2)]), "c");
    EXPECT_EQ(text_of(pack[pack.at(-1)]), "c");
    EXPECT_EQ(text_of(pack[pack.at(-3)]), "a");
    EXPECT_EQ(pack.at(3), pack.end());
    EXPECT_EQ(pack.at(-4), pack.end());
}

TEST(Listpack, FindsOnlyEveryStepthElement)
{
    const Listpack pack = pack_of({"a", "b", "b", "a", "17", "c"});
    EXPECT_EQ(pack.find(element_of("b"), pack.begin(), 2), pack.at(2));
    EXPECT_EQ(pack.find(element_of("17"), pack.begin(), 2), pack.at(4));
    EXPECT_EQ(pack.find(element_of("c"), pack.begin(), 2), pack.end());
    EXPECT_EQ(pack.find(element_of("c"), pack.begin()), pack.at(5));
}

TEST(Listpack, RefusesBlocksThatAreNone)
{
    const Listpack pack = pack_of({"field", "12345", std::string(200, 'x')});
    const std::string good(pack.block());
    ASSERT_TRUE(Listpack::valid(good));
    for (std::size_t size = 0; size < good.size(); ++size)
        EXPECT_FALSE(Listpack::valid(good.substr(0, size))) << size;
    EXPECT_FALSE(Listpack::valid(good + '\xff'));
    std::string counted = good;
    counted[4] = 2;
    EXPECT_FALSE(Listpack::valid(counted));
    std::string endless = good;
    endless.back() = 0;
    EXPECT_FALSE(Listpack::valid(endless));
}

TEST(Listpack, IsReadSafelyWhateverByteIsChanged)
{
    const std::string good(pack_of({"field", "12345", "-7", std::string(70, 'x')}).block());
    for (std::size_t at = 0; at < good.size(); ++at) {
        for (int value = 0; value < 256; ++value) {
            std::string changed = good;
            changed[at] = static_cast<char>(value);
            if (Listpack::valid(changed)) forwards(Listpack(changed));
        }
    }
}

class ListpackModel : public testing::TestWithParam<unsigned> {};

TEST_P(ListpackModel, DoesWhatAVectorDoes)
{
    std::mt19937 random(GetParam());
    const auto below = [&](std::size_t limit) {
        return std::uniform_int_distribution<std::size_t>(0, limit - 1)(random);
    };
    Listpack pack;
    std::vector<std::string> model;
    for (int step = 0; step < 300; ++step) {
        const std::string& text = samples()[below(samples().size())];
        const std::size_t index = below(model.size() + 1);
        const auto place = pack.at(static_cast<std::int64_t>(index));
        const auto at = model.begin() + static_cast<std::ptrdiff_t>(index);
        switch (below(4)) {
            case 0:
            case 1:
                pack.insert(place, element_of(text));
                model.insert(at, text);
                break;
            case 2: {
                const std::size_t count = std::min(below(3), model.size() - index);
                pack.erase(place, count);
                model.erase(at, at + static_cast<std::ptrdiff_t>(count));
                break;
            }
            default:
                if (index == model.size()) break;
                pack.replace(place, element_of(text));
                *at = text;
        }
        ASSERT_EQ(forwards(pack), model) << "after step " << step;
        ASSERT_TRUE(Listpack::valid(pack.block()));
    }
}

INSTANTIATE_TEST_SUITE_P(Seeds, ListpackModel, testing::Range(0U, 20U));

}  // namespace
}  // namespace mini_redis::values
