// Directives: everything that can be chosen, one definition each.
//
// A definition here is all there is: the command-line flag, the line in a file, CONFIG GET, SET and
// REWRITE and the manual (docs/configuration.md) follow from it. Names, defaults, bounds and what
// may change at run time are those of Redis 7.0, except where a reason stands above the definition.
// A directive of Redis that would change nothing here is not in the table: a file that has it is
// read with a warning (foreign_directives.hpp).
#pragma once

#include "server/config/buffer_limits.hpp"
#include "server/config/choice_setting.hpp"
#include "server/config/event_classes.hpp"
#include "server/config/number_setting.hpp"
#include "server/config/text_setting.hpp"

namespace mini_redis::config {

enum class LogLevel { debug, verbose, notice, warning };
inline constexpr std::array<std::string_view, 4> log_level_names{"debug", "verbose", "notice",
                                                                 "warning"};

enum class LogFormat { text, json };
inline constexpr std::array<std::string_view, 2> log_format_names{"text", "json"};

enum class MaxmemoryPolicy {
    volatile_lru,
    volatile_lfu,
    volatile_random,
    volatile_ttl,
    allkeys_lru,
    allkeys_lfu,
    allkeys_random,
    noeviction,
};
inline constexpr std::array<std::string_view, 8> maxmemory_policy_names{
    "volatile-lru", "volatile-lfu", "volatile-random", "volatile-ttl",
    "allkeys-lru",  "allkeys-lfu",  "allkeys-random",  "noeviction"};

// Who may use what is dangerous: nobody, everybody, the clients of this machine.
enum class Permission { no, yes, local };
inline constexpr std::array<std::string_view, 3> permission_names{"no", "yes", "local"};

class Directives {
protected:
    static constexpr Change at_start = Change::at_start;
    static constexpr Change at_run_time = Change::at_run_time;

    Directives();

    Table table_;  // before the definitions, which put themselves into it

public:
    // clang-format off: a table reads best with one definition in two lines

    Section network{table_, "Network"};

    // Redis without a file listens on every interface. Here the default is that of the file Redis
    // ships: a server that nobody has configured yet is for its own machine.
    AddressList bind{table_, "bind", at_run_time, {"127.0.0.1", "-::1"},
        "Addresses to listen on. `*` is all of IPv4, `::*` all of IPv6; one that begins with `-` "
        "may be missing."};
    BooleanSetting protected_mode{table_, "protected-mode", at_run_time, true,
        "Serves only the clients of this machine as long as there is no password."};
    IntegerSetting port{table_, "port", at_run_time, 6379, {0, 65535},
        "TCP port to listen on; 0 listens on none."};
    IntegerSetting tcp_backlog{table_, "tcp-backlog", at_start, 511, {0, int_max},
        "Connections that may wait to be accepted; the kernel's `somaxconn` bounds it too."};
    StringSetting unixsocket{table_, "unixsocket", at_start, "",
        "Path of a Unix socket to listen on; none if empty."};
    ModeSetting unixsocketperm{table_, "unixsocketperm", at_start, 0,
        "File mode of the Unix socket; 0 leaves it to the umask."};
    IntegerSetting timeout{table_, "timeout", at_run_time, 0, {0, int_max, "seconds"},
        "Closes a client that has said nothing for so long; 0 never does."};
    IntegerSetting tcp_keepalive{table_, "tcp-keepalive", at_run_time, 300, {0, int_max, "seconds"},
        "Asks a silent peer whether it is still there after so long; 0 never does."};

    Section clients{table_, "Clients"};

    SecretSetting requirepass{table_, "requirepass", at_run_time, "",
        "Password a client must give to AUTH or HELLO; none if empty."};
    IntegerSetting maxclients{table_, "maxclients", at_run_time, 10000, {1, uint_max},
        "Connections at a time; one more is told so and closed."};
    MemorySetting proto_max_bulk_len{table_, "proto-max-bulk-len", at_run_time,
        512_mb, {1_mb, long_max},
        "Longest argument of a command, and so the longest string value."};
    MemorySetting client_query_buffer_limit{table_, "client-query-buffer-limit", at_run_time,
        1_gb, {1_mb, long_max},
        "Closes a client whose unfinished request grows beyond this."};
    // Redis lets an ordinary client be owed any amount. Here it is bounded as all queues are.
    BufferLimits client_output_buffer_limit{table_, "client-output-buffer-limit", at_run_time,
        {{{64_mb, 0, 0}, {256_mb, 64_mb, 60}, {32_mb, 8_mb, 60}}},
        "Closes a client that is owed more than the hard limit, or more than the soft limit for "
        "so many seconds. 0 is no limit; the classes are `normal`, `replica` and `pubsub`."};

    Section server{table_, "Server"};

    // Redis executes commands on one thread whatever this says; here every thread serves clients.
    ThreadsSetting io_threads{table_, "io-threads", at_start, {1, 128},
        "Threads that serve clients."};
    IntegerSetting databases{table_, "databases", at_start, 16, {1, int_max},
        "Databases that SELECT can choose from, counted from 0."};
    FrequencySetting hz{table_, "hz", at_run_time, 10,
        "How often in a second expired keys are looked for and other upkeep is done."};
    IntegerSetting shutdown_timeout{table_, "shutdown-timeout", at_run_time,
        10, {0, int_max, "seconds"},
        "How long a shutdown waits for clients to take what they are owed."};
    IntegerSetting shutdown_answer_timeout{table_, "shutdown-answer-timeout", at_run_time,
        2, {0, int_max, "seconds"},
        "How long a shutdown waits to answer requests that CLIENT PAUSE holds back."};
    StringSetting pidfile{table_, "pidfile", at_start, "",
        "File that holds the process id while the server runs; none if empty."};
    EnumSetting<LogLevel> loglevel{table_, "loglevel", at_run_time,
        LogLevel::notice, log_level_names,
        "The least important messages that are still logged."};
    StringSetting logfile{table_, "logfile", at_start, "",
        "File to log to; the standard error stream if empty."};
    EnumSetting<LogFormat> log_format{table_, "log-format", at_start,
        LogFormat::text, log_format_names,
        "What a line of the log is: text, or a JSON object for a collector of logs."};
    EnumSetting<Permission> enable_debug_command{table_, "enable-debug-command", at_start,
        Permission::no, permission_names,
        "Who may use DEBUG: nobody, everybody, or clients of this machine."};

    Section memory{table_, "Memory"};

    MemorySetting maxmemory{table_, "maxmemory", at_run_time, 0, {0, size_max},
        "Memory to use before keys are evicted or writes refused; 0 is no limit."};
    EnumSetting<MaxmemoryPolicy> maxmemory_policy{table_, "maxmemory-policy", at_run_time,
        MaxmemoryPolicy::noeviction, maxmemory_policy_names,
        "Which keys are evicted when memory is full: any key or only those with an expiry, the "
        "least recently used, the least frequently used, the next to expire, or a random one. "
        "`noeviction` refuses writes instead."};
    IntegerSetting maxmemory_samples{table_, "maxmemory-samples", at_run_time, 5, {1, int_max},
        "Keys that are compared to find one to evict: more are slower and choose better."};
    IntegerSetting maxmemory_eviction_tenacity{table_, "maxmemory-eviction-tenacity", at_run_time,
        10, {0, 100},
        "How long a command may be held up by eviction: from 0, hardly, to 100, as long as it "
        "takes."};
    IntegerSetting lfu_log_factor{table_, "lfu-log-factor", at_run_time, 10, {0, int_max},
        "How many uses it takes to raise a key's counter: more tell often used keys apart."};
    IntegerSetting lfu_decay_time{table_, "lfu-decay-time", at_run_time, 1, {0, int_max, "minutes"},
        "After how long without use a key's counter falls by one; 0 never lets it fall."};
    BooleanSetting lazyfree_lazy_user_del{table_, "lazyfree-lazy-user-del", at_run_time, false,
        "Makes DEL free memory in the background, as UNLINK does."};
    BooleanSetting lazyfree_lazy_user_flush{table_, "lazyfree-lazy-user-flush", at_run_time, false,
        "Makes FLUSHDB and FLUSHALL free memory in the background unless they are told SYNC."};

    Section collections{table_, "Collections"};

    IntegerSetting hash_max_listpack_entries{table_, "hash-max-listpack-entries", at_run_time,
        512, {0, long_max},
        "Fields of a hash that is still kept as one block."};
    IntegerSetting hash_max_listpack_value{table_, "hash-max-listpack-value", at_run_time,
        64, {0, long_max, "bytes"},
        "Longest field or value of a hash that is still kept as one block."};
    IntegerSetting list_max_listpack_size{table_, "list-max-listpack-size", at_run_time,
        -2, {int_min, int_max},
        "What one block of a list takes: so many elements, or with -1 to -5 bytes, 4 to 64 KiB."};
    IntegerSetting set_max_intset_entries{table_, "set-max-intset-entries", at_run_time,
        512, {0, long_max},
        "Members of a set of integers that is still kept as one block."};
    IntegerSetting zset_max_listpack_entries{table_, "zset-max-listpack-entries", at_run_time,
        128, {0, long_max},
        "Members of a sorted set that is still kept as one block."};
    IntegerSetting zset_max_listpack_value{table_, "zset-max-listpack-value", at_run_time,
        64, {0, long_max, "bytes"},
        "Longest member of a sorted set that is still kept as one block."};

    MemorySetting hll_sparse_max_bytes{table_, "hll-sparse-max-bytes", at_run_time,
        3000, {0, long_max},
        "Bytes of a HyperLogLog that is still kept sparse; dense it takes 12 KB and less time."};
    MemorySetting stream_node_max_bytes{table_, "stream-node-max-bytes", at_run_time,
        4096, {0, long_max},
        "Bytes of the entries of a stream that are kept as one block; 0 is no limit."};
    IntegerSetting stream_node_max_entries{table_, "stream-node-max-entries", at_run_time,
        100, {0, long_max},
        "Entries of a stream that are kept as one block; 0 is no limit."};

    Section messages{table_, "Messages"};

    EventClasses notify_keyspace_events{table_, "notify-keyspace-events", at_run_time,
        "Which changes of keys are published, by classes of events, and whether to the key's "
        "channel (`K`), to the event's (`E`) or to both; nothing if empty."};
    IntegerSetting tracking_table_max_keys{table_, "tracking-table-max-keys", at_run_time,
        1'000'000, {0, long_max},
        "Keys that are remembered for clients that track what they read; beyond that some are "
        "declared changed to make room. 0 is no limit."};

    Section persistence{table_, "Persistence"};

    FixedSetting save{table_, "save", "",
        "When to write a snapshot: never, nothing is kept on disk."};
    FixedSetting appendonly{table_, "appendonly", "no",
        "Whether to log every write: no, nothing is kept on disk."};

    Section observers{table_, "Observers"};

    IntegerSetting admin_port{table_, "admin-port", at_start, 0, {0, 65535},
        "TCP port for browsers and Prometheus (docs/admin.md); 0 listens on none."};
    AddressList admin_bind{table_, "admin-bind", at_start, {"127.0.0.1", "-::1"},
        "Addresses to listen on for them, as `bind`. Beyond this machine `admin-token` is needed."};
    AddressList admin_hosts{table_, "admin-hosts", at_start, {},
        "Names under which they may ask, besides `localhost` and the address itself."};
    SecretSetting admin_token{table_, "admin-token", at_start, "",
        "What they have to bring, as `Authorization: Bearer`; nothing if empty."};

    StringSetting tracing_collector{table_, "tracing-collector", at_start, "",
        "URL of a collector of traces, for OTLP over HTTP: http://localhost:4318/v1/traces."};
    StringSetting tracing_file{table_, "tracing-file", at_start, "",
        "File to write traces to, as chrome://tracing and Perfetto read them; none if empty."};
    IntegerSetting tracing_one_in{table_, "tracing-one-in", at_run_time, 1000, {0, int_max},
        "Of so many batches of requests one is traced, if there is somewhere to; 0: none."};

    Section measurements{table_, "Measurements"};

    IntegerSetting slowlog_log_slower_than{table_, "slowlog-log-slower-than", at_run_time,
        10000, {-1, long_max, "microseconds"},
        "Enters commands that took longer into the slow log; 0 enters all, -1 none."};
    IntegerSetting slowlog_max_len{table_, "slowlog-max-len", at_run_time, 128, {0, long_max},
        "Commands the slow log keeps."};
    IntegerSetting latency_monitor_threshold{table_, "latency-monitor-threshold", at_run_time,
        0, {0, long_max, "milliseconds"},
        "Records events that took at least so long for LATENCY; 0 records none."};
    BooleanSetting latency_tracking{table_, "latency-tracking", at_run_time, true,
        "Keeps a histogram of the latencies of each command."};
    PercentileList latency_tracking_info_percentiles{table_, "latency-tracking-info-percentiles",
        at_run_time, {50, 99, 99.9},
        "Percentiles of each command's latencies in INFO."};

    // clang-format on
};

}  // namespace mini_redis::config
