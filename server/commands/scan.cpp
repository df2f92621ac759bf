// Going through all keys: at once, in steps, by chance, or only to count them.
//
// Each shard is locked in turn, so nobody waits for the whole; what is seen is no snapshot.
#include "server/commands/scanning.hpp"

#include <algorithm>
#include <array>
#include <limits>

namespace mini_redis::commands {
namespace {

struct KeysCommand {
    std::string_view pattern;

    static constexpr Spec spec{
        .name = "KEYS",
        .summary = "Lists all keys whose names match a pattern.",
        .since = "1.0.0",
        .complexity = "O(N) for the N keys of the database.",
        .flags = Flag::readonly,
        .categories = Category::dangerous,
        .tips = {"request_policy:all_shards", "nondeterministic_output_order"},
    };
    static constexpr auto syntax =
        sequence(arg("pattern", &KeysCommand::pattern).of_type(ArgumentType::pattern));

    void run(Context& context, Writer& reply) const
    {
        const Writer::Mark mark = reply.later();
        std::size_t count = 0;
        context.data.each_table([&](std::size_t, const keyspace::Table& table) {
            table.each([&](const Entry& entry) {
                if (entry.expired(context.now()) || !matches(pattern, entry.key())) return;
                reply.bulk(entry.key());
                ++count;
            });
        });
        reply.array_at(mark, count);
    }
};

struct Scan {
    Cursor cursor;
    std::optional<std::string_view> pattern;
    Count count;
    std::optional<std::string_view> type;

    static constexpr Spec spec{
        .name = "SCAN",
        .summary = "Goes through the keys step by step: each reply has the cursor to go on from.",
        .since = "2.8.0",
        .complexity = "O(1) for a step, O(N) for all of them with N keys.",
        .flags = Flag::readonly,
        .tips = {"nondeterministic_output", "request_policy:special"},
    };
    static constexpr auto syntax = sequence(
        arg("cursor", &Scan::cursor),
        options(token_arg("MATCH", arg("pattern", &Scan::pattern).of_type(ArgumentType::pattern)),
                token_arg("COUNT", arg("count", &Scan::count)),
                token_arg("TYPE", arg("type", &Scan::type)).since("6.0.0")));

    void run(Context& context, Writer& reply) const
    {
        ScanReply step(reply);
        step.end(context.data.scan(cursor.value, static_cast<std::size_t>(count.value),
                                   [&](const Entry& entry) {
                                       if (wants(entry)) step.item().bulk(entry.key());
                                   }));
    }

    // There is no such thing as an unknown type: it is the type of no key.
    bool wants(const Entry& entry) const
    {
        if (type && !protocol::equal_ignoring_case(*type, to_string(entry.type()))) return false;
        return !pattern || matches(*pattern, entry.key());
    }
};

struct Randomkey {
    static constexpr Spec spec{
        .name = "RANDOMKEY",
        .summary = "Draws a key by chance.",
        .since = "1.0.0",
        .complexity = "O(S) for the S shards of the keyspace, 1024.",
        .flags = Flag::readonly,
        .tips = {"request_policy:all_shards", "nondeterministic_output"},
    };
    static constexpr auto syntax = sequence();

    void run(Context& context, Writer& reply) const
    {
        if (!draw(context, reply) && !take_first(context, reply)) reply.null();
    }

private:
    static constexpr int draws_max = 256;

    // Every slot of every table is as likely as any other, so every key is; to draw a shard first
    // would favour the keys of the smaller ones. A free slot is drawn again.
    static bool draw(Context& context, Writer& reply)
    {
        std::array<std::uint64_t, keyspace::shard_count> slots_up_to{};
        std::uint64_t slots = 0;
        context.data.each_table([&](std::size_t shard, const keyspace::Table& table) {
            slots_up_to[shard] = slots += table.size() == 0 ? 0 : table.slots();
        });
        bool found = false;
        for (int i = 0; i < draws_max && slots > 0 && !found; ++i) {
            const std::uint64_t drawn = context.data.local().chance() % slots;
            const auto shard = std::ranges::upper_bound(slots_up_to, drawn) - slots_up_to.begin();
            context.data.with_table(static_cast<std::size_t>(shard), [&](const auto& table) {
                // Counted from the shard's end; the table may have changed meanwhile.
                const std::size_t index = slots_up_to[static_cast<std::size_t>(shard)] - 1 - drawn;
                if (index < table.slots()) found = reply_with(table.at(index), context, reply);
            });
        }
        return found;
    }

    // For when nearly all slots are free, or nearly all keys have expired.
    static bool take_first(Context& context, Writer& reply)
    {
        bool found = false;
        context.data.each_table([&](std::size_t, const keyspace::Table& table) {
            for (std::size_t i = 0; i < table.slots() && table.size() > 0 && !found; ++i)
                found = reply_with(table.at(i), context, reply);
        });
        return found;
    }

    static bool reply_with(keyspace::Table::Place place, const Context& context, Writer& reply)
    {
        if (!place || place.entry()->expired(context.now())) return false;
        reply.bulk(place.entry()->key());
        return true;
    }
};

struct Dbsize {
    static constexpr Spec spec{
        .name = "DBSIZE",
        .summary = "Counts the keys of the database.",
        .since = "1.0.0",
        .complexity = "O(S) for the S shards of the keyspace, 1024.",
        .flags = Flag::readonly | Flag::fast,
        .tips = {"request_policy:all_shards", "response_policy:agg_sum"},
    };
    static constexpr auto syntax = sequence();

    void run(Context& context, Writer& reply) const
    {
        reply.integer(static_cast<std::int64_t>(context.data.size()));
    }
};

}  // namespace

constexpr auto scan_commands = dispatch::commands<KeysCommand, Randomkey, Scan>;
const dispatch::Family key_scans{"generic", Category::keyspace, scan_commands};

constexpr auto size_commands = dispatch::commands<Dbsize>;
const dispatch::Family database_size{"server", Category::keyspace, size_commands};

}  // namespace mini_redis::commands
