// Choice settings: yes or no, and one of a few names.
//
// The names of an enumeration stand in an array in the order of its enumerators, so that the one is
// the index into the other. get() is one relaxed load.
#pragma once

#include "server/config/setting.hpp"

#include <atomic>
#include <span>

namespace mini_redis::config {

class BooleanSetting final : public Setting {
public:
    BooleanSetting(Table& table, std::string_view name, Change change, bool value,
                   std::string_view help)
        : Setting(table, name, change, help), value_(value)
    {
    }

    bool get() const { return value_.load(std::memory_order_relaxed); }
    std::string text() const override { return get() ? "yes" : "no"; }
    std::string values() const override { return "`yes`, `no`"; }

private:
    Error store(const Arguments& arguments) override;

    std::atomic<bool> value_;
};

using Names = std::span<const std::string_view>;

// One of several names, by its index.
class ChoiceSetting : public Setting {
public:
    ChoiceSetting(Table& table, std::string_view name, Change change, std::size_t index,
                  Names names, std::string_view help)
        : Setting(table, name, change, help), names_(names), index_(index)
    {
    }

    std::string text() const override { return std::string(names_[index()]); }
    std::string values() const override;

protected:
    std::size_t index() const { return index_.load(std::memory_order_relaxed); }

private:
    Error store(const Arguments& arguments) override;

    const Names names_;
    std::atomic<std::size_t> index_;
};

template <class Enum>
class EnumSetting final : public ChoiceSetting {
public:
    EnumSetting(Table& table, std::string_view name, Change change, Enum value, Names names,
                std::string_view help)
        : ChoiceSetting(table, name, change, static_cast<std::size_t>(value), names, help)
    {
    }

    Enum get() const { return static_cast<Enum>(index()); }
};

}  // namespace mini_redis::config
