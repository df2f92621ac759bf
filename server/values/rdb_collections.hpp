// Each kind of collection in RDB (rdb.hpp): one function writes it, one reads it in any of its
// forms.
#pragma once

#include "server/values/hash.hpp"
#include "server/values/list.hpp"
#include "server/values/rdb_reader.hpp"
#include "server/values/rdb_writer.hpp"
#include "server/values/set.hpp"
#include "server/values/sorted_set.hpp"
#include "server/values/stream.hpp"

namespace mini_redis::values {

// Its type first.
void write_rdb(RdbWriter& out, const Hash& hash);
void write_rdb(RdbWriter& out, const List& list);
void write_rdb(RdbWriter& out, const Set& set);
void write_rdb(RdbWriter& out, const SortedSet& set);
void write_rdb(RdbWriter& out, const Stream& stream);

// What is packed, of what is read.
struct RdbLimits {
    Hash::Limits hash;
    List::Limits list;
    Set::Limits set;
    SortedSet::Limits sorted_set;
};

// Reads what stands behind the type into an empty collection. False if it is corrupt, or nothing
// is in it (a stream may have no entries). Throws std::bad_alloc.
bool read_rdb(RdbReader& in, RdbType type, const RdbLimits& limits, Hash& hash);
bool read_rdb(RdbReader& in, RdbType type, const RdbLimits& limits, List& list);
bool read_rdb(RdbReader& in, RdbType type, const RdbLimits& limits, Set& set);
bool read_rdb(RdbReader& in, RdbType type, const RdbLimits& limits, SortedSet& set);
bool read_rdb(RdbReader& in, RdbType type, const RdbLimits& limits, Stream& stream);

}  // namespace mini_redis::values
