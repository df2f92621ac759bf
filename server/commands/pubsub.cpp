// Publishing, and asking who listens.
#include "protocol/glob.hpp"
#include "server/commands/help.hpp"

#include <algorithm>

namespace mini_redis::commands {
namespace {

using pubsub::Kind;

constexpr auto asking = Flag::pubsub | Flag::loading | Flag::stale;
constexpr auto to_publish = asking | Flag::fast | Flag::may_replicate;

struct Publish {
    Word channel;
    Word message;

    static constexpr Spec spec{
        .name = "PUBLISH",
        .summary = "Sends a message to all who listen to a channel; returns how many they are.",
        .since = "2.0.0",
        .complexity =
            "O(N+M) where N is the number of the channel's subscribers and M that of all "
            "patterns",
        .flags = to_publish,
    };
    static constexpr auto syntax =
        sequence(arg("channel", &Publish::channel), arg("message", &Publish::message));

    void run(Context& context, Writer& reply) const
    {
        reply.integer(static_cast<std::int64_t>(
            context.services.hub.publish(Kind::channel, channel, message)));
    }
};

struct Spublish {
    Word channel;
    Word message;

    static constexpr Spec spec{
        .name = "SPUBLISH",
        .summary = "Sends a message to all who listen to a shard channel; returns how many.",
        .since = "7.0.0",
        .complexity = "O(N) where N is the number of the shard channel's subscribers",
        .flags = to_publish,
    };
    static constexpr auto syntax = sequence(no_key_arg("shardchannel", &Spublish::channel),
                                            arg("message", &Spublish::message));

    void run(Context& context, Writer& reply) const
    {
        reply.integer(static_cast<std::int64_t>(
            context.services.hub.publish(Kind::shard_channel, channel, message)));
    }
};

Argument many_channels(std::string_view name)
{
    return {.name = std::string(name), .optional = true, .multiple = true};
}

// The names that somebody listens to, those that match if there is a pattern.
void write_names(Context& context, Kind kind, Words pattern, Writer& reply)
{
    if (pattern.size() > 1) return wrong_subcommand(context, "PUBSUB", reply);
    std::vector<std::string> names = context.services.hub.names(kind);
    std::erase_if(names, [&](const std::string& name) {
        return !pattern.empty() && !protocol::glob_match(pattern[0], name);
    });
    reply.array(names.size());
    for (const std::string& name : names) reply.bulk(name);
}

void write_counts(Context& context, Kind kind, Words names, Writer& reply)
{
    reply.array(2 * names.size());
    for (const Word name : names) {
        reply.bulk(name);
        reply.integer(static_cast<std::int64_t>(context.services.hub.subscribers(kind, name)));
    }
}

struct Channels {
    Words words;

    static constexpr Spec spec{
        .name = "CHANNELS",
        .container = "PUBSUB",
        .summary = "Returns the channels that somebody listens to, or those of them that match.",
        .since = "2.8.0",
        .complexity = "O(N) where N is the number of such channels",
        .flags = asking,
    };
    static constexpr auto syntax =
        sequence(unread(&Channels::words, optional(word("pattern", ArgumentType::pattern))));

    void run(Context& context, Writer& reply) const
    {
        write_names(context, Kind::channel, words, reply);
    }
};

struct Numpat {
    static constexpr Spec spec{
        .name = "NUMPAT",
        .container = "PUBSUB",
        .summary = "Returns the number of patterns that somebody listens to.",
        .since = "2.8.0",
        .complexity = "O(1)",
        .flags = asking,
    };
    static constexpr auto syntax = sequence();

    void run(Context& context, Writer& reply) const
    {
        reply.integer(static_cast<std::int64_t>(context.services.hub.count(Kind::pattern)));
    }
};

struct Numsub {
    Words channels;

    static constexpr Spec spec{
        .name = "NUMSUB",
        .container = "PUBSUB",
        .summary = "Returns how many listen to each of the channels, not counting patterns.",
        .since = "2.8.0",
        .complexity = "O(N) where N is the number of channels asked about",
        .flags = asking,
    };
    static constexpr auto syntax =
        sequence(unread(&Numsub::channels, Manual{[] { return many_channels("channel"); }}));

    void run(Context& context, Writer& reply) const
    {
        write_counts(context, Kind::channel, channels, reply);
    }
};

struct ShardChannels {
    Words words;

    static constexpr Spec spec{
        .name = "SHARDCHANNELS",
        .container = "PUBSUB",
        .summary = "Returns the shard channels that somebody listens to, or those that match.",
        .since = "7.0.0",
        .complexity = "O(N) where N is the number of such shard channels",
        .flags = asking,
    };
    static constexpr auto syntax =
        sequence(unread(&ShardChannels::words, optional(word("pattern", ArgumentType::pattern))));

    void run(Context& context, Writer& reply) const
    {
        write_names(context, Kind::shard_channel, words, reply);
    }
};

struct ShardNumsub {
    Words channels;

    static constexpr Spec spec{
        .name = "SHARDNUMSUB",
        .container = "PUBSUB",
        .summary = "Returns how many listen to each of the shard channels.",
        .since = "7.0.0",
        .complexity = "O(N) where N is the number of shard channels asked about",
        .flags = asking,
    };
    static constexpr auto syntax = sequence(
        unread(&ShardNumsub::channels, Manual{[] { return many_channels("shardchannel"); }}));

    void run(Context& context, Writer& reply) const
    {
        write_counts(context, Kind::shard_channel, channels, reply);
    }
};

constexpr Spec pubsub_help = help_card("PUBSUB", "6.2.0");
constexpr auto pubsub_subcommands =
    dispatch::commands<Channels, Help<pubsub_help>, Numpat, Numsub, ShardChannels, ShardNumsub>;

struct Pubsub {
    static constexpr Spec spec{
        .name = "PUBSUB",
        .summary = "Asks who listens to what.",
        .since = "2.8.0",
        .complexity = "Depends on the subcommand.",
    };
    static constexpr std::span<const dispatch::Command> subcommands = pubsub_subcommands;
};

constexpr auto publish_commands = dispatch::commands<Publish, Pubsub, Spublish>;

}  // namespace

const dispatch::Family publishing{"pubsub", {}, publish_commands};

}  // namespace mini_redis::commands
