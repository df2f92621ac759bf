// Which class an event belongs to, and what its channels are called.
#include "server/dispatch/notifications.hpp"

#include <optional>
#include <string>

#include <fmt/core.h>

namespace mini_redis::dispatch {
namespace {

using config::EventClass;
using keyspace::Event;

// Of what is done to values of one type.
std::optional<EventClass> class_by_type(Event event)
{
    switch (event) {
        case Event::append:
        case Event::incrby:
        case Event::incrbyfloat:
        case Event::pfadd:
        case Event::set:
        case Event::setbit:
        case Event::setrange:
            return EventClass::string;
        case Event::hdel:
        case Event::hincrby:
        case Event::hincrbyfloat:
        case Event::hset:
            return EventClass::hash;
        case Event::linsert:
        case Event::lpop:
        case Event::lpush:
        case Event::lrem:
        case Event::lset:
        case Event::ltrim:
        case Event::rpop:
        case Event::rpush:
            return EventClass::list;
        case Event::sadd:
        case Event::sdiffstore:
        case Event::sinterstore:
        case Event::spop:
        case Event::srem:
        case Event::sunionstore:
            return EventClass::set;
        case Event::georadiusstore:
        case Event::geosearchstore:
        case Event::zadd:
        case Event::zdiffstore:
        case Event::zincr:
        case Event::zinterstore:
        case Event::zpopmax:
        case Event::zpopmin:
        case Event::zrangestore:
        case Event::zrem:
        case Event::zremrangebylex:
        case Event::zremrangebyrank:
        case Event::zremrangebyscore:
        case Event::zunionstore:
            return EventClass::sorted_set;
        case Event::xadd:
        case Event::xdel:
        case Event::xgroup_create:
        case Event::xgroup_createconsumer:
        case Event::xgroup_delconsumer:
        case Event::xgroup_destroy:
        case Event::xgroup_setid:
        case Event::xsetid:
        case Event::xtrim:
            return EventClass::stream;
        default:
            return std::nullopt;
    }
}

// None: Redis does not tell of it.
std::optional<EventClass> class_of(Event event)
{
    switch (event) {
        case Event::copy_to:
        case Event::del:
        case Event::expire:
        case Event::move_from:
        case Event::move_to:
        case Event::persist:
        case Event::rename_from:
        case Event::rename_to:
        case Event::restore:
            return EventClass::generic;
        case Event::created:
            return EventClass::new_key;
        case Event::evicted:
            return EventClass::evicted;
        case Event::expired:
            return EventClass::expired;
        case Event::missed:
            return EventClass::miss;
        case Event::flushall:
        case Event::flushdb:
        case Event::swapdb:
            return std::nullopt;
        default:
            return class_by_type(event);
    }
}

}  // namespace

Notifications::Notifications(config::Config& config, keyspace::Effects& effects, pubsub::Hub& hub)
    : config_(config), effects_(effects), hub_(hub)
{
    effects_.subscribe(*this);
    config_.on_change(config_.notify_keyspace_events, [this] { attend(); });
    attend();
}

void Notifications::attend()
{
    const bool wanted = config_.notify_keyspace_events.any();
    if (wanted != attending_) effects_.attend(wanted);
    attending_ = wanted;
}

void Notifications::happened(const keyspace::Effect& effect)
{
    if (!hub_.has_subscribers()) return;
    const config::EventClasses& wanted = config_.notify_keyspace_events;
    const auto event_class = class_of(effect.event);
    if (!event_class || !wanted.has(*event_class)) return;
    const std::string_view event = to_string(effect.event);
    const auto publish = [&](std::string_view about, std::string_view name,
                             std::string_view payload) {
        hub_.publish(pubsub::Kind::channel,
                     fmt::format("__{}@{}__:{}", about, effect.database, name), payload);
    };
    if (wanted.has(EventClass::to_key_channel)) publish("keyspace", effect.key, event);
    if (wanted.has(EventClass::to_event_channel)) publish("keyevent", event, effect.key);
}

}  // namespace mini_redis::dispatch
