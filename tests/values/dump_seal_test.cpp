// The sum that Redis makes, and what it lets through.
#include "server/values/dump_seal.hpp"

#include <string>

#include <gmock/gmock.h>

namespace mini_redis::values {
namespace {

TEST(DumpSeal, IsTheSumOfRedis)
{
    EXPECT_EQ(crc64("123456789"), 0xe9c6d914c4b8d9caU);  // as Redis' source says it
    EXPECT_EQ(crc64(""), 0U);
    // SET k 10, DUMP k
    EXPECT_EQ(sealed(std::string("\0\xc0\x0a", 3)),
              std::string("\0\xc0\x0a\x0a\0\x6e\x9f\x57\x45\x0e\xae\x63\xbb", 13));
}

TEST(DumpSeal, BreaksWithAnyByte)
{
    const std::string payload = sealed("value");
    EXPECT_TRUE(is_sealed(payload));
    for (std::size_t at = 0; at < payload.size(); ++at) {
        std::string changed = payload;
        changed[at] ^= 1;
        EXPECT_FALSE(is_sealed(changed)) << at;
        EXPECT_FALSE(is_sealed(payload.substr(0, at))) << at;
    }
    EXPECT_FALSE(is_sealed(payload + '\0'));
}

}  // namespace
}  // namespace mini_redis::values
