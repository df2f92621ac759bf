// Keyspace notifications: what happens to keys, as messages to channels named after the key and
// after the event.
//
//   __keyspace@0__:mykey  ->  set          __keyevent@0__:set  ->  mykey
#pragma once

#include "server/config/config.hpp"
#include "server/keyspace/effects.hpp"
#include "server/pubsub/hub.hpp"

namespace mini_redis::dispatch {

class Notifications final : public keyspace::Effects::Listener {
public:
    Notifications(config::Config& config, keyspace::Effects& effects, pubsub::Hub& hub);

    void happened(const keyspace::Effect& effect) override;

private:
    void attend();

    config::Config& config_;
    keyspace::Effects& effects_;
    pubsub::Hub& hub_;
    bool attending_ = false;  // by whoever changes the configuration
};

}  // namespace mini_redis::dispatch
