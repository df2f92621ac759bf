// The gates, in Redis' order: does it exist, is it well-formed, is it logged in, is there memory.
#include "server/dispatch/gates.hpp"

#include "server/dispatch/errors.hpp"
#include "server/observability/memory.hpp"

#include <algorithm>
#include <array>

namespace mini_redis::dispatch {
namespace {

constexpr std::size_t quoted_bytes_max = 128;

std::string quote(Word word)
{
    return "'" + std::string(word.substr(0, quoted_bytes_max)) + "'";
}

std::string known(const Asking& asking)
{
    if (asking.command) return {};
    const Listed* container = nullptr;
    asking.services.catalogue.find(asking.words, &container);
    if (container) {
        std::string name(container->spec().name);
        return "ERR unknown subcommand " + quote(asking.words[1]) + ". Try " + name + " HELP.";
    }
    std::string arguments;
    for (const Word word : asking.words.subspan(1)) {
        if (arguments.size() >= quoted_bytes_max) break;
        arguments += "'" + std::string(word.substr(0, quoted_bytes_max - arguments.size())) + "' ";
    }
    return "ERR unknown command " + quote(asking.words[0]) +
           ", with args beginning with: " + arguments;
}

std::string arity(const Asking& asking)
{
    if (accepts(asking.command->command->arity, asking.words.size()) &&
        !asking.command->container())
        return {};
    return "ERR wrong number of arguments for '" + asking.command->name + "' command";
}

std::string login(const Asking& asking)
{
    if (asking.session.authenticated.load(std::memory_order_relaxed)) return {};
    if (asking.command->flags.has(Flag::no_auth)) return {};
    if (asking.services.config.requirepass.get().empty()) return {};  // it was taken back
    return std::string(errors::no_auth);
}

bool memory_is_short(const Asking& asking)
{
    const std::uint64_t limit = asking.services.config.maxmemory.get();
    return limit != 0 && observability::memory_used() > limit;
}

std::string memory(const Asking& asking)
{
    if (asking.services.pause.kind(asking.now) != Pause::Kind::none) return {};
    while (memory_is_short(asking))
        if (!asking.evictor.evict_one(asking.now))
            return asking.command->flags.has(Flag::denyoom) ? std::string(errors::out_of_memory)
                                                            : "";
    return {};
}

// To Redis a client that monitors is a replica, and it is told so.
std::string replica(const Asking& asking)
{
    constexpr Flags of_keys = Flag::write | Flag::readonly | Flag::may_replicate;
    if (!asking.session.monitor || !asking.command->flags.has_any(of_keys)) return {};
    return "ERR Replica can't interact with the keyspace";
}

constexpr std::array gates{&known, &arity, &login, &memory, &replica};

}  // namespace

std::string refuse(const Asking& asking)
{
    for (const auto gate : gates)
        if (std::string refusal = gate(asking); !refusal.empty()) return refusal;
    return {};
}

bool passes_at_once(const Asking& asking)
{
    return asking.command && !asking.command->container() &&
           accepts(asking.command->command->arity, asking.words.size()) &&
           asking.session.authenticated.load(std::memory_order_relaxed) &&
           !asking.session.monitor.load(std::memory_order_relaxed) &&
           asking.services.config.maxmemory.get() == 0;
}

}  // namespace mini_redis::dispatch
