// EventClasses: which keyspace events are published, one letter a class.
//
//   g generic  $ string  l list  s set  h hash  z sorted set  t stream  x expired  e evicted
//   d module   n new key  m miss    K and E: to the channel of the key, of the event
//   A is all of g$lshztxed
#pragma once

#include "server/config/setting.hpp"

#include <atomic>
#include <cstdint>

namespace mini_redis::config {

// In the order in which they are printed.
enum class EventClass : std::uint8_t {
    generic,
    string,
    list,
    set,
    hash,
    sorted_set,
    expired,
    evicted,
    stream,
    module,
    new_key,
    to_key_channel,
    to_event_channel,
    miss,
};

class EventClasses final : public Setting {
public:
    using Setting::Setting;

    bool has(EventClass one) const { return (bits() & bit(one)) != 0; }
    // Whether anything is to be published at all.
    bool any() const;

    std::string text() const override;
    std::string written() const override { return bits() == 0 ? "\"\"" : text(); }
    std::string values() const override { return "letters of `Ag$lshzxeKEtmdn`"; }

private:
    static constexpr std::uint32_t bit(EventClass one)
    {
        return std::uint32_t{1} << static_cast<unsigned>(one);
    }
    std::uint32_t bits() const { return bits_.load(std::memory_order_relaxed); }
    Error store(const Arguments& arguments) override;

    std::atomic<std::uint32_t> bits_{0};
};

}  // namespace mini_redis::config
