// Number settings: integers, sizes in bytes, file modes.
//
// get() is one relaxed load: several threads read these on the path of every request, and none of
// them needs to see two settings change together.
#pragma once

#include "server/config/setting.hpp"

#include <atomic>
#include <cstdint>
#include <limits>

namespace mini_redis::config {

template <class Number>
struct Bounds {
    Number lower;
    Number upper;
    std::string_view unit = {};
};

inline constexpr std::int64_t int_min = std::numeric_limits<std::int32_t>::min();
inline constexpr std::int64_t int_max = std::numeric_limits<std::int32_t>::max();
inline constexpr std::int64_t uint_max = std::numeric_limits<std::uint32_t>::max();
inline constexpr std::int64_t long_max = std::numeric_limits<std::int64_t>::max();
inline constexpr std::uint64_t size_max = std::numeric_limits<std::uint64_t>::max();

// A number between two bounds. What distinguishes its kinds is how they are spelt.
template <class Number>
class NumberSetting : public Setting {
public:
    NumberSetting(Table& table, std::string_view name, Change change, Number value,
                  Bounds<Number> bounds, std::string_view help)
        : Setting(table, name, change, help), bounds_(bounds), value_(value)
    {
    }

    Number get() const { return value_.load(std::memory_order_relaxed); }
    std::string text() const override { return spelt(get()); }

protected:
    virtual std::string spelt(Number value) const { return std::to_string(value); }
    // Takes what was parsed, or says why it could not be.
    Error store_parsed(std::optional<Number> value, std::string_view unparsable);

    const Bounds<Number> bounds_;

private:
    std::atomic<Number> value_;
};

class IntegerSetting : public NumberSetting<std::int64_t> {
public:
    using NumberSetting::NumberSetting;

    std::string values() const override;

private:
    Error store(const Arguments& arguments) override;
};

// A number of threads: as many as the machine has cores, unless somebody knows better.
class ThreadsSetting final : public IntegerSetting {
public:
    ThreadsSetting(Table& table, std::string_view name, Change change, Bounds<std::int64_t> bounds,
                   std::string_view help);

    std::string default_text() const override { return "the machine's cores"; }
};

// A frequency: what lies outside 1 to 500 Hz is moved there without complaint, as Redis does.
class FrequencySetting final : public NumberSetting<std::int64_t> {
public:
    FrequencySetting(Table& table, std::string_view name, Change change, std::int64_t value,
                     std::string_view help)
        : NumberSetting(table, name, change, value, {0, int_max}, help)
    {
    }

    std::string values() const override { return "1 to 500 Hz"; }

private:
    Error store(const Arguments& arguments) override;
};

// The mode of a file, spelt in octal.
class ModeSetting final : public NumberSetting<std::int64_t> {
public:
    ModeSetting(Table& table, std::string_view name, Change change, std::int64_t value,
                std::string_view help)
        : NumberSetting(table, name, change, value, {0, 0777}, help)
    {
    }

    std::string values() const override { return "0 to 777, octal"; }

private:
    std::string spelt(std::int64_t value) const override;
    Error store(const Arguments& arguments) override;
};

// A size in bytes, spelt with or without a unit: 1024, 1kb, 1gb (powers of 1024), 1k (of 1000).
class MemorySetting final : public NumberSetting<std::uint64_t> {
public:
    using NumberSetting::NumberSetting;

    std::string written() const override;
    std::string values() const override;

private:
    Error store(const Arguments& arguments) override;
};

// The size with the largest unit that divides it: 1gb, 1536mb, 10kb, 1000.
std::string with_unit(std::uint64_t bytes);

inline constexpr std::uint64_t operator""_kb(unsigned long long n)
{
    return n << 10;
}
inline constexpr std::uint64_t operator""_mb(unsigned long long n)
{
    return n << 20;
}
inline constexpr std::uint64_t operator""_gb(unsigned long long n)
{
    return n << 30;
}

}  // namespace mini_redis::config
