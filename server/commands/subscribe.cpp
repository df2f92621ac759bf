// Listening to channels, patterns and shard channels, and ceasing to.
#include "server/commands/grammar.hpp"
#include "server/dispatch/listening.hpp"

namespace mini_redis::commands {
namespace {

using pubsub::Kind;

constexpr auto listening = Flag::pubsub | Flag::noscript | Flag::loading | Flag::stale;

// What was done, to which name, and how many the client listens to now.
void confirm(const Session& session, Kind kind, std::string_view what, const Word* name,
             Writer& reply)
{
    reply.push(3);
    reply.bulk(what);
    name ? reply.bulk(*name) : reply.null();
    reply.integer(static_cast<std::int64_t>(session.subscriptions->count_beside(kind)));
}

void subscribe(Context& context, Kind kind, std::string_view what, Words names, Writer& reply)
{
    dispatch::subscriptions_of(context.services, context.session, context.branch);
    for (const Word name : names) {
        dispatch::listen(context.services, context.session, kind, name);
        confirm(context.session, kind, what, &name, reply);
    }
}

// Without names, from all there are of the kind.
void unsubscribe(Context& context, Kind kind, std::string_view what, Words names, Writer& reply)
{
    Session& session = context.session;
    const auto stop = [&](Word name) {
        dispatch::stop_listening(context.services, session, kind, name);
        confirm(session, kind, what, &name, reply);
    };
    const auto& mine =
        dispatch::subscriptions_of(context.services, session, context.branch).of(kind);
    for (const Word name : names) stop(name);
    if (names.empty() && mine.empty()) confirm(session, kind, what, nullptr, reply);
    while (names.empty() && !mine.empty()) stop(std::string(mine.begin()->first));
}

Argument many(std::string_view name, ArgumentType type, bool optional)
{
    return {.name = std::string(name), .type = type, .optional = optional, .multiple = true};
}

struct Subscribe {
    Words channels;

    static constexpr Spec spec{
        .name = "SUBSCRIBE",
        .summary = "Listens to channels: what is published to them from now on is received.",
        .since = "2.0.0",
        .complexity = "O(N) where N is the number of channels",
        .flags = listening,
        .answers_by_pushes = true,
    };
    static constexpr auto syntax = sequence(rest("channel", &Subscribe::channels));

    void run(Context& context, Writer& reply) const
    {
        subscribe(context, Kind::channel, "subscribe", channels, reply);
    }
};

struct Unsubscribe {
    Words channels;

    static constexpr Spec spec{
        .name = "UNSUBSCRIBE",
        .summary = "Ceases to listen to some channels, or to all.",
        .since = "2.0.0",
        .complexity = "O(N) where N is the number of channels",
        .flags = listening,
        .answers_by_pushes = true,
    };
    static constexpr auto syntax =
        sequence(unread(&Unsubscribe::channels,
                        Manual{[] { return many("channel", ArgumentType::string, true); }}));

    void run(Context& context, Writer& reply) const
    {
        unsubscribe(context, Kind::channel, "unsubscribe", channels, reply);
    }
};

struct Psubscribe {
    Words patterns;

    static Argument argument()
    {
        return {.name = "pattern",
                .type = ArgumentType::block,
                .multiple = true,
                .children = {{.name = "pattern", .type = ArgumentType::pattern}}};
    }
    static constexpr Spec spec{
        .name = "PSUBSCRIBE",
        .summary = "Listens to all channels whose names match a pattern.",
        .since = "2.0.0",
        .complexity = "O(N) where N is the number of patterns",
        .flags = listening,
        .answers_by_pushes = true,
    };
    static constexpr auto syntax = sequence(unread<1>(&Psubscribe::patterns, Manual{argument}));

    void run(Context& context, Writer& reply) const
    {
        subscribe(context, Kind::pattern, "psubscribe", patterns, reply);
    }
};

struct Punsubscribe {
    Words patterns;

    static constexpr Spec spec{
        .name = "PUNSUBSCRIBE",
        .summary = "Ceases to listen to some patterns, or to all.",
        .since = "2.0.0",
        .complexity = "O(N) where N is the number of patterns",
        .flags = listening,
        .answers_by_pushes = true,
    };
    static constexpr auto syntax =
        sequence(unread(&Punsubscribe::patterns,
                        Manual{[] { return many("pattern", ArgumentType::pattern, true); }}));

    void run(Context& context, Writer& reply) const
    {
        unsubscribe(context, Kind::pattern, "punsubscribe", patterns, reply);
    }
};

// Shard channels stand where keys stand, for a cluster's sake; they are none.
struct Ssubscribe {
    Words channels;

    static constexpr Spec spec{
        .name = "SSUBSCRIBE",
        .summary = "Listens to shard channels.",
        .since = "7.0.0",
        .complexity = "O(N) where N is the number of shard channels",
        .flags = listening,
        .answers_by_pushes = true,
    };
    static constexpr auto syntax = sequence(no_keys_arg<1>("shardchannel", &Ssubscribe::channels));

    void run(Context& context, Writer& reply) const
    {
        subscribe(context, Kind::shard_channel, "ssubscribe", channels, reply);
    }
};

struct Sunsubscribe {
    Words channels;

    static constexpr Spec spec{
        .name = "SUNSUBSCRIBE",
        .summary = "Ceases to listen to some shard channels, or to all.",
        .since = "7.0.0",
        .complexity = "O(N) where N is the number of shard channels",
        .flags = listening,
        .answers_by_pushes = true,
    };
    static constexpr auto syntax =
        sequence(no_keys_arg<0>("shardchannel", &Sunsubscribe::channels));

    void run(Context& context, Writer& reply) const
    {
        unsubscribe(context, Kind::shard_channel, "sunsubscribe", channels, reply);
    }
};

constexpr auto subscribe_commands =
    dispatch::commands<Psubscribe, Punsubscribe, Ssubscribe, Subscribe, Sunsubscribe, Unsubscribe>;

}  // namespace

const dispatch::Family subscribing{"pubsub", {}, subscribe_commands};

}  // namespace mini_redis::commands
