// XXH3 inlined into one function, and the process' secret.
#include "server/runtime/keyed_hash.hpp"

#include <array>
#include <random>

#define XXH_INLINE_ALL
#include <xxhash.h>

namespace mini_redis::runtime {
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

std::uint64_t keyed_hash(std::string_view text) noexcept
{
    return XXH3_64bits_withSecret(text.data(), text.size(), secret.data(), sizeof secret);
}

}  // namespace mini_redis::runtime
