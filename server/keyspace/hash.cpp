// XXH3 inlined into one function, and the process' secret.
#include "server/keyspace/hash.hpp"

#include <array>
#include <random>

#define XXH_INLINE_ALL
#include <xxhash.h>

namespace mini_redis::keyspace {
namespace {

using Secret = std::array<std::uint32_t, XXH3_SECRET_SIZE_MIN / sizeof(std::uint32_t) + 14>;

Secret draw_secret()
{
    std::random_device chance;
    Secret secret;
    for (auto& word : secret) word = chance();
    return secret;
}

const Secret secret = draw_secret();

}  // namespace

Hash hash_of(std::string_view key) noexcept
{
    return XXH3_64bits_withSecret(key.data(), key.size(), secret.data(), sizeof secret);
}

}  // namespace mini_redis::keyspace
