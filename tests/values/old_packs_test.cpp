// Blocks of earlier versions: what is in them, and what is none.
#include "server/values/old_packs.hpp"

#include "tests/values/text_of.hpp"

#include <string>
#include <vector>

#include <gmock/gmock.h>

namespace mini_redis::values {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

using EachIn = bool (*)(std::string_view, const VisitElement&);

// Nothing if it is none.
std::optional<std::vector<std::string>> all_in(EachIn each, const std::string& block)
{
    std::vector<std::string> all;
    const bool whole = each(block, [&](const Element& element) {
        all.push_back(text_of(element));
        return true;
    });
    return whole ? std::optional(all) : std::nullopt;
}

// As redis-server 6.0 would pack: a 12 -1 300 -70000 8000000 5000000000 (70 times x) z.
std::string ziplist()
{
    const std::string entries = std::string("\0\1a", 3) + "\3\xfd" + "\2\xfe\xff" +
                                std::string("\3\xc0\x2c\1", 4) + "\4\xf0\x90\xee\xfe" +
                                std::string("\5\xd0\0\x12\x7a\0", 6) +
                                std::string("\6\xe0\0\xf2\5\x2a\1\0\0\0", 10) + "\x0a\x40\x46" +
                                std::string(70, 'x') + "\x49\1z";
    std::string head(10, '\0');
    head[0] = static_cast<char>(10 + entries.size() + 1);
    head[4] = static_cast<char>(10 + entries.size() - 3);
    head[8] = 9;
    return head + entries + '\xff';
}

TEST(OldPacks, GiveTheElementsOfAZiplist)
{
    EXPECT_THAT(*all_in(each_in_ziplist, ziplist()),
                ElementsAre("a", "12", "-1", "300", "-70000", "8000000", "5000000000",
                            std::string(70, 'x'), "z"));
    EXPECT_THAT(*all_in(each_in_ziplist, std::string("\x0b\0\0\0\x0a\0\0\0\0\0\xff", 11)),
                IsEmpty());
}

TEST(OldPacks, GiveTheFieldsOfAZipmap)
{
    const std::string block("\2\3foo\3\0bar\1f\1\2v\0\0\xff", 18);
    EXPECT_THAT(*all_in(each_in_zipmap, block), ElementsAre("foo", "bar", "f", "v"));
    const std::string long_value =
        std::string("\1\1f\xfe\x2c\1\0\0\0", 9) + std::string(300, 'v') + '\xff';
    EXPECT_THAT(*all_in(each_in_zipmap, long_value), ElementsAre("f", std::string(300, 'v')));
}

TEST(OldPacks, EndWhenAnElementIsRefused)
{
    int met = 0;
    EXPECT_FALSE(each_in_ziplist(ziplist(), [&](const Element&) { return ++met < 3; }));
    EXPECT_EQ(met, 3);
}

TEST(OldPacks, AreReadSafelyWhateverByteIsChanged)
{
    const std::string zipmap("\2\3foo\3\0bar\1f\1\2v\0\0\xff", 18);
    for (const std::string& good : {ziplist(), zipmap}) {
        for (const EachIn each : {each_in_ziplist, each_in_zipmap}) {
            for (std::size_t size = 0; size < good.size(); ++size)
                EXPECT_EQ(all_in(each, good.substr(0, size)), std::nullopt) << size;
            for (std::size_t at = 0; at < good.size(); ++at) {
                for (int value = 0; value < 256; ++value) {
                    std::string changed = good;
                    changed[at] = static_cast<char>(value);
                    all_in(each, changed);
                }
            }
        }
    }
}

}  // namespace
}  // namespace mini_redis::values
