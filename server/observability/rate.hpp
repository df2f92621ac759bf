// How fast something is counted at present: INFO's instantaneous figures.
//
// The average over the last sixteen samples, a tenth of a second apart. One thread samples, any
// thread asks.
#pragma once

#include <array>
#include <atomic>
#include <cstdint>

namespace mini_redis::observability {

class Rate {
public:
    static constexpr std::int64_t interval_ms = 100;

    // `count` is what has been counted so far. Called more often than once an interval it waits.
    void sample(std::uint64_t count, std::int64_t now_ms);

    std::uint64_t per_second() const;

private:
    std::array<std::atomic<std::uint64_t>, 16> per_second_{};
    std::size_t next_ = 0;
    std::uint64_t last_count_ = 0;
    std::int64_t last_ms_ = 0;  // 0: no sample yet
};

}  // namespace mini_redis::observability
