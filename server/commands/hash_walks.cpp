// Hashes: all fields, some at a time, or some by chance.
#include "server/commands/draw.hpp"
#include "server/commands/hashes.hpp"

namespace mini_redis::commands {
namespace {

// All fields, all values, or both in turn.
enum class Part : std::uint8_t { fields, values, both };

void reply_with_all(Context& context, const Key& key, Part part, Writer& reply)
{
    const Entry* entry = context.data.read(key);
    if (!must_be(Type::hash, entry, reply)) return;
    if (!entry) return part == Part::both ? reply.map(0) : reply.array(0);
    const Borrowed<Hash> hash(*entry);
    part == Part::both ? reply.map(hash->size()) : reply.array(hash->size());
    hash->each([&](const Element& field, const Element& value) {
        if (part != Part::values) reply_with(field, reply);
        if (part != Part::fields) reply_with(value, reply);
    });
}

struct Hgetall {
    Key key;

    static constexpr Spec spec{
        .name = "HGETALL",
        .summary = "Returns all fields of a hash and their values.",
        .since = "2.0.0",
        .complexity = "O(N), N being the number of fields",
        .flags = Flag::readonly,
        .tips = {"nondeterministic_output_order"},
    };
    static constexpr auto syntax = sequence(key_arg("key", &Hgetall::key, Use::ro | Use::access));

    void run(Context& context, Writer& reply) const
    {
        reply_with_all(context, key, Part::both, reply);
    }
};

struct Hkeys {
    Key key;

    static constexpr Spec spec{
        .name = "HKEYS",
        .summary = "Returns all fields of a hash.",
        .since = "2.0.0",
        .complexity = "O(N), N being the number of fields",
        .flags = Flag::readonly,
        .tips = {"nondeterministic_output_order"},
    };
    static constexpr auto syntax = sequence(key_arg("key", &Hkeys::key, Use::ro | Use::access));

    void run(Context& context, Writer& reply) const
    {
        reply_with_all(context, key, Part::fields, reply);
    }
};

struct Hvals {
    Key key;

    static constexpr Spec spec{
        .name = "HVALS",
        .summary = "Returns the values of all fields of a hash.",
        .since = "2.0.0",
        .complexity = "O(N), N being the number of fields",
        .flags = Flag::readonly,
        .tips = {"nondeterministic_output_order"},
    };
    static constexpr auto syntax = sequence(key_arg("key", &Hvals::key, Use::ro | Use::access));

    void run(Context& context, Writer& reply) const
    {
        reply_with_all(context, key, Part::values, reply);
    }
};

struct Hscan {
    Key key;
    Cursor cursor;
    Words choices;

    static constexpr Spec spec{
        .name = "HSCAN",
        .summary = "Goes through the fields of a hash step by step.",
        .since = "2.8.0",
        .complexity = "O(1) for a step, O(N) for all of them with N fields.",
        .flags = Flag::readonly,
        .tips = {"nondeterministic_output"},
    };
    static constexpr auto syntax =
        sequence(key_arg("key", &Hscan::key, Use::ro | Use::access), arg("cursor", &Hscan::cursor),
                 unread(&Hscan::choices, CollectionScan::syntax));

    void run(Context& context, Writer& reply) const
    {
        const Entry* entry = context.data.read(key);
        if (!must_be(Type::hash, entry, reply)) return;
        ScanReply step(reply);
        if (!entry) return step.end(0);
        CollectionScan chosen;
        if (!chosen.read(choices, reply)) return;
        const auto count = static_cast<std::size_t>(chosen.count.value);
        step.end(Borrowed<Hash>(*entry)->scan(cursor.value, count,
                                              [&](const Element& field, const Element& value) {
                                                  if (!chosen.wants(field)) return;
                                                  reply_with(field, step.item());
                                                  reply_with(value, step.item());
                                              }));
    }
};

struct Hrandfield {
    Key key;
    std::optional<DrawCount> count;
    bool with_values = false;

    static constexpr Spec spec{
        .name = "HRANDFIELD",
        .summary = "Draws fields of a hash by chance.",
        .since = "6.2.0",
        .complexity = "O(N), N being the number of fields drawn",
        .flags = Flag::readonly,
        .tips = {"nondeterministic_output"},
    };
    static constexpr auto syntax =
        sequence(key_arg("key", &Hrandfield::key, Use::ro | Use::access),
                 optional(block("options", arg("count", &Hrandfield::count),
                                optional(token("WITHVALUES", &Hrandfield::with_values)))));

    void run(Context& context, Writer& reply) const
    {
        if (with_values && !count->fits_in_pairs()) return reply.error(errors::out_of_range);
        const Entry* entry = context.data.read(key);
        if (!must_be(Type::hash, entry, reply)) return;
        if (!entry) return count ? reply.array(0) : reply.null();
        const Borrowed<Hash> hash(*entry);
        if (!count)
            return hash->draw(
                [&] { return context.data.local().chance(); },
                [&](const Element& field, const Element&) { reply_with(field, reply); });
        const bool in_pairs = with_values && reply.dialect() == Dialect::resp3;
        const auto mark = reply.later();
        std::size_t replied = 0;
        draw_several(context, *hash, *count, [&](const Element& field, const Element& value) {
            if (in_pairs) reply.array(2);
            reply_with(field, reply);
            if (with_values) reply_with(value, reply);
            replied += with_values && !in_pairs ? 2 : 1;
        });
        reply.array_at(mark, replied);
    }
};

}  // namespace

constexpr auto hash_walk_commands = dispatch::commands<Hgetall, Hkeys, Hrandfield, Hscan, Hvals>;
const dispatch::Family hash_walks{"hash", Category::hash, hash_walk_commands};

}  // namespace mini_redis::commands
