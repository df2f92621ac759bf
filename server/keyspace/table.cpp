// Compiled once.
#include "server/keyspace/table.hpp"

#include "server/values/table_definitions.hpp"

template class mini_redis::values::Table<mini_redis::keyspace::Entry>;
