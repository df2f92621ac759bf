// What a client takes from outside itself: a network, time and chance.
//
// Whatever is left empty is what everybody uses. A test hands in its own and owns what happens.
#pragma once

#include "client/alarm.hpp"
#include "client/transport.hpp"

#include <functional>
#include <memory>

namespace mini_redis::client {

struct Outside {
    std::function<std::unique_ptr<Transport>(const Executor&)> transport;
    std::function<std::unique_ptr<Alarm>(const Executor&)> alarm;
    std::function<double()> chance;  // from 0 to less than 1, evenly
};

// With everything filled in.
Outside complete(Outside outside);

}  // namespace mini_redis::client
