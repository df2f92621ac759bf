// What Redis calls the ways in which a value is held.
#pragma once

#include "server/keyspace/entry.hpp"

#include <string_view>

namespace mini_redis::commands {

inline std::string_view encoding_name(keyspace::Encoding encoding)
{
    using enum keyspace::Encoding;
    switch (encoding) {
        case integer:
            return "int";
        case embedded:
            return "embstr";
        case raw:
        case large:
            return "raw";
    }
    return "";
}

}  // namespace mini_redis::commands
