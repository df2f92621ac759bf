// Keys, whatever they hold: are they there, what are they, away with them.
#include "server/commands/grammar.hpp"

#include <array>

namespace mini_redis::commands {
namespace {

// A cluster may split such a command among its nodes and add up their answers.
constexpr std::array<std::string_view, 4> splits_by_key{"request_policy:multi_shard",
                                                        "response_policy:agg_sum"};

void remove(Context& context, Keys keys, bool lazily, Writer& reply)
{
    std::int64_t removed = 0;
    for (const Key& key : keys) {
        keyspace::OwnedEntry entry = context.data.take(key);
        if (!entry) continue;
        context.data.report(Event::del, key);
        ++removed;
        if (lazily) context.data.keyspace().dispose(std::move(entry));
    }
    reply.integer(removed);
}

struct Del {
    Keys keys;

    static constexpr Spec spec{
        .name = "DEL",
        .summary = "Removes keys.",
        .since = "1.0.0",
        .complexity = "O(N) for N keys, and for each the number of its value's elements.",
        .flags = Flag::write,
        .tips = splits_by_key,
    };
    static constexpr auto syntax = sequence(keys_arg("key", &Del::keys, Use::rm | Use::del));

    void run(Context& context, Writer& reply) const
    {
        remove(context, keys, context.services.config.lazyfree_lazy_user_del.get(), reply);
    }
};

struct Unlink {
    Keys keys;

    static constexpr Spec spec{
        .name = "UNLINK",
        .summary = "Removes keys, and frees large values in the background.",
        .since = "4.0.0",
        .complexity = "O(N) for N keys, whatever they hold.",
        .flags = Flag::write | Flag::fast,
        .tips = splits_by_key,
    };
    static constexpr auto syntax = sequence(keys_arg("key", &Unlink::keys, Use::rm | Use::del));

    void run(Context& context, Writer& reply) const { remove(context, keys, true, reply); }
};

struct Exists {
    Keys keys;

    static constexpr Spec spec{
        .name = "EXISTS",
        .summary = "Counts those of the given keys that are there; one given twice counts twice.",
        .since = "1.0.0",
        .complexity = "O(N) for N keys.",
        .flags = Flag::readonly | Flag::fast,
        .tips = splits_by_key,
    };
    static constexpr auto syntax = sequence(keys_arg("key", &Exists::keys, Use::ro));

    void run(Context& context, Writer& reply) const
    {
        std::int64_t there = 0;
        for (const Key& key : keys) there += context.data.inspect(key) ? 1 : 0;
        reply.integer(there);
    }
};

struct Touch {
    Keys keys;

    static constexpr Spec spec{
        .name = "TOUCH",
        .summary = "Counts keys as used now, and tells how many of them are there.",
        .since = "3.2.1",
        .complexity = "O(N) for N keys.",
        .flags = Flag::readonly | Flag::fast,
        .tips = splits_by_key,
    };
    static constexpr auto syntax = sequence(keys_arg("key", &Touch::keys, Use::ro));

    void run(Context& context, Writer& reply) const
    {
        std::int64_t there = 0;
        for (const Key& key : keys) there += context.data.read(key) ? 1 : 0;
        reply.integer(there);
    }
};

struct Type {
    Key key;

    static constexpr Spec spec{
        .name = "TYPE",
        .summary = "Tells the type of the value at a key.",
        .since = "1.0.0",
        .complexity = "O(1)",
        .flags = Flag::readonly | Flag::fast,
    };
    static constexpr auto syntax = sequence(key_arg("key", &Type::key, Use::ro));

    void run(Context& context, Writer& reply) const
    {
        const Entry* entry = context.data.inspect(key);
        reply.simple(entry ? to_string(entry->type()) : "none");
    }
};

}  // namespace

constexpr auto key_commands = dispatch::commands<Del, Exists, Touch, Type, Unlink>;
const dispatch::Family generic_keys{"generic", Category::keyspace, key_commands};

}  // namespace mini_redis::commands
