// The sum is Boost's.
#include "server/values/dump_seal.hpp"

#include "server/values/raw.hpp"
#include "server/values/rdb.hpp"

#include <boost/crc.hpp>

namespace mini_redis::values {
namespace {

constexpr std::size_t version_size = sizeof rdb_version;
constexpr std::size_t sum_size = sizeof(std::uint64_t);

}  // namespace

std::uint64_t crc64(std::string_view bytes)
{
    boost::crc_optimal<64, 0xad93d23594c935a9, 0, 0, true, true> sum;
    sum.process_bytes(bytes.data(), bytes.size());
    return sum.checksum();
}

std::string sealed(std::string value)
{
    const std::size_t size = value.size();
    value.resize(size + version_size + sum_size);
    store(value.data() + size, rdb_version);
    const std::uint64_t sum = crc64(std::string_view(value).substr(0, size + version_size));
    store(value.data() + size + version_size, sum);
    return value;
}

bool is_sealed(std::string_view payload)
{
    if (payload.size() < version_size + sum_size) return false;
    const std::size_t summed = payload.size() - sum_size;
    const char* const end = payload.data() + payload.size();
    return load<std::uint16_t>(end - sum_size - version_size) <= rdb_version &&
           load<std::uint64_t>(end - sum_size) == crc64(payload.substr(0, summed));
}

}  // namespace mini_redis::values
