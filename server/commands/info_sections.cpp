// What each section of INFO says: Redis' names for what means the same here, and no others, because
// a field that is always zero would look like a measurement.
#include "server/commands/figures.hpp"
#include "server/commands/info.hpp"
#include "server/config/version.hpp"
#include "server/keyspace/access_clock.hpp"
#include "server/observability/ticks.hpp"

#include <algorithm>
#include <filesystem>
#include <sys/resource.h>
#include <sys/utsname.h>
#include <unistd.h>

namespace mini_redis::commands {
namespace {

void write_server(Context& context, InfoLines& lines)
{
    const dispatch::Services& services = context.services;
    utsname system{};
    ::uname(&system);
    std::error_code ignored;
    const std::string executable = std::filesystem::read_symlink("/proc/self/exe", ignored);
    const std::int64_t uptime_seconds = (context.now() - services.started_ms) / 1000;
    lines.add("redis_version:{}", config::redis_version);
    lines.add("mini_redis_version:{}", config::version);
    lines.add("redis_mode:standalone");
    lines.add("os:{} {} {}", system.sysname, system.release, system.machine);
    lines.add("arch_bits:{}", 8 * sizeof(void*));
    lines.add("multiplexing_api:epoll");
    lines.add("gcc_version:{}.{}.{}", __GNUC__, __GNUC_MINOR__, __GNUC_PATCHLEVEL__);
    lines.add("process_id:{}", ::getpid());
    lines.add("process_supervised:no");
    lines.add("run_id:{}", services.run_id);
    lines.add("tcp_port:{}", services.port);
    lines.add("server_time_usec:{}", context.now() * 1000);
    lines.add("uptime_in_seconds:{}", uptime_seconds);
    lines.add("uptime_in_days:{}", uptime_seconds / (24 * 60 * 60));
    lines.add("hz:{}", services.config.hz.get());
    lines.add("configured_hz:{}", services.config.hz.get());
    lines.add("lru_clock:{}", keyspace::lru_clock(context.now()));
    lines.add("executable:{}", executable);
    lines.add("config_file:{}", services.config.file);
    lines.add("mini_redis_io_threads:{}", services.threads.size());
    lines.add("io_threads_active:{}", services.threads.size() > 1 ? 1 : 0);
}

void write_clients(Context& context, InfoLines& lines)
{
    std::uint64_t input = 0;
    std::uint64_t output = 0;
    std::size_t waiting = 0;
    context.services.clients.each([&](const dispatch::Session& session) {
        input = std::max<std::uint64_t>(input, session.query_bytes + session.query_room);
        output = std::max(output, session.output_bytes.load());
        if (session.waiting) ++waiting;
    });
    lines.add("connected_clients:{}", context.services.clients.count());
    lines.add("maxclients:{}", context.services.config.maxclients.get());
    lines.add("client_recent_max_input_buffer:{}", input);
    lines.add("client_recent_max_output_buffer:{}", output);
    lines.add("blocked_clients:{}", waiting);
    lines.add("tracking_clients:{}", context.services.tracking.totals().clients);
}

void write_with_human(InfoLines& lines, std::string_view name, std::uint64_t bytes)
{
    lines.add("{}:{}", name, bytes);
    lines.add("{}_human:{}", name, human_bytes(bytes));
}

void write_excess(InfoLines& lines, std::string_view name, MemoryFigures::Excess excess)
{
    lines.add("{}_ratio:{:.2f}", name, excess.ratio);
    lines.add("{}_bytes:{}", name, excess.bytes);
}

void write_memory(Context& context, InfoLines& lines)
{
    const config::Config& config = context.services.config;
    const MemoryFigures memory = memory_figures(context, database_figures(context));
    write_with_human(lines, "used_memory", memory.used);
    write_with_human(lines, "used_memory_rss", memory.process.resident);
    write_with_human(lines, "used_memory_peak", memory.peak);
    lines.add("used_memory_peak_perc:{:.2f}%", memory.peak_percent());
    lines.add("used_memory_overhead:{}", memory.overhead());
    lines.add("used_memory_startup:{}", memory.at_start);
    lines.add("used_memory_dataset:{}", memory.dataset());
    lines.add("used_memory_dataset_perc:{:.2f}%", memory.dataset_percent());
    lines.add("allocator_allocated:{}", memory.process.allocator_allocated);
    lines.add("allocator_active:{}", memory.process.allocator_active);
    lines.add("allocator_resident:{}", memory.process.allocator_resident);
    write_with_human(lines, "total_system_memory", memory.process.total_system);
    write_with_human(lines, "maxmemory", config.maxmemory.get());
    lines.add("maxmemory_policy:{}", config.maxmemory_policy.text());
    write_excess(lines, "allocator_frag", memory.allocator_fragmentation());
    write_excess(lines, "allocator_rss", memory.allocator_excess());
    write_excess(lines, "rss_overhead", memory.process_excess());
    write_excess(lines, "mem_fragmentation", memory.fragmentation());
    lines.add("mem_clients_normal:{}", memory.clients);
    lines.add("mem_allocator:{}", observability::allocator_name());
}

// Nothing is saved, so nothing is being saved.
void write_persistence(Context& context, InfoLines& lines)
{
    std::uint64_t changes = 0;
    for (const dispatch::ThreadCounts& thread : context.services.threads)
        changes += thread.keyspace.changes.get();
    lines.add("loading:0");
    lines.add("async_loading:0");
    lines.add("rdb_changes_since_last_save:{}", changes);
    lines.add("rdb_bgsave_in_progress:0");
    lines.add("aof_enabled:0");
    lines.add("aof_rewrite_in_progress:0");
}

double kilobytes(const observability::Rate& rate)
{
    return static_cast<double>(rate.per_second()) / 1024;
}

void write_stats(Context& context, InfoLines& lines)
{
    const dispatch::Tally& tally = context.services.tally;
    const dispatch::Totals totals = tally.totals();
    lines.add("total_connections_received:{}", totals.connections);
    lines.add("total_commands_processed:{}", totals.served);
    lines.add("instantaneous_ops_per_sec:{}", tally.commands_rate.per_second());
    lines.add("total_net_input_bytes:{}", totals.bytes_in);
    lines.add("total_net_output_bytes:{}", totals.bytes_out);
    lines.add("instantaneous_input_kbps:{:.2f}", kilobytes(tally.bytes_in_rate));
    lines.add("instantaneous_output_kbps:{:.2f}", kilobytes(tally.bytes_out_rate));
    lines.add("rejected_connections:{}", totals.refused);
    lines.add("expired_keys:{}", totals.expired);
    lines.add("evicted_keys:{}", totals.evicted);
    lines.add("keyspace_hits:{}", totals.hits);
    lines.add("keyspace_misses:{}", totals.misses);
    lines.add("pubsub_channels:{}", context.services.hub.count(pubsub::Kind::channel));
    lines.add("pubsub_patterns:{}", context.services.hub.count(pubsub::Kind::pattern));
    lines.add("pubsubshard_channels:{}", context.services.hub.count(pubsub::Kind::shard_channel));
    const dispatch::Tracking::Totals tracking = context.services.tracking.totals();
    lines.add("tracking_total_keys:{}", tracking.keys);
    lines.add("tracking_total_items:{}", tracking.items);
    lines.add("tracking_total_prefixes:{}", tracking.prefixes);
    lines.add("total_error_replies:{}", totals.error_replies);
    lines.add("total_reads_processed:{}", totals.reads);
    lines.add("total_writes_processed:{}", totals.writes);
    lines.add("mini_redis_query_limit_disconnections:{}", totals.query_limit);
    lines.add("mini_redis_output_limit_disconnections:{}", totals.output_limit);
}

// A primary without replicas, which is what a server that cannot replicate is; clients ask.
void write_replication(Context&, InfoLines& lines)
{
    lines.add("role:master");
    lines.add("connected_slaves:0");
}

void write_cpu(Context&, InfoLines& lines)
{
    const auto add = [&](std::string_view name, const timeval& time) {
        lines.add("{}:{}.{:06}", name, time.tv_sec, time.tv_usec);
    };
    rusage own{};
    rusage children{};
    ::getrusage(RUSAGE_SELF, &own);
    ::getrusage(RUSAGE_CHILDREN, &children);
    add("used_cpu_sys", own.ru_stime);
    add("used_cpu_user", own.ru_utime);
    add("used_cpu_sys_children", children.ru_stime);
    add("used_cpu_user_children", children.ru_utime);
}

void write_modules(Context&, InfoLines&) {}

void write_commandstats(Context& context, InfoLines& lines)
{
    for (const dispatch::Listed& listed : context.services.catalogue.all()) {
        const dispatch::CommandTotals totals = context.services.tally.command(listed.id);
        if (!totals.any()) continue;
        const std::uint64_t us = observability::to_microseconds(totals.ticks);
        const double per_call =
            totals.calls == 0 ? 0 : static_cast<double>(us) / static_cast<double>(totals.calls);
        lines.add(
            "cmdstat_{}:calls={},usec={},usec_per_call={:.2f},rejected_calls={},failed_calls={}",
            listed.name, totals.calls, us, per_call, totals.rejected, totals.failed);
    }
}

void write_errorstats(Context& context, InfoLines& lines)
{
    const auto unsafe = [](char c) { return c == '#' || c == ':'; };
    for (const auto& [code, count] : context.services.tally.errors()) {
        std::string name = code;
        std::ranges::replace_if(name, unsafe, '_');
        lines.add("errorstat_{}:count={}", name, count);
    }
}

void write_latencystats(Context& context, InfoLines& lines)
{
    const config::Config& config = context.services.config;
    if (!config.latency_tracking.get()) return;
    const std::vector<double> percentiles = config.latency_tracking_info_percentiles.get();
    for (const dispatch::Listed& listed : context.services.catalogue.all()) {
        const auto nanoseconds = context.services.tally.nanoseconds(listed.id);
        if (nanoseconds.total == 0) continue;
        std::string values;
        for (const double percentile : percentiles) {
            const auto ns = static_cast<double>(nanoseconds.percentile(percentile));
            values += fmt::format("{}p{}={:.3f}", values.empty() ? "" : ",", percentile, ns / 1000);
        }
        lines.add("latency_percentiles_usec_{}:{}", listed.name, values);
    }
}

void write_cluster(Context&, InfoLines& lines)
{
    lines.add("cluster_enabled:0");
}

void write_keyspace(Context& context, InfoLines& lines)
{
    const auto databases = database_figures(context);
    for (std::size_t number = 0; number < databases.size(); ++number) {
        const DatabaseFigures& database = databases[number];
        if (database.keys == 0) continue;
        lines.add("db{}:keys={},expires={},avg_ttl={}", number, database.keys, database.expiring,
                  database.ttl_average);
    }
}

constexpr InfoSection sections[] = {
    {"server", "Server", true, write_server},
    {"clients", "Clients", true, write_clients},
    {"memory", "Memory", true, write_memory},
    {"persistence", "Persistence", true, write_persistence},
    {"stats", "Stats", true, write_stats},
    {"replication", "Replication", true, write_replication},
    {"cpu", "CPU", true, write_cpu},
    {"modules", "Modules", true, write_modules},
    {"commandstats", "Commandstats", false, write_commandstats},
    {"errorstats", "Errorstats", true, write_errorstats},
    {"latencystats", "Latencystats", false, write_latencystats},
    {"cluster", "Cluster", true, write_cluster},
    {"keyspace", "Keyspace", true, write_keyspace},
};

}  // namespace

std::span<const InfoSection> info_sections()
{
    return sections;
}

}  // namespace mini_redis::commands
