// The gates, in Redis' order: does it exist, is it well-formed, is it allowed here, is the client
// logged in, may it be in a transaction, is there memory.
#include "server/dispatch/gates.hpp"

#include "server/dispatch/errors.hpp"
#include "server/observability/memory.hpp"
#include "server/observability/ticks.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <limits>

namespace mini_redis::dispatch {
namespace {

constexpr std::size_t quoted_bytes_max = 128;

// As much of a word as an error shows: to its first NUL, as C prints it.
std::string quote(Word word, std::size_t bytes_max = quoted_bytes_max)
{
    return "'" + std::string(word.substr(0, std::min(bytes_max, word.find('\0')))) + "'";
}

std::string known(const Asking& asking)
{
    if (asking.command) return {};
    const Words words = asking.words;
    if (const Listed* container = asking.services.catalogue.find(words[0]))
        return "ERR unknown subcommand " + quote(words[1]) + ". Try " +
               std::string(container->spec().name) + " HELP.";
    std::string arguments;
    for (std::size_t i = 1; i < words.size() && arguments.size() < quoted_bytes_max; ++i)
        arguments += quote(words[i], quoted_bytes_max - arguments.size()) + " ";
    return "ERR unknown command " + quote(words[0]) + ", with args beginning with: " + arguments;
}

std::string arity(const Asking& asking)
{
    if (accepts(asking.command->command->arity, asking.words.size())) return {};
    return "ERR wrong number of arguments for '" + asking.command->name + "' command";
}

bool is_local(const Session& session)
{
    return session.over_unix_socket || session.address.starts_with("127.0.0.1:") ||
           session.address.starts_with("[::1]:");
}

// DEBUG is the one command that is guarded.
std::string guard(const Asking& asking)
{
    if (!asking.command->flags.has(Flag::guarded)) return {};
    using config::Permission;
    const Permission permission = asking.services.config.enable_debug_command.get();
    if (permission == Permission::yes) return {};
    if (permission == Permission::local && is_local(asking.session)) return {};
    return "ERR DEBUG command not allowed. If the enable-debug-command option is set to "
           "\"local\", you can run it from a local connection, otherwise you need to set this "
           "option in the configuration file, and then restart the server.";
}

std::string login(const Asking& asking)
{
    if (asking.session.authenticated.load(std::memory_order_relaxed)) return {};
    if (asking.command->flags.has(Flag::no_auth)) return {};
    if (asking.services.config.requirepass.get().empty()) return {};  // it was taken back
    return std::string(errors::no_auth);
}

std::string transaction(const Asking& asking)
{
    if (!asking.session.transaction() || !asking.command->flags.has(Flag::no_multi)) return {};
    return "ERR Command not allowed inside a transaction";
}

bool memory_is_short(const Asking& asking)
{
    const std::uint64_t limit = asking.services.config.maxmemory.get();
    return limit != 0 && observability::memory_used() > limit;
}

// How long eviction may hold one command up, by Redis' scale for the tenacity.
double patience_us(const config::Config& config)
{
    const auto tenacity = static_cast<double>(config.maxmemory_eviction_tenacity.get());
    if (tenacity <= 10) return tenacity * 50;
    if (tenacity < 100) return 500 * std::pow(1.15, tenacity - 10);
    return std::numeric_limits<double>::infinity();
}

// To queue does, whatever it is.
bool takes_memory(const Asking& asking)
{
    return flags_with_queued(asking.session, *asking.command).has(Flag::denyoom) ||
           (asking.session.transaction() && !asking.command->spec().never_queued);
}

// What is left to evict when patience ends is left to the next command.
std::string memory(const Asking& asking)
{
    if (!memory_is_short(asking)) return {};
    if (asking.services.pause.kind(asking.now) != Pause::Kind::none) return {};
    const observability::Ticks began = observability::ticks_now();
    const auto elapsed_us = [began] {
        return static_cast<double>(observability::ticks_now() - began) /
               observability::ticks_per_microsecond();
    };
    const config::Config& config = asking.services.config;
    bool enough = true;
    for (unsigned evicted = 1; enough && memory_is_short(asking); ++evicted) {
        enough = asking.evictor.evict_one(asking.now);
        if (evicted % 16 == 0 && elapsed_us() > patience_us(config)) break;
    }
    asking.services.latency.add_if_slow("eviction-cycle", asking.now / 1000,
                                        static_cast<std::int64_t>(elapsed_us() / 1000),
                                        config.latency_monitor_threshold.get());
    if (enough || !takes_memory(asking)) return {};
    return std::string(errors::out_of_memory);
}

// To Redis a client that monitors is a replica, and it is told so.
std::string replica(const Asking& asking)
{
    constexpr Flags of_keys = Flag::write | Flag::readonly | Flag::may_replicate;
    if (!asking.session.monitor || !asking.command->flags.has_any(of_keys)) return {};
    return "ERR Replica can't interact with the keyspace";
}

// In RESP2 a message looks like a reply; so who listens may ask for little else.
std::string listening(const Asking& asking)
{
    const Session& session = asking.session;
    if (session.dialect == protocol::Dialect::resp3 || !session.listens()) return {};
    if (asking.command->spec().answers_by_pushes) return {};
    for (const std::string_view name : {"ping", "quit", "reset"})
        if (asking.command->name == name) return {};
    return "ERR Can't execute '" + asking.command->name +
           "': only (P|S)SUBSCRIBE / (P|S)UNSUBSCRIBE / PING / QUIT / RESET are allowed in this "
           "context";
}

constexpr std::array gates{&known,       &arity,  &guard,   &login,
                           &transaction, &memory, &replica, &listening};

}  // namespace

Flags flags_with_queued(const Session& session, const Listed& command)
{
    if (!session.transaction() || !command.spec().runs_queued) return command.flags;
    return command.flags | session.transaction()->flags();
}

std::string refuse(const Asking& asking)
{
    for (const auto gate : gates)
        if (std::string refusal = gate(asking); !refusal.empty()) return refusal;
    return {};
}

bool passes_at_once(const Asking& asking)
{
    return asking.command && accepts(asking.command->command->arity, asking.words.size()) &&
           !asking.command->flags.has(Flag::guarded) &&
           asking.session.authenticated.load(std::memory_order_relaxed) &&
           !asking.session.monitor.load(std::memory_order_relaxed) &&
           !asking.session.subscriptions && !asking.session.transaction() &&
           !memory_is_short(asking);
}

}  // namespace mini_redis::dispatch
