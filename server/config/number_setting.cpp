// How numbers are spelt and refused.
#include "server/config/number_setting.hpp"

#include "protocol/number.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <thread>
#include <utility>

namespace mini_redis::config {
namespace {

constexpr std::string_view not_an_integer = "argument couldn't be parsed into an integer";

}  // namespace

template <class Number>
Error NumberSetting<Number>::store_parsed(std::optional<Number> value, std::string_view unparsable)
{
    if (!value) return std::string(unparsable);
    if (*value < bounds_.lower || *value > bounds_.upper) {
        return "argument must be between " + spelt(bounds_.lower) + " and " + spelt(bounds_.upper) +
               " inclusive";
    }
    value_.store(*value, std::memory_order_relaxed);
    return {};
}

template class NumberSetting<std::int64_t>;
template class NumberSetting<std::uint64_t>;

std::string IntegerSetting::values() const
{
    std::string range = std::to_string(bounds_.lower);
    range += bounds_.upper < int_max ? " to " + std::to_string(bounds_.upper) : " or more";
    if (!bounds_.unit.empty()) range.append(" ").append(bounds_.unit);
    return range;
}

Error IntegerSetting::store(const Arguments& arguments)
{
    return store_parsed(protocol::parse_integer(arguments[0]), not_an_integer);
}

ThreadsSetting::ThreadsSetting(Table& table, std::string_view name, Change change,
                               Bounds<std::int64_t> bounds, std::string_view help)
    : IntegerSetting(
          table, name, change,
          std::clamp<std::int64_t>(std::thread::hardware_concurrency(), bounds.lower, bounds.upper),
          bounds, help)
{
}

Error FrequencySetting::store(const Arguments& arguments)
{
    auto hertz = protocol::parse_integer(arguments[0]);
    if (hertz && *hertz >= bounds_.lower && *hertz <= bounds_.upper) {
        hertz = std::clamp<std::int64_t>(*hertz, 1, 500);
    }
    return store_parsed(hertz, not_an_integer);
}

std::string ModeSetting::spelt(std::int64_t value) const
{
    std::array<char, 24> digits;
    const auto [end, error] = std::to_chars(digits.begin(), digits.end(), value, 8);
    return {digits.begin(), end};
}

Error ModeSetting::store(const Arguments& arguments)
{
    const std::string& text = arguments[0];
    std::int64_t mode = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), mode, 8);
    const bool whole = error == std::errc{} && end == text.data() + text.size();
    return store_parsed(whole ? std::optional(mode) : std::nullopt,
                        "argument couldn't be parsed as an octal number");
}

std::string MemorySetting::written() const
{
    return with_unit(get());
}

std::string MemorySetting::values() const
{
    return with_unit(bounds_.lower) + " or more, in bytes or with a unit";
}

Error MemorySetting::store(const Arguments& arguments)
{
    return store_parsed(protocol::parse_memory(arguments[0]), "argument must be a memory value");
}

std::string with_unit(std::uint64_t bytes)
{
    constexpr std::array units{std::pair{1_gb, "gb"}, std::pair{1_mb, "mb"}, std::pair{1_kb, "kb"}};
    for (const auto& [size, name] : units) {
        if (bytes != 0 && bytes % size == 0) return std::to_string(bytes / size) + name;
    }
    return std::to_string(bytes);
}

}  // namespace mini_redis::config
