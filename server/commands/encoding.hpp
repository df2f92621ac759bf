// What Redis calls the ways in which a value is held.
#pragma once

#include "server/keyspace/entry.hpp"

#include <string_view>

namespace mini_redis::commands {

inline std::string_view encoding_name(const keyspace::Entry& entry)
{
    using enum keyspace::Encoding;
    if (entry.type() == keyspace::Type::list) return "quicklist";
    if (entry.type() == keyspace::Type::stream) return "stream";
    switch (entry.encoding()) {
        case integer:
            return "int";
        case embedded:
            return "embstr";
        case raw:
        case large:
            return "raw";
        case packed:
            return entry.type() == keyspace::Type::set ? "intset" : "listpack";
        case spread:
            return entry.type() == keyspace::Type::sorted_set ? "skiplist" : "hashtable";
    }
    return "";
}

}  // namespace mini_redis::commands
