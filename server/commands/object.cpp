// OBJECT: how a value is held, and how its key is used.
#include "server/commands/encoding.hpp"
#include "server/commands/help.hpp"
#include "server/keyspace/access_clock.hpp"

#include <limits>

namespace mini_redis::commands {
namespace {

bool uses_are_counted(const Context& context)
{
    return counts_uses(context.data.keyspace().eviction.policy.load(std::memory_order_relaxed));
}

struct ObjectEncoding {
    Key key;

    static constexpr Spec spec{
        .name = "ENCODING",
        .container = "OBJECT",
        .summary = "Tells how a value is held in memory.",
        .since = "2.2.3",
        .complexity = "O(1)",
        .flags = Flag::readonly,
        .tips = {"nondeterministic_output"},
    };
    static constexpr auto syntax = sequence(key_arg("key", &ObjectEncoding::key, Use::ro));

    void run(Context& context, Writer& reply) const
    {
        const Entry* entry = context.data.inspect_silently(key);
        if (!entry) return reply.null();
        reply.bulk(encoding_name(*entry));
    }
};

struct ObjectFreq {
    Key key;

    static constexpr Spec spec{
        .name = "FREQ",
        .container = "OBJECT",
        .summary = "Tells how often a key is used, on the logarithmic scale of the LFU policies.",
        .since = "4.0.0",
        .complexity = "O(1)",
        .flags = Flag::readonly,
        .tips = {"nondeterministic_output"},
    };
    static constexpr auto syntax = sequence(key_arg("key", &ObjectFreq::key, Use::ro));

    void run(Context& context, Writer& reply) const
    {
        const Entry* entry = context.data.inspect_silently(key);
        if (!entry) return reply.null();
        if (!uses_are_counted(context))
            return reply.error(
                "ERR An LFU maxmemory policy is not selected, access frequency not tracked. "
                "Please note that when switching between policies at runtime LRU and LFU data "
                "will take some time to adjust.");
        const auto decay = context.data.keyspace().eviction.lfu_decay_minutes.load();
        reply.integer(keyspace::lfu_count(entry->clock(), context.now(), decay));
    }
};

struct ObjectIdletime {
    Key key;

    static constexpr Spec spec{
        .name = "IDLETIME",
        .container = "OBJECT",
        .summary = "Tells for how many seconds a key has not been used.",
        .since = "2.2.3",
        .complexity = "O(1)",
        .flags = Flag::readonly,
        .tips = {"nondeterministic_output"},
    };
    static constexpr auto syntax = sequence(key_arg("key", &ObjectIdletime::key, Use::ro));

    void run(Context& context, Writer& reply) const
    {
        const Entry* entry = context.data.inspect_silently(key);
        if (!entry) return reply.null();
        if (uses_are_counted(context))
            return reply.error(
                "ERR An LFU maxmemory policy is selected, idle time not tracked. Please note that "
                "when switching between policies at runtime LRU and LFU data will take some time "
                "to adjust.");
        reply.integer(keyspace::lru_idle(entry->clock(), context.now()) / 1000);
    }
};

struct ObjectRefcount {
    Key key;

    static constexpr Spec spec{
        .name = "REFCOUNT",
        .container = "OBJECT",
        .summary = "Tells how many refer to a value; here each belongs to its key alone.",
        .since = "2.2.3",
        .complexity = "O(1)",
        .flags = Flag::readonly,
        .tips = {"nondeterministic_output"},
    };
    static constexpr auto syntax = sequence(key_arg("key", &ObjectRefcount::key, Use::ro));

    void run(Context& context, Writer& reply) const
    {
        const Entry* entry = context.data.inspect_silently(key);
        if (!entry) return reply.null();
        // Redis keeps one object for each small integer, which all keys share for good.
        const bool shared = entry->encoding() == Encoding::integer && entry->integer() >= 0 &&
                            entry->integer() < 10'000;
        reply.integer(shared ? std::numeric_limits<std::int32_t>::max() : 1);
    }
};

constexpr Spec help = help_card("OBJECT", "6.2.0");

constexpr auto object_subcommands =
    dispatch::commands<ObjectEncoding, ObjectFreq, Help<help>, ObjectIdletime, ObjectRefcount>;

struct Object {
    static constexpr Spec spec{
        .name = "OBJECT",
        .summary = "Commands that look into values.",
        .since = "2.2.3",
        .complexity = "Depends on the subcommand.",
    };
    static constexpr std::span<const dispatch::Command> subcommands = object_subcommands;
};

}  // namespace

constexpr auto object_commands = dispatch::commands<Object>;
const dispatch::Family object{"generic", Category::keyspace, object_commands};

}  // namespace mini_redis::commands
