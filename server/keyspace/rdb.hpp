// A key's value in RDB (values/rdb.hpp), whatever type it has. The key itself is not written.
#pragma once

#include "server/keyspace/entry.hpp"
#include "server/values/rdb_collections.hpp"

#include <string_view>

namespace mini_redis::keyspace {

void write_value(values::RdbWriter& out, const Entry& entry);

// An entry of this key with what is read, which may have an expiry and still needs a clock. Null if
// that is corrupt, empty, or of a type that is not known.
OwnedEntry read_entry(values::RdbReader& in, const values::RdbLimits& limits, std::string_view key,
                      Milliseconds expiry);

}  // namespace mini_redis::keyspace
