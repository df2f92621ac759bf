// The names in alphabetical order, older spellings included.
#include "server/config/foreign_directives.hpp"

#include "protocol/text.hpp"

#include <algorithm>
#include <array>
#include <string>

namespace mini_redis::config {
namespace {

// clang-format off: as many in a line as fit
constexpr auto foreign = std::to_array<std::string_view>({
    "acl-pubsub-default", "aclfile", "acllog-max-len", "active-defrag-cycle-max",
    "active-defrag-cycle-min", "active-defrag-ignore-bytes", "active-defrag-max-scan-fields",
    "active-defrag-threshold-lower", "active-defrag-threshold-upper", "active-expire-effort",
    "activedefrag", "activerehashing", "always-show-logo", "aof-disable-auto-gc",
    "aof-load-truncated", "aof-rewrite-incremental-fsync", "aof-timestamp-enabled",
    "aof-use-rdb-preamble", "aof_rewrite_cpulist", "appenddirname", "appendfilename",
    "appendfsync", "auto-aof-rewrite-min-size", "auto-aof-rewrite-percentage", "bgsave_cpulist",
    "bind-source-addr", "bio_cpulist", "busy-reply-threshold",
    "cluster-allow-pubsubshard-when-down", "cluster-allow-reads-when-down",
    "cluster-allow-replica-migration", "cluster-announce-bus-port", "cluster-announce-hostname",
    "cluster-announce-ip", "cluster-announce-port", "cluster-announce-tls-port",
    "cluster-config-file", "cluster-enabled", "cluster-link-sendbuf-limit",
    "cluster-migration-barrier", "cluster-node-timeout", "cluster-port",
    "cluster-preferred-endpoint-type", "cluster-replica-no-failover",
    "cluster-replica-validity-factor", "cluster-require-full-coverage",
    "cluster-slave-no-failover", "cluster-slave-validity-factor", "crash-log-enabled",
    "crash-memcheck-enabled", "daemonize", "dbfilename", "dir", "disable-thp", "dynamic-hz",
    "enable-module-command", "enable-protected-configs", "hash-max-ziplist-entries",
    "hash-max-ziplist-value", "ignore-warnings", "io-threads-do-reads",
    "jemalloc-bg-thread", "key-load-delay", "lazyfree-lazy-eviction", "lazyfree-lazy-expire",
    "lazyfree-lazy-server-del", "list-compress-depth",
    "list-max-ziplist-entries", "list-max-ziplist-size", "list-max-ziplist-value",
    "loading-process-events-interval-bytes", "loadmodule", "lua-replicate-commands",
    "lua-time-limit", "masterauth", "masteruser", "maxmemory-clients", "min-replicas-max-lag",
    "min-replicas-to-write", "min-slaves-max-lag", "min-slaves-to-write",
    "no-appendfsync-on-rewrite", "oom-score-adj", "oom-score-adj-values", "proc-title-template",
    "propagation-error-behavior", "rdb-del-sync-files", "rdb-key-save-delay",
    "rdb-save-incremental-fsync", "rdbchecksum", "rdbcompression", "rename-command",
    "repl-backlog-size", "repl-backlog-ttl", "repl-disable-tcp-nodelay", "repl-diskless-load",
    "repl-diskless-sync", "repl-diskless-sync-delay", "repl-diskless-sync-max-replicas",
    "repl-ping-replica-period", "repl-ping-slave-period", "repl-timeout", "replica-announce-ip",
    "replica-announce-port", "replica-announced", "replica-ignore-disk-write-errors",
    "replica-ignore-maxmemory", "replica-lazy-flush", "replica-priority", "replica-read-only",
    "replica-serve-stale-data", "replicaof", "sanitize-dump-payload", "sentinel",
    "server_cpulist", "set-proc-title", "shutdown-on-sigint",
    "shutdown-on-sigterm", "slave-announce-ip", "slave-announce-port", "slave-ignore-maxmemory",
    "slave-lazy-flush", "slave-priority", "slave-read-only", "slave-serve-stale-data",
    "slaveof", "socket-mark-id", "stop-writes-on-bgsave-error",
"supervised", "syslog-enabled", "syslog-facility",
    "syslog-ident", "tls-auth-clients", "tls-ca-cert-dir", "tls-ca-cert-file", "tls-cert-file",
    "tls-ciphers", "tls-ciphersuites", "tls-client-cert-file", "tls-client-key-file",
    "tls-client-key-file-pass", "tls-cluster", "tls-dh-params-file", "tls-key-file",
    "tls-key-file-pass", "tls-port", "tls-prefer-server-ciphers", "tls-protocols",
    "tls-replication", "tls-session-cache-size", "tls-session-cache-timeout",
    "tls-session-caching", "use-exit-on-panic", "user", "watchdog-period",
    "zset-max-ziplist-entries",
    "zset-max-ziplist-value"});
// clang-format on

static_assert(std::ranges::is_sorted(foreign));

}  // namespace

bool is_foreign_directive(std::string_view name)
{
    std::string lower(name);
    std::ranges::transform(lower, lower.begin(), protocol::to_lower);
    return std::ranges::binary_search(foreign, std::string_view(lower));
}

bool is_guarding_directive(std::string_view name)
{
    constexpr auto guards = std::to_array<std::string_view>(
        {"aclfile", "rename-command", "tls-auth-clients", "tls-port", "user"});
    return std::ranges::any_of(
        guards, [name](auto guard) { return protocol::equal_ignoring_case(guard, name); });
}

}  // namespace mini_redis::config
