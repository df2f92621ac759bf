// What a command does to the connection on which it is sent, besides being answered.
#pragma once

#include "client/request.hpp"

#include <cstdint>

namespace mini_redis::client {

enum class Fitness : std::uint8_t {
    shared,  // nothing: it may be sent among the requests of others
    alone,   // it changes what later requests mean: SELECT, MULTI, AUTH, ...
    none,    // one request, one reply does not hold any more: SUBSCRIBE, MONITOR, ...
};

Fitness fitness_of(const Request& request);

}  // namespace mini_redis::client
