// Two short lists of names.
#include "client/fitness.hpp"

#include "protocol/text.hpp"

#include <algorithm>
#include <array>

namespace mini_redis::client {
namespace {

constexpr std::array<std::string_view, 9> without_order{
    "subscribe",    "psubscribe", "ssubscribe", "unsubscribe", "punsubscribe",
    "sunsubscribe", "monitor",    "sync",       "psync"};

constexpr std::array<std::string_view, 10> changing{
    "select", "auth", "hello", "reset", "quit", "multi", "exec", "discard", "watch", "unwatch"};

bool contains(const auto& names, std::string_view name)
{
    return std::ranges::any_of(
        names, [&](std::string_view one) { return protocol::equal_ignoring_case(one, name); });
}

}  // namespace

Fitness fitness_of(const Request& request)
{
    const std::string_view name = request.name();
    if (contains(without_order, name)) return Fitness::none;
    if (contains(changing, name)) return Fitness::alone;
    if (!protocol::equal_ignoring_case(name, "client")) return Fitness::shared;
    // CLIENT REPLY says how many replies there are to what follows.
    const bool reply = protocol::equal_ignoring_case(request.word(1), "reply");
    return reply ? Fitness::none : Fitness::shared;
}

}  // namespace mini_redis::client
