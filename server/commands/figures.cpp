// Walking, asking, dividing.
#include "server/commands/figures.hpp"

#include <array>

#include <fmt/core.h>

namespace mini_redis::commands {
namespace {

using Excess = MemoryFigures::Excess;

double percent(std::uint64_t part, std::uint64_t whole)
{
    return whole == 0 ? 0 : 100.0 * static_cast<double>(part) / static_cast<double>(whole);
}

Excess excess(std::uint64_t holding, std::uint64_t held)
{
    return {held == 0 ? 0 : static_cast<double>(holding) / static_cast<double>(held),
            static_cast<std::int64_t>(holding) - static_cast<std::int64_t>(held)};
}

// A few keys of every 32nd shard stand for all.
class TtlSample {
public:
    void take(std::size_t shard, const keyspace::Table& table, Context& context)
    {
        if (shard % 32 != 0 || table.expiring() == 0) return;
        table.scan(context.counts.keyspace.chance() >> 32, 16, [&](const keyspace::Entry& entry) {
            if (!entry.expires() || entry.expired(context.now())) return;
            sum_ += entry.expiry() - context.now();
            ++count_;
        });
    }
    Milliseconds average() const { return count_ == 0 ? 0 : sum_ / count_; }

private:
    Milliseconds sum_ = 0;
    std::int64_t count_ = 0;
};

std::uint64_t client_bytes(const Context& context)
{
    std::uint64_t bytes = 0;
    context.services.clients.each([&](const dispatch::Session& session) {
        bytes += sizeof session + session.query_bytes + session.query_room + session.output_bytes;
    });
    return bytes;
}

}  // namespace

std::vector<DatabaseFigures> database_figures(Context& context)
{
    std::vector<DatabaseFigures> all(context.data.keyspace().databases());
    for (unsigned number = 0; number < all.size(); ++number) {
        DatabaseFigures& figures = all[number];
        TtlSample ttl;
        context.data.in(number).each_table([&](std::size_t shard, const keyspace::Table& table) {
            figures.keys += table.size();
            figures.expiring += table.expiring();
            figures.table_bytes += sizeof table + table.slots() * sizeof(std::uint64_t);
            ttl.take(shard, table, context);
        });
        figures.ttl_average = ttl.average();
    }
    return all;
}

MemoryFigures memory_figures(const Context& context, const std::vector<DatabaseFigures>& databases)
{
    MemoryFigures figures{
        .used = observability::memory_used(),
        .peak = observability::memory_used_peak(),
        .at_start = context.services.tally.memory_at_start(),
        .clients = client_bytes(context),
        .process = observability::memory_report(),
    };
    for (const DatabaseFigures& database : databases) {
        figures.keys += database.keys;
        figures.tables += database.table_bytes;
    }
    return figures;
}

double MemoryFigures::dataset_percent() const
{
    return percent(dataset(), grown());
}

double MemoryFigures::peak_percent() const
{
    return percent(used, peak);
}

Excess MemoryFigures::fragmentation() const
{
    return excess(process.resident, used);
}

Excess MemoryFigures::allocator_fragmentation() const
{
    return excess(process.allocator_active, process.allocator_allocated);
}

Excess MemoryFigures::allocator_excess() const
{
    return excess(process.allocator_resident, process.allocator_active);
}

Excess MemoryFigures::process_excess() const
{
    return excess(process.resident, process.allocator_resident);
}

std::string human_bytes(std::uint64_t bytes)
{
    if (bytes < 1024) return fmt::format("{}B", bytes);
    double amount = static_cast<double>(bytes) / 1024;
    std::string_view units = "KMGTP";
    while (amount >= 1024 && units.size() > 1) {
        amount /= 1024;
        units.remove_prefix(1);
    }
    return fmt::format("{:.2f}{}", amount, units.front());
}

}  // namespace mini_redis::commands
