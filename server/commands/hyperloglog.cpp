// HyperLogLogs: adding elements, counting them, and counting those of several together.
#include "server/commands/hyperloglogs.hpp"

#include <optional>

namespace mini_redis::commands {
namespace {

using values::Raised;
using values::Registers;

std::size_t sparse_max(const Context& context)
{
    return context.services.config.hll_sparse_max_bytes.get();
}

struct Pfadd {
    Key key;
    Words elements;

    static constexpr Spec spec{
        .name = "PFADD",
        .summary = "Adds elements to a HyperLogLog, and makes it if it is not there.",
        .since = "2.8.9",
        .complexity = "O(1) for each element",
        .flags = Flag::write | Flag::denyoom | Flag::fast,
    };
    static constexpr auto syntax = sequence(key_arg("key", &Pfadd::key, Use::rw | Use::insert),
                                            optional(rest("element", &Pfadd::elements)));

    void run(Context& context, Writer& reply) const
    {
        const Entry* entry = context.data.find(key);
        if (!must_be_hyperloglog(entry, reply)) return;
        const bool dense = entry && Hyperloglog(hyperloglog_text(*entry)).dense();
        const auto changes = dense ? add_in_place(context) : add_to_copy(context, entry);
        if (!changes) return reply.error(corrupt_hyperloglog);
        if (*changes != 0) context.data.report(Event::pfadd, key, *changes);
        reply.integer(*changes != 0 ? 1 : 0);
    }

private:
    std::optional<std::uint64_t> add_in_place(Context& context) const
    {
        const std::span<char> text = context.data.edit(key, 0);
        std::uint64_t changes = 0;
        for (const Word element : elements)
            changes += values::raise_dense(text, values::sighting_of(element)) ? 1 : 0;
        if (changes != 0) values::remember_count(text, std::nullopt);
        return changes;
    }

    // Nothing if it is corrupt; what was added before that was noticed stays, as in Redis.
    std::optional<std::uint64_t> add_to_copy(Context& context, const Entry* entry) const
    {
        std::string text = entry ? std::string(hyperloglog_text(*entry)) : Hyperloglog::empty();
        std::uint64_t changes = entry ? 0 : 1;
        bool corrupt = false;
        for (const Word element : elements) {
            const Raised raised =
                values::raise(text, values::sighting_of(element), sparse_max(context));
            corrupt = raised == Raised::corrupt;
            if (corrupt) break;
            changes += raised == Raised::yes ? 1 : 0;
        }
        if (changes != 0 && !corrupt) values::remember_count(text, std::nullopt);
        store_hyperloglog(context, key, text);
        return corrupt ? std::nullopt : std::optional(changes);
    }
};

// Raises the registers to those of what is at a key. False, and an error written, if that is no
// HyperLogLog or corrupt.
bool merge(const Entry* entry, Registers& registers, Writer& reply)
{
    if (!entry) return true;
    if (!must_be_hyperloglog(entry, reply)) return false;
    if (Hyperloglog(hyperloglog_text(*entry)).merge_into(registers)) return true;
    reply.error(corrupt_hyperloglog);
    return false;
}

struct Pfcount {
    Keys keys;

    static constexpr Spec spec{
        .name = "PFCOUNT",
        .summary = "Tells about how many different elements were added to HyperLogLogs.",
        .since = "2.8.9",
        .complexity = "O(1) for one key while nothing is added, O(N) for N keys",
        .flags = Flag::readonly | Flag::may_replicate,
    };
    // (It writes: it remembers what it has counted.)
    static constexpr auto syntax = sequence(keys_arg("key", &Pfcount::keys, Use::rw | Use::access));

    void run(Context& context, Writer& reply) const
    {
        if (keys.size() == 1) return count_one(context, keys[0], reply);
        Registers registers{};
        for (const Key& key : keys)
            if (!merge(context.data.read(key), registers, reply)) return;
        reply.integer(static_cast<std::int64_t>(values::count_of(registers)));
    }

private:
    static void count_one(Context& context, const Key& key, Writer& reply)
    {
        const Entry* entry = context.data.read(key);
        if (!entry) return reply.integer(0);
        if (!must_be_hyperloglog(entry, reply)) return;
        const std::span<char> text = context.data.edit(key, 0);
        const Hyperloglog hyperloglog({text.data(), text.size()});
        auto count = hyperloglog.known_count();
        if (!count) {
            count = hyperloglog.count();
            if (!count) return reply.error(corrupt_hyperloglog);
            values::remember_count(text, count);
            context.data.report(Event::pfcount, key);
        }
        reply.integer(static_cast<std::int64_t>(*count));
    }
};

struct Pfmerge {
    Key destination;
    Keys sources;

    static constexpr Spec spec{
        .name = "PFMERGE",
        .summary = "Makes a HyperLogLog of all elements that were added to several.",
        .since = "2.8.9",
        .complexity = "O(N) for N keys, each a few thousand steps",
        .flags = Flag::write | Flag::denyoom,
        .arity = -2,  // Redis' manual asks for a source key, but no source is needed
    };
    static constexpr auto syntax =
        sequence(key_arg("destkey", &Pfmerge::destination, Use::rw | Use::access | Use::insert),
                 keys_arg("sourcekey", &Pfmerge::sources, Use::ro | Use::access));

    void run(Context& context, Writer& reply) const
    {
        Registers registers{};
        bool dense = false;
        const auto merge_key = [&](const Key& key) {
            const Entry* entry = context.data.read(key);
            if (!merge(entry, registers, reply)) return false;
            dense = dense || (entry && Hyperloglog(hyperloglog_text(*entry)).dense());
            return true;
        };
        if (!merge_key(destination) || !std::ranges::all_of(sources, merge_key)) return;

        // Not corrupt, or it would not have been merged.
        const Entry* entry = context.data.find(destination);
        std::string text = entry ? std::string(hyperloglog_text(*entry)) : Hyperloglog::empty();
        if (dense) values::make_dense(text);
        for (unsigned i = 0; i < registers.size(); ++i)
            if (registers[i] != 0) values::raise(text, {i, registers[i]}, sparse_max(context));
        values::remember_count(text, std::nullopt);
        store_hyperloglog(context, destination, text);
        context.data.report(Event::pfadd, destination);
        reply.ok();
    }
};

}  // namespace

constexpr auto hyperloglog_commands = dispatch::commands<Pfadd, Pfcount, Pfmerge>;
const dispatch::Family hyperloglogs{"hyperloglog", Category::hyperloglog, hyperloglog_commands};

}  // namespace mini_redis::commands
