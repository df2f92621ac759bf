// MEMORY: where it goes, what a key weighs, and what to do about it.
#include "server/commands/figures.hpp"
#include "server/commands/help.hpp"

namespace mini_redis::commands {
namespace {

struct MemoryDoctor {
    static constexpr Spec spec{
        .name = "DOCTOR",
        .container = "MEMORY",
        .summary = "Returns a report on what looks wrong with the use of memory.",
        .since = "4.0.0",
        .complexity = "O(1)",
        .tips = {"nondeterministic_output", "request_policy:all_shards", "response_policy:special"},
    };
    static constexpr auto syntax = sequence();

    void run(Context& context, Writer& reply) const { reply.verbatim("txt", report(context)); }

    static std::string report(Context& context)
    {
        constexpr std::uint64_t megabyte = 1 << 20;
        const MemoryFigures memory = memory_figures(context, database_figures(context));
        if (memory.used < 5 * megabyte)
            return "There is too little in use here for a report to mean anything.\n";

        std::string findings;
        const auto find = [&](bool found, std::string_view text) {
            if (found) findings.append("- ").append(text).append("\n");
        };
        const auto high = [](MemoryFigures::Excess excess, double ratio) {
            return excess.ratio > ratio && excess.bytes > std::int64_t{10 * megabyte};
        };
        find(memory.peak > memory.used + memory.used / 2,
             "At its peak the server used half as much again as now. The allocator may keep what "
             "was freed; MEMORY PURGE asks it to give it back.");
        find(high(memory.fragmentation(), 1.4),
             "The process holds 1.4 times what is in use, or more. The lines above and below say "
             "whether a peak or the allocator is the reason.");
        find(high(memory.allocator_fragmentation(), 1.1),
             "The allocator's pages are not well filled: many values were freed between others "
             "that stay.");
        find(high(memory.allocator_excess(), 1.1),
             "The allocator holds pages that it does not need. MEMORY PURGE gives them back.");
        find(high(memory.process_excess(), 1.1),
             "The process has much memory that did not come from the allocator.");
        find(memory.clients / (context.services.clients.count() + 1) > megabyte / 5,
             "The buffers of the clients are large: more than 200 KB each. CLIENT LIST shows "
             "whose.");
        if (findings.empty()) return "Nothing looks wrong with the use of memory.\n";
        return "What looks wrong with the use of memory:\n\n" + findings;
    }
};

struct MemoryMallocStats {
    static constexpr Spec spec{
        .name = "MALLOC-STATS",
        .container = "MEMORY",
        .summary = "Returns what the allocator says of itself.",
        .since = "4.0.0",
        .complexity = "Depends on how much memory is allocated",
        .tips = {"nondeterministic_output", "request_policy:all_shards", "response_policy:special"},
    };
    static constexpr auto syntax = sequence();

    void run(Context&, Writer& reply) const
    {
        std::string text = observability::allocator_statistics();
        if (text.empty()) text = "Stats not supported for the current allocator";
        reply.verbatim("txt", text);
    }
};

struct MemoryPurge {
    static constexpr Spec spec{
        .name = "PURGE",
        .container = "MEMORY",
        .summary = "Asks the allocator to give unused memory back to the system.",
        .since = "4.0.0",
        .complexity = "Depends on how much memory is allocated",
        .tips = {"request_policy:all_shards", "response_policy:all_succeeded"},
    };
    static constexpr auto syntax = sequence();

    void run(Context&, Writer& reply) const
    {
        observability::memory_purge();
        reply.ok();
    }
};

struct MemoryStats {
    static constexpr Spec spec{
        .name = "STATS",
        .container = "MEMORY",
        .summary = "Returns how much memory is in use, and for what.",
        .since = "4.0.0",
        .complexity = "O(1)",
        .tips = {"nondeterministic_output", "request_policy:all_shards", "response_policy:special"},
    };
    static constexpr auto syntax = sequence();

    void run(Context& context, Writer& reply) const
    {
        const auto databases = database_figures(context);
        const MemoryFigures memory = memory_figures(context, databases);
        const auto mark = reply.later();
        std::size_t pairs = 0;
        const auto bytes = [&](std::string_view name, std::uint64_t value) {
            reply.bulk(name);
            reply.integer(static_cast<std::int64_t>(value));
            ++pairs;
        };
        const auto number = [&](std::string_view name, double value) {
            reply.bulk(name);
            reply.number(value);
            ++pairs;
        };
        const auto excess = [&](std::string name, MemoryFigures::Excess value) {
            number(name + ".ratio", value.ratio);
            bytes(name + ".bytes", static_cast<std::uint64_t>(value.bytes));
        };
        bytes("peak.allocated", memory.peak);
        bytes("total.allocated", memory.used);
        bytes("startup.allocated", memory.at_start);
        bytes("clients.normal", memory.clients);
        pairs += write_databases(databases, reply);
        bytes("overhead.total", memory.overhead());
        bytes("keys.count", memory.keys);
        bytes("keys.bytes-per-key", memory.keys == 0 ? 0 : memory.grown() / memory.keys);
        bytes("dataset.bytes", memory.dataset());
        number("dataset.percentage", memory.dataset_percent());
        number("peak.percentage", memory.peak_percent());
        bytes("allocator.allocated", memory.process.allocator_allocated);
        bytes("allocator.active", memory.process.allocator_active);
        bytes("allocator.resident", memory.process.allocator_resident);
        excess("allocator-fragmentation", memory.allocator_fragmentation());
        excess("allocator-rss", memory.allocator_excess());
        excess("rss-overhead", memory.process_excess());
        number("fragmentation", memory.fragmentation().ratio);
        bytes("fragmentation.bytes", static_cast<std::uint64_t>(memory.fragmentation().bytes));
        reply.map_at(mark, pairs);
    }

    // One table finds all keys, those that expire too.
    static std::size_t write_databases(const std::vector<DatabaseFigures>& databases, Writer& reply)
    {
        std::size_t written = 0;
        for (std::size_t number = 0; number < databases.size(); ++number) {
            if (databases[number].keys == 0) continue;
            reply.bulk("db." + std::to_string(number));
            reply.map(1);
            reply.bulk("overhead.hashtable.main");
            reply.integer(static_cast<std::int64_t>(databases[number].table_bytes));
            ++written;
        }
        return written;
    }
};

struct MemoryUsage {
    Key key;
    std::optional<std::int64_t> samples;

    static constexpr Spec spec{
        .name = "USAGE",
        .container = "MEMORY",
        .summary = "Returns how many bytes a key and its value occupy.",
        .since = "4.0.0",
        .complexity = "O(N) where N is the number of samples",
        .flags = Flag::readonly,
    };
    static constexpr auto syntax =
        sequence(key_arg("key", &MemoryUsage::key, Use::ro),
                 options(token_arg("SAMPLES", arg("count", &MemoryUsage::samples))));

    void run(Context& context, Writer& reply) const
    {
        if (samples.value_or(0) < 0) return reply.error(errors::syntax);
        const Entry* entry = context.data.peek(key);
        if (!entry) return reply.null();
        reply.integer(static_cast<std::int64_t>(entry->weight() + sizeof(std::uint64_t)));
    }
};

constexpr Spec help = help_card("MEMORY", "4.0.0");
constexpr auto memory_subcommands = dispatch::commands<MemoryDoctor, Help<help>, MemoryMallocStats,
                                                       MemoryPurge, MemoryStats, MemoryUsage>;

struct Memory {
    static constexpr Spec spec{
        .name = "MEMORY",
        .summary = "Shows where memory goes.",
        .since = "4.0.0",
        .complexity = "Depends on the subcommand.",
    };
    static constexpr std::span<const dispatch::Command> subcommands = memory_subcommands;
};

constexpr auto memory_commands = dispatch::commands<Memory>;

}  // namespace

const dispatch::Family server_memory{"server", {}, memory_commands};

}  // namespace mini_redis::commands
