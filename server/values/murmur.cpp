// After Austin Appleby's MurmurHash2, 64-bit version A, which is in the public domain.
#include "server/values/murmur.hpp"

#include "server/values/raw.hpp"

#include <cstring>

namespace mini_redis::values {
namespace {

constexpr std::uint64_t factor = 0xc6a4a7935bd1e995;
constexpr int shift = 47;

std::uint64_t mixed(std::uint64_t word)
{
    word *= factor;
    return (word ^ word >> shift) * factor;
}

}  // namespace

std::uint64_t murmur_hash(std::string_view text, std::uint64_t seed)
{
    std::uint64_t hash = seed ^ text.size() * factor;
    std::size_t at = 0;
    for (; at + 8 <= text.size(); at += 8)
        hash = (hash ^ mixed(load<std::uint64_t>(text.data() + at))) * factor;
    if (at < text.size()) {
        std::uint64_t rest = 0;
        std::memcpy(&rest, text.data() + at, text.size() - at);  // little-endian
        hash = (hash ^ rest) * factor;
    }
    hash = (hash ^ hash >> shift) * factor;
    return hash ^ hash >> shift;
}

}  // namespace mini_redis::values
