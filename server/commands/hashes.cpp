// Hashes: storing and fetching the values of fields.
#include "server/commands/hashes.hpp"

namespace mini_redis::commands {
namespace {

struct Hdel {
    Key key;
    Words fields;

    static constexpr Spec spec{
        .name = "HDEL",
        .summary = "Removes fields of a hash, and the hash once it has none.",
        .since = "2.0.0",
        .complexity = "O(N), N being the number of fields to remove",
        .flags = Flag::write | Flag::fast,
        .member = 2,
    };
    static constexpr auto syntax =
        sequence(key_arg("key", &Hdel::key, Use::rw | Use::del), rest("field", &Hdel::fields));

    void run(Context& context, Writer& reply) const
    {
        const Entry* entry = context.data.find(key);
        if (!must_be(Type::hash, entry, reply)) return;
        if (!entry) return reply.integer(0);
        Edited<Hash> hash(context.data, key, entry);
        std::uint64_t removed = 0;
        for (const Word field : fields) {
            if (hash->erase(field)) ++removed;
            if (hash->empty()) break;
        }
        if (removed != 0) context.data.report(Event::hdel, key, removed);
        reply.integer(static_cast<std::int64_t>(removed));
    }
};

struct Hexists {
    Key key;
    std::string_view field;

    static constexpr Spec spec{
        .name = "HEXISTS",
        .summary = "Tells whether a hash has a field.",
        .since = "2.0.0",
        .complexity = "O(1)",
        .flags = Flag::readonly | Flag::fast,
        .member = 2,
    };
    static constexpr auto syntax =
        sequence(key_arg("key", &Hexists::key, Use::ro), arg("field", &Hexists::field));

    void run(Context& context, Writer& reply) const
    {
        const Entry* entry = context.data.read(key);
        if (!must_be(Type::hash, entry, reply)) return;
        reply.integer(entry && Borrowed<Hash>(*entry)->get(field) ? 1 : 0);
    }
};

struct Hget {
    Key key;
    std::string_view field;

    static constexpr Spec spec{
        .name = "HGET",
        .summary = "Returns the value of a field of a hash.",
        .since = "2.0.0",
        .complexity = "O(1)",
        .flags = Flag::readonly | Flag::fast,
        .member = 2,
    };
    static constexpr auto syntax =
        sequence(key_arg("key", &Hget::key, Use::ro | Use::access), arg("field", &Hget::field));

    void run(Context& context, Writer& reply) const
    {
        const Entry* entry = context.data.read(key);
        if (!must_be(Type::hash, entry, reply)) return;
        if (!entry) return reply.null();
        reply_with(Borrowed<Hash>(*entry)->get(field), reply);
    }
};

struct Hmget {
    Key key;
    Words fields;

    static constexpr Spec spec{
        .name = "HMGET",
        .summary = "Returns the values of several fields of a hash, null for those it has not.",
        .since = "2.0.0",
        .complexity = "O(N), N being the number of fields",
        .flags = Flag::readonly | Flag::fast,
        .member = 2,
    };
    static constexpr auto syntax =
        sequence(key_arg("key", &Hmget::key, Use::ro | Use::access), rest("field", &Hmget::fields));

    void run(Context& context, Writer& reply) const
    {
        const Entry* entry = context.data.read(key);
        if (!must_be(Type::hash, entry, reply)) return;
        reply.array(fields.size());
        std::optional<Borrowed<Hash>> hash;
        if (entry) hash.emplace(*entry);
        for (const Word field : fields)
            reply_with(hash ? (*hash)->get(field) : std::nullopt, reply);
    }
};

struct Hlen {
    Key key;

    static constexpr Spec spec{
        .name = "HLEN",
        .summary = "Counts the fields of a hash.",
        .since = "2.0.0",
        .complexity = "O(1)",
        .flags = Flag::readonly | Flag::fast,
    };
    static constexpr auto syntax = sequence(key_arg("key", &Hlen::key, Use::ro));

    void run(Context& context, Writer& reply) const { reply_with_size<Hash>(context, key, reply); }
};

struct Hstrlen {
    Key key;
    std::string_view field;

    static constexpr Spec spec{
        .name = "HSTRLEN",
        .summary = "Returns how many bytes the value of a field of a hash has.",
        .since = "3.2.0",
        .complexity = "O(1)",
        .flags = Flag::readonly | Flag::fast,
        .member = 2,
    };
    static constexpr auto syntax =
        sequence(key_arg("key", &Hstrlen::key, Use::ro), arg("field", &Hstrlen::field));

    void run(Context& context, Writer& reply) const
    {
        const Entry* entry = context.data.read(key);
        if (!must_be(Type::hash, entry, reply)) return;
        const auto value = entry ? Borrowed<Hash>(*entry)->get(field) : std::nullopt;
        Element::Scratch scratch;
        reply.integer(value ? static_cast<std::int64_t>(value->text(scratch).size()) : 0);
    }
};

// Sets fields and values, which follow each other; how many fields are new. Nothing, and an error
// written, where that cannot be.
std::optional<std::int64_t> set_all(Context& context, const Key& key, Words pairs,
                                    std::string_view odd_words_error, Writer& reply)
{
    if (pairs.size() % 2 != 0) return reply.error(odd_words_error), std::nullopt;
    const Entry* entry = context.data.find(key);
    if (!must_be(Type::hash, entry, reply)) return std::nullopt;
    const Hash::Limits limits = hash_limits(context);
    Edited<Hash> hash(context.data, key, entry);
    for (const Word word : pairs) hash->expect(word, limits);
    std::int64_t added = 0;
    for (std::size_t i = 0; i < pairs.size(); i += 2)
        added += hash->set(pairs[i], pairs[i + 1], limits) ? 1 : 0;
    context.data.report(Event::hset, key, pairs.size() / 2);
    return added;
}

constexpr auto field_values = repeated(block("field_value", word("field"), word("value")));

struct Hset {
    Key key;
    Words pairs;

    static constexpr Spec spec{
        .name = "HSET",
        .summary = "Sets the values of fields of a hash, and makes the hash if it is not there.",
        .since = "2.0.0",
        .complexity = "O(N), N being the number of fields",
        .flags = Flag::write | Flag::denyoom | Flag::fast,
        .member = 2,
    };
    static constexpr auto syntax = sequence(key_arg("key", &Hset::key, Use::rw | Use::update),
                                            unread<2>(&Hset::pairs, field_values));

    void run(Context& context, Writer& reply) const
    {
        const auto added =
            set_all(context, key, pairs, "ERR wrong number of arguments for 'hset' command", reply);
        if (added) reply.integer(*added);
    }
};

struct Hmset {
    Key key;
    Words pairs;

    static constexpr Spec spec{
        .name = "HMSET",
        .summary = "Sets the values of several fields of a hash.",
        .since = "2.0.0",
        .complexity = "O(N), N being the number of fields",
        .flags = Flag::write | Flag::denyoom | Flag::fast,
        .deprecated_since = "4.0.0",
        .replaced_by = "`HSET` with multiple field-value pairs",
        .member = 2,
    };
    static constexpr auto syntax = sequence(key_arg("key", &Hmset::key, Use::rw | Use::update),
                                            unread<2>(&Hmset::pairs, field_values));

    void run(Context& context, Writer& reply) const
    {
        const auto added = set_all(context, key, pairs,
                                   "ERR wrong number of arguments for 'hmset' command", reply);
        if (added) reply.ok();
    }
};

struct Hsetnx {
    Key key;
    std::string_view field;
    std::string_view value;

    static constexpr Spec spec{
        .name = "HSETNX",
        .summary = "Sets the value of a field that a hash does not have yet.",
        .since = "2.0.0",
        .complexity = "O(1)",
        .flags = Flag::write | Flag::denyoom | Flag::fast,
        .member = 2,
    };
    static constexpr auto syntax =
        sequence(key_arg("key", &Hsetnx::key, Use::rw | Use::insert), arg("field", &Hsetnx::field),
                 arg("value", &Hsetnx::value));

    void run(Context& context, Writer& reply) const
    {
        const Entry* entry = context.data.find(key);
        if (!must_be(Type::hash, entry, reply)) return;
        if (entry && Borrowed<Hash>(*entry)->get(field)) return reply.integer(0);
        Edited<Hash> hash(context.data, key, entry);
        hash->set(field, value, hash_limits(context));
        context.data.report(Event::hset, key);
        reply.integer(1);
    }
};

}  // namespace

constexpr auto hash_commands =
    dispatch::commands<Hdel, Hexists, Hget, Hlen, Hmget, Hmset, Hset, Hsetnx, Hstrlen>;
const dispatch::Family hashes{"hash", Category::hash, hash_commands};

}  // namespace mini_redis::commands
