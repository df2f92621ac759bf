// One table for fields that are metrics as they are, and a function for each part of INFO whose
// fields carry labels.
#include "server/admin/exposition.hpp"

#include "server/admin/info_text.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <optional>
#include <span>
#include <vector>

#include <fmt/core.h>

namespace mini_redis::admin {
namespace {

struct Metric {
    std::string_view field;  // of INFO
    std::string_view name;   // without "redis_"
    std::string_view help;

    // Prometheus' own convention.
    std::string_view type() const { return name.ends_with("_total") ? "counter" : "gauge"; }
};

constexpr std::array plain{
    Metric{"uptime_in_seconds", "uptime_in_seconds", "Seconds since the server was started."},
    Metric{"hz", "hz", "Rounds of housekeeping a second."},
    Metric{"configured_hz", "configured_hz", "Rounds of housekeeping a second, as configured."},
    Metric{"process_id", "process_id", "Number of the server's process."},

    Metric{"connected_clients", "connected_clients", "Clients that are connected."},
    Metric{"maxclients", "max_clients", "Clients that may be connected at a time."},
    Metric{"blocked_clients", "blocked_clients", "Clients in a command that waits."},
    Metric{"tracking_clients", "tracking_clients", "Clients that are told what to invalidate."},
    Metric{"client_recent_max_input_buffer", "client_recent_max_input_buffer_bytes",
           "Largest of the clients' input buffers."},
    Metric{"client_recent_max_output_buffer", "client_recent_max_output_buffer_bytes",
           "Largest of the clients' output buffers."},

    Metric{"used_memory", "memory_used_bytes", "Memory that is allocated."},
    Metric{"used_memory_rss", "memory_used_rss_bytes", "Memory the process has of the system."},
    Metric{"used_memory_peak", "memory_used_peak_bytes", "Most memory that was ever allocated."},
    Metric{"used_memory_overhead", "memory_used_overhead_bytes",
           "Memory for other things than keys and values."},
    Metric{"used_memory_startup", "memory_used_startup_bytes",
           "Memory that was allocated when the server had started."},
    Metric{"used_memory_dataset", "memory_used_dataset_bytes", "Memory for keys and values."},
    Metric{"maxmemory", "memory_max_bytes",
           "Memory that may be used before keys are evicted; 0 is no limit."},
    Metric{"mem_fragmentation_ratio", "mem_fragmentation_ratio",
           "Memory of the process over memory allocated."},
    Metric{"mem_fragmentation_bytes", "mem_fragmentation_bytes",
           "Memory of the process less memory allocated."},
    Metric{"mem_clients_normal", "mem_clients_normal", "Bytes of the clients' buffers."},
    Metric{"allocator_allocated", "allocator_allocated_bytes",
           "Memory allocated, as the allocator counts."},
    Metric{"allocator_active", "allocator_active_bytes", "Memory in pages that are in use."},
    Metric{"allocator_resident", "allocator_resident_bytes",
           "Memory the allocator has of the system."},
    Metric{"allocator_frag_ratio", "allocator_frag_ratio", "Active over allocated memory."},
    Metric{"allocator_frag_bytes", "allocator_frag_bytes", "Active less allocated memory."},
    Metric{"allocator_rss_ratio", "allocator_rss_ratio", "Resident over active memory."},
    Metric{"allocator_rss_bytes", "allocator_rss_bytes", "Resident less active memory."},
    Metric{"total_system_memory", "total_system_memory_bytes", "Memory of the machine."},

    Metric{"loading", "loading_dump_file", "Whether a snapshot is being loaded."},
    Metric{"rdb_changes_since_last_save", "rdb_changes_since_last_save",
           "Changes since the last snapshot."},
    Metric{"rdb_bgsave_in_progress", "rdb_bgsave_in_progress",
           "Whether a snapshot is being written."},
    Metric{"aof_enabled", "aof_enabled", "Whether writes are logged."},
    Metric{"aof_rewrite_in_progress", "aof_rewrite_in_progress",
           "Whether the log of writes is being rewritten."},

    Metric{"total_connections_received", "connections_received_total", "Clients that have come."},
    Metric{"rejected_connections", "rejected_connections_total",
           "Clients that were turned away, because there were too many."},
    Metric{"total_commands_processed", "commands_processed_total", "Commands that were served."},
    Metric{"instantaneous_input_kbps", "instantaneous_input_kbps",
           "Kilobytes received a second, of late."},
    Metric{"instantaneous_output_kbps", "instantaneous_output_kbps",
           "Kilobytes sent a second, of late."},
    Metric{"total_net_input_bytes", "net_input_bytes_total", "Bytes received."},
    Metric{"total_net_output_bytes", "net_output_bytes_total", "Bytes sent."},
    Metric{"expired_keys", "expired_keys_total", "Keys that have expired."},
    Metric{"evicted_keys", "evicted_keys_total", "Keys that were evicted."},
    Metric{"keyspace_hits", "keyspace_hits_total", "Reads that found their key."},
    Metric{"keyspace_misses", "keyspace_misses_total", "Reads that did not."},
    Metric{"pubsub_channels", "pubsub_channels", "Channels that somebody listens to."},
    Metric{"pubsub_patterns", "pubsub_patterns", "Patterns that somebody listens to."},
    Metric{"total_reads_processed", "total_reads_processed", "Reads from clients' sockets."},
    Metric{"total_writes_processed", "total_writes_processed", "Writes to clients' sockets."},
    Metric{"total_error_replies", "total_error_replies", "Replies that were errors."},
    Metric{"mini_redis_query_limit_disconnections", "query_limit_disconnections_total",
           "Clients that were closed for an unfinished request beyond the limit."},
    Metric{"mini_redis_output_limit_disconnections", "output_limit_disconnections_total",
           "Clients that were closed for not taking what they were owed."},

    Metric{"connected_slaves", "connected_slaves", "Replicas that are connected."},
    Metric{"used_cpu_sys", "cpu_sys_seconds_total", "CPU time of the process in the kernel."},
    Metric{"used_cpu_user", "cpu_user_seconds_total", "CPU time of the process itself."},
    Metric{"used_cpu_sys_children", "cpu_sys_children_seconds_total",
           "CPU time of the process' children in the kernel."},
    Metric{"used_cpu_user_children", "cpu_user_children_seconds_total",
           "CPU time of the process' children themselves."},
};

std::optional<double> number(std::string_view text)
{
    double value = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
    if (error != std::errc{} || end != text.data() + text.size()) return std::nullopt;
    return value;
}

std::string escaped(std::string_view text)
{
    std::string out;
    for (const char c : text) {
        if (c == '\n') {
            out += "\\n";
            continue;
        }
        if (c == '\\' || c == '"') out += '\\';
        out += c;
    }
    return out;
}

// Writes families of samples, one after the other, as the format demands.
class Page {
public:
    void begin(std::string_view name, std::string_view type, std::string_view help)
    {
        name_ = name;
        text_ += fmt::format("# HELP redis_{} {}\n# TYPE redis_{} {}\n", name, help, name, type);
    }
    void sample(std::string_view value) { text_ += fmt::format("redis_{} {}\n", name_, value); }
    // `labels` as they stand between the braces, escaped.
    void sample(std::string_view labels, std::string_view value, std::string_view suffix = {})
    {
        text_ += fmt::format("redis_{}{}{{{}}} {}\n", name_, suffix, labels, value);
    }

    std::string take() && { return std::move(text_); }

private:
    std::string text_;
    std::string_view name_;
};

// Of all fields of a part that begin with `prefix`: "label=rest of the name".
struct Labelled {
    std::string label;
    std::string_view value;
};

std::vector<Labelled> labelled(const InfoPart& part, std::string_view label,
                               std::string_view prefix)
{
    std::vector<Labelled> found;
    for (const InfoField& field : part.fields) {
        if (!field.name.starts_with(prefix)) continue;
        const std::string_view rest = field.name.substr(prefix.size());
        found.push_back({fmt::format("{}=\"{}\"", label, escaped(rest)), field.value});
    }
    return found;
}

// A metric that every one of them has, by one of the parts of its value.
struct Facet {
    std::string_view part;
    std::string_view name;
    std::string_view help;
    double scale = 1;
};

void write(Page& page, const std::vector<Labelled>& all, std::span<const Facet> facets)
{
    if (all.empty()) return;
    for (const Facet& facet : facets) {
        page.begin(facet.name, facet.name.ends_with("_total") ? "counter" : "gauge", facet.help);
        for (const Labelled& one : all)
            if (const auto value = number(part_of(one.value, facet.part)))
                page.sample(one.label, fmt::format("{:.12g}", *value * facet.scale));
    }
}

constexpr std::array command_facets{
    Facet{"calls", "commands_total", "Calls of each command."},
    Facet{"usec", "commands_duration_seconds_total", "Time that each command took.", 1e-6},
    Facet{"rejected_calls", "commands_rejected_calls_total",
          "Calls of each command that were refused before they ran."},
    Facet{"failed_calls", "commands_failed_calls_total",
          "Calls of each command that ended with an error."},
};

constexpr std::array error_facets{
    Facet{"count", "errors_total", "Errors that were replied, by their first word."},
};

constexpr std::array database_facets{
    Facet{"keys", "db_keys", "Keys in each database."},
    Facet{"expires", "db_keys_expiring", "Keys in each database that have an expiry."},
    Facet{"avg_ttl", "db_avg_ttl_seconds", "Time that keys have left in each database.", 1e-3},
};

// "p50=1.003,p99=2.007"; what a summary counts and adds up is told by the command's other field.
void write_latencies(Page& page, const InfoPart& latencies, const InfoPart* commands)
{
    const auto all = labelled(latencies, "cmd", "latency_percentiles_usec_");
    if (all.empty()) return;
    page.begin("latency_percentiles_usec", "summary",
               "Percentiles of the time that calls of each command took, in microseconds.");
    const auto calls = commands ? labelled(*commands, "cmd", "cmdstat_") : std::vector<Labelled>{};
    for (const Labelled& one : all) {
        std::string_view rest = one.value;
        while (!rest.empty()) {
            const std::size_t end = std::min(rest.find(','), rest.size());
            const std::string_view pair = rest.substr(0, end);
            rest.remove_prefix(std::min(end + 1, rest.size()));
            const std::size_t equals = pair.find('=');
            if (!pair.starts_with('p') || equals == std::string_view::npos) continue;
            const auto percent = number(pair.substr(1, equals - 1));
            if (!percent) continue;
            page.sample(fmt::format("{},quantile=\"{:.12g}\"", one.label, *percent / 100),
                        pair.substr(equals + 1));
        }
        const auto its = std::ranges::find(calls, one.label, &Labelled::label);
        if (its == calls.end()) continue;
        page.sample(one.label, part_of(its->value, "usec"), "_sum");
        page.sample(one.label, part_of(its->value, "calls"), "_count");
    }
}

class Reader {
public:
    explicit Reader(std::string_view info) : parts_(read_info(info)) {}

    const InfoPart* part(std::string_view title) const
    {
        const auto found = std::ranges::find(parts_, title, &InfoPart::title);
        return found == parts_.end() ? nullptr : &*found;
    }

    std::optional<std::string_view> field(std::string_view name) const
    {
        for (const InfoPart& part : parts_) {
            const auto found = std::ranges::find(part.fields, name, &InfoField::name);
            if (found != part.fields.end()) return found->value;
        }
        return std::nullopt;
    }

private:
    std::vector<InfoPart> parts_;
};

void write_instance(Page& page, const Reader& info)
{
    std::string labels;
    for (const std::string_view name :
         {"role", "redis_version", "mini_redis_version", "redis_mode", "os", "maxmemory_policy",
          "tcp_port", "run_id", "process_id"}) {
        const auto value = info.field(name);
        if (!value) continue;
        if (!labels.empty()) labels += ',';
        labels += fmt::format("{}=\"{}\"", name, escaped(*value));
    }
    page.begin("instance_info", "gauge", "What kind of server this is.");
    page.sample(labels, "1");
}

}  // namespace

std::string exposition(std::string_view text, std::int64_t now_s)
{
    const Reader info(text);
    Page page;
    page.begin("up", "gauge", "Whether the server answers.");
    page.sample("1");
    write_instance(page, info);
    if (const auto uptime = number(info.field("uptime_in_seconds").value_or(""))) {
        page.begin("start_time_seconds", "gauge", "When the server was started, in Unix time.");
        page.sample(fmt::format("{}", now_s - static_cast<std::int64_t>(*uptime)));
    }
    for (const Metric& metric : plain) {
        const auto value = info.field(metric.field);
        if (!value || !number(*value)) continue;
        page.begin(metric.name, metric.type(), metric.help);
        page.sample(*value);
    }
    const InfoPart* const commands = info.part("Commandstats");
    if (commands) write(page, labelled(*commands, "cmd", "cmdstat_"), command_facets);
    if (const InfoPart* errors = info.part("Errorstats"))
        write(page, labelled(*errors, "err", "errorstat_"), error_facets);
    if (const InfoPart* latencies = info.part("Latencystats"))
        write_latencies(page, *latencies, commands);
    if (const InfoPart* databases = info.part("Keyspace"))
        write(page, labelled(*databases, "db", ""), database_facets);
    return std::move(page).take();
}

}  // namespace mini_redis::admin
