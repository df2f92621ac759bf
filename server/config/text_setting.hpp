// Text settings: a string, a list of addresses, a list of percentiles.
//
// A thread may read while another assigns, so a mutex guards the value and get() copies it: these
// are not for the path of a request.
#pragma once

#include "server/config/setting.hpp"

#include <mutex>

namespace mini_redis::config {

// A value that is copied under a lock.
template <class Value>
class GuardedSetting : public Setting {
public:
    GuardedSetting(Table& table, std::string_view name, Change change, Value value,
                   std::string_view help)
        : Setting(table, name, change, help), value_(std::move(value))
    {
    }

    Value get() const
    {
        const std::lock_guard lock(mutex_);
        return value_;
    }

protected:
    void set(Value value)
    {
        const std::lock_guard lock(mutex_);
        value_ = std::move(value);
    }

private:
    mutable std::mutex mutex_;
    Value value_;
};

class StringSetting : public GuardedSetting<std::string> {
public:
    using GuardedSetting::GuardedSetting;

    std::string text() const override { return get(); }
    std::string written() const override;
    std::string values() const override { return "text"; }

private:
    Error store(const Arguments& arguments) override;
};

// A directive of Redis that has one value here. To ask for another is an error: what it promises
// would not be kept.
class FixedSetting final : public Setting {
public:
    FixedSetting(Table& table, std::string_view name, std::string_view value, std::string_view help)
        : Setting(table, name, Change::at_run_time, help), value_(value)
    {
    }

    bool is_list() const override { return true; }
    std::string text() const override { return std::string(value_); }
    std::string written() const override { return value_.empty() ? "\"\"" : text(); }
    std::string values() const override { return "`" + written() + "`"; }

private:
    Error store(const Arguments& arguments) override;

    const std::string_view value_;
};

// A password.
class SecretSetting final : public StringSetting {
public:
    using StringSetting::StringSetting;

    bool is_secret() const override { return true; }
};

// At most 16 addresses; a single "" is none.
class AddressList final : public GuardedSetting<Arguments> {
public:
    using GuardedSetting::GuardedSetting;

    bool is_list() const override { return true; }
    std::string text() const override { return join(get()); }
    std::string written() const override;
    std::string values() const override { return "up to 16 addresses"; }

private:
    Error store(const Arguments& arguments) override;
};

// Percentages; a single "" is none.
class PercentileList final : public GuardedSetting<std::vector<double>> {
public:
    using GuardedSetting::GuardedSetting;

    bool is_list() const override { return true; }
    std::string text() const override;
    std::string written() const override;
    std::string values() const override { return "numbers from 0 to 100"; }

private:
    Error store(const Arguments& arguments) override;
};

}  // namespace mini_redis::config
