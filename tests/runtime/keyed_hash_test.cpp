// The keyed hash: equal for equal texts, different for almost all others.
#include "server/runtime/keyed_hash.hpp"

#include <set>
#include <string>
#include <unordered_map>

#include <gtest/gtest.h>

namespace mini_redis::tests {
namespace {

TEST(KeyedHash, TellsTextsApart)
{
    std::set<std::uint64_t> hashes;
    std::string text;
    for (int i = 0; i < 1000; ++i) {
        EXPECT_EQ(runtime::keyed_hash(text), runtime::keyed_hash(std::string(text)));
        hashes.insert(runtime::keyed_hash(text));
        text += static_cast<char>(i);
    }
    EXPECT_EQ(hashes.size(), 1000U);
}

TEST(KeyedHash, LooksUpByAView)
{
    std::unordered_map<std::string, int, runtime::KeyedHash, std::equal_to<>> map{{"a", 1}};
    EXPECT_EQ(map.find(std::string_view("a"))->second, 1);
    EXPECT_EQ(map.find(std::string_view("b")), map.end());
}

}  // namespace
}  // namespace mini_redis::tests
