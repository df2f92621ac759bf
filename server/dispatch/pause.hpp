// CLIENT PAUSE: until when which commands have to wait. Asked once a command, so it is one load
// as long as nobody has paused anything.
#pragma once

#include "server/dispatch/spec.hpp"

#include <algorithm>
#include <atomic>
#include <cstdint>
#include <mutex>

namespace mini_redis::dispatch {

class Pause {
public:
    enum class Kind : std::uint8_t { none, writes, all };

    // What is longer or wider of a pause that is in force stays, as in Redis.
    void begin(Kind kind, std::int64_t until_ms, std::int64_t now_ms)
    {
        const std::lock_guard lock(changing_);
        const Kind before = this->kind(now_ms);
        until_ms_ = before == Kind::none ? until_ms : std::max(until_ms, until_ms_.load());
        kind_ = std::max(kind, before);
    }
    void end()
    {
        const std::lock_guard lock(changing_);
        kind_ = Kind::none;
    }

    Kind kind(std::int64_t now_ms) const
    {
        const Kind kind = kind_.load(std::memory_order_relaxed);
        if (kind == Kind::none || now_ms < until_ms_.load(std::memory_order_relaxed)) return kind;
        return Kind::none;
    }

    bool holds(Flags flags, std::int64_t now_ms) const
    {
        switch (kind(now_ms)) {
            case Kind::none:
                return false;
            case Kind::writes:
                return flags.has_any(Flag::write | Flag::may_replicate);
            case Kind::all:
                return true;
        }
        return false;
    }

private:
    std::mutex changing_;
    std::atomic<Kind> kind_{Kind::none};
    std::atomic<std::int64_t> until_ms_{0};
};

}  // namespace mini_redis::dispatch
