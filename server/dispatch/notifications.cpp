// Which class an event belongs to, and what its channels are called.
#include "server/dispatch/notifications.hpp"

#include <algorithm>
#include <array>
#include <initializer_list>
#include <optional>
#include <string>

#include <fmt/core.h>

namespace mini_redis::dispatch {
namespace {

using config::EventClass;
using keyspace::Event;

struct Class {
    bool known = false;
    std::optional<EventClass> value;  // none: Redis does not tell of it
};

constexpr auto classes = [] {
    using enum Event;
    std::array<Class, keyspace::event_count> all{};
    const auto are = [&](std::optional<EventClass> value, std::initializer_list<Event> events) {
        for (const Event event : events) all[static_cast<std::size_t>(event)] = {true, value};
    };
    are(EventClass::generic,
        {copy_to, del, expire, move_from, move_to, persist, rename_from, rename_to, restore});
    are(EventClass::string, {append, incrby, incrbyfloat, pfadd, Event::set, setbit, setrange});
    are(EventClass::hash, {hdel, hincrby, hincrbyfloat, hset});
    are(EventClass::list, {linsert, lpop, lpush, lrem, lset, ltrim, rpop, rpush, sortstore});
    are(EventClass::set, {sadd, sdiffstore, sinterstore, spop, srem, sunionstore});
    are(EventClass::sorted_set,
        {georadiusstore, geosearchstore, zadd, zdiffstore, zincr, zinterstore, zpopmax, zpopmin,
         zrangestore, zrem, zremrangebylex, zremrangebyrank, zremrangebyscore, zunionstore});
    are(EventClass::stream, {xadd, xdel, xgroup_create, xgroup_create_stream, xgroup_createconsumer,
                             xgroup_delconsumer, xgroup_destroy, xgroup_setid, xsetid, xtrim});
    are(EventClass::new_key, {created});
    are(EventClass::evicted, {evicted});
    are(EventClass::expired, {expired});
    are(EventClass::miss, {missed});
    are(std::nullopt, {flushall, flushdb, pfcount, swapdb});
    return all;
}();
static_assert(std::ranges::all_of(classes, &Class::known), "an event without a class");

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
    const auto event_class = classes[static_cast<std::size_t>(effect.event)].value;
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
