// How buffer limits are spelt and refused: an assignment is taken as a whole or not at all.
#include "server/config/buffer_limits.hpp"

#include "protocol/number.hpp"
#include "protocol/text.hpp"
#include "server/config/number_setting.hpp"

#include <algorithm>

namespace mini_redis::config {
namespace {

// In the order of ClientClass. CONFIG GET keeps the older name of a replica, as Redis does.
using ClassNames = std::array<std::string_view, 3>;
constexpr ClassNames class_names{"normal", "replica", "pubsub"};
constexpr ClassNames older_class_names{"normal", "slave", "pubsub"};

std::optional<std::size_t> find_class(std::string_view name)
{
    for (std::size_t i = 0; i < class_names.size(); ++i) {
        if (protocol::equal_ignoring_case(name, class_names[i]) ||
            protocol::equal_ignoring_case(name, older_class_names[i])) {
            return i;
        }
    }
    return {};
}

// One element a class.
Arguments spelt(const BufferLimits::Limits& limits, const ClassNames& names,
                std::string (*spell)(std::uint64_t))
{
    Arguments classes;
    for (std::size_t i = 0; i < limits.size(); ++i) {
        classes.push_back(
            join({std::string(names[i]), spell(limits[i].hard_bytes), spell(limits[i].soft_bytes),
                  std::to_string(limits[i].soft_seconds)}));
    }
    return classes;
}

}  // namespace

BufferLimits::BufferLimits(Table& table, std::string_view name, Change change, const Limits& limits,
                           std::string_view help)
    : Setting(table, name, change, help)
{
    set(limits);
}

BufferLimit BufferLimits::get(ClientClass client_class) const
{
    const AtomicLimit& limit = limits_[static_cast<std::size_t>(client_class)];
    return {limit.hard_bytes.load(std::memory_order_relaxed),
            limit.soft_bytes.load(std::memory_order_relaxed),
            limit.soft_seconds.load(std::memory_order_relaxed)};
}

void BufferLimits::set(const Limits& limits)
{
    for (std::size_t i = 0; i < limits.size(); ++i) {
        limits_[i].hard_bytes.store(limits[i].hard_bytes, std::memory_order_relaxed);
        limits_[i].soft_bytes.store(limits[i].soft_bytes, std::memory_order_relaxed);
        limits_[i].soft_seconds.store(limits[i].soft_seconds, std::memory_order_relaxed);
    }
}

BufferLimits::Limits BufferLimits::limits() const
{
    return {get(ClientClass::normal), get(ClientClass::replica), get(ClientClass::pubsub)};
}

std::string BufferLimits::text() const
{
    return join(spelt(limits(), older_class_names, std::to_string));
}

std::string BufferLimits::written() const
{
    return join(spelt(limits(), class_names, with_unit));
}

Arguments BufferLimits::lines() const
{
    Arguments lines = spelt(limits(), class_names, with_unit);
    for (std::string& line : lines) line.insert(0, std::string(name()) + ' ');
    return lines;
}

Error BufferLimits::store(const Arguments& arguments)
{
    if (arguments.size() % 4 != 0) {
        return "Wrong number of arguments in buffer limit configuration.";
    }
    Limits wanted = limits();
    for (auto argument = arguments.begin(); argument != arguments.end(); argument += 4) {
        const auto index = find_class(argument[0]);
        if (!index) return "Invalid client class specified in buffer limit configuration.";
        const auto hard = protocol::parse_memory(argument[1]);
        const auto soft = protocol::parse_memory(argument[2]);
        const auto seconds = protocol::parse_integer(argument[3]);
        if (!hard || !soft || !seconds || *seconds < 0 || *seconds > int_max) {
            return "Error in hard, soft or soft_seconds setting in buffer limit configuration.";
        }
        wanted[*index] = {*hard, *soft, *seconds};
    }
    set(wanted);
    return {};
}

}  // namespace mini_redis::config
