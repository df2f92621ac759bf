// The events' names.
#include "server/keyspace/effects.hpp"

namespace mini_redis::keyspace {

std::string_view to_string(Event event)
{
    switch (event) {
        case Event::append:
            return "append";
        case Event::copy_to:
            return "copy_to";
        case Event::created:
            return "new";
        case Event::del:
            return "del";
        case Event::evicted:
            return "evicted";
        case Event::expire:
            return "expire";
        case Event::expired:
            return "expired";
        case Event::flushall:
            return "flushall";
        case Event::flushdb:
            return "flushdb";
        case Event::incrby:
            return "incrby";
        case Event::incrbyfloat:
            return "incrbyfloat";
        case Event::missed:
            return "keymiss";
        case Event::move_from:
            return "move_from";
        case Event::move_to:
            return "move_to";
        case Event::persist:
            return "persist";
        case Event::rename_from:
            return "rename_from";
        case Event::rename_to:
            return "rename_to";
        case Event::set:
            return "set";
        case Event::setbit:
            return "setbit";
        case Event::setrange:
            return "setrange";
        case Event::swapdb:
            return "swapdb";
    }
    return "";
}

}  // namespace mini_redis::keyspace
