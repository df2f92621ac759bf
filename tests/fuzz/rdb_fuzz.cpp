// Whatever RESTORE is given as a value: it is read safely, or not at all; and what was read can be
// walked, is written again, and read again as the same.
#include "server/keyspace/rdb.hpp"

#include <cstdint>
#include <cstdlib>
#include <string>

using namespace mini_redis;
using keyspace::Entry;
using keyspace::OwnedEntry;

namespace {

constexpr values::RdbLimits usual_limits{{512, 64}, {8192, 1'000'000}, {512}, {128, 64}};

OwnedEntry read(std::string_view bytes)
{
    const std::string exact(bytes);
    values::RdbReader in(exact);
    return keyspace::read_entry(in, usual_limits, "key", keyspace::no_expiry);
}

std::string written(const Entry& entry)
{
    values::RdbWriter out;
    write_value(out, entry);
    return out.take();
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size)
{
    const OwnedEntry entry = read({reinterpret_cast<const char*>(data), size});
    if (!entry) return 0;
    const OwnedEntry again = read(written(*entry));
    if (!again || again->type() != entry->type()) std::abort();
    // Once more, since the first time might have packed or spread it.
    const OwnedEntry third = read(written(*again));
    if (!third || third->encoding() != again->encoding()) std::abort();
    return 0;
}
