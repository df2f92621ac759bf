// The keys of one shard of one database.
#pragma once

#include "server/keyspace/entry.hpp"
#include "server/values/table.hpp"

namespace mini_redis::values {

extern template class Table<keyspace::Entry>;

}  // namespace mini_redis::values

namespace mini_redis::keyspace {

using Table = values::Table<Entry>;

}  // namespace mini_redis::keyspace
