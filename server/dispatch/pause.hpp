// CLIENT PAUSE: until when which commands have to wait. Asked once a command, so it is one load.
#pragma once

#include <atomic>
#include <cstdint>
#include <limits>

#include "server/dispatch/spec.hpp"

namespace mini_redis::dispatch {

class Pause {
public:
    enum class Kind : std::uint8_t { none, writes, all };

    // A longer or wider pause that is already in force stays, as in Redis.
    void begin(Kind kind, std::int64_t until_ms)
    {
        if (kind > kind_.load()) kind_ = kind;
        if (until_ms > until_ms_.load()) until_ms_ = until_ms;
    }
    void end()
    {
        kind_ = Kind::none;
        until_ms_ = 0;
    }

    Kind kind(std::int64_t now_ms)
    {
        Kind kind = kind_.load(std::memory_order_relaxed);
        if (kind == Kind::none || now_ms < until_ms_.load()) return kind;
        end();
        return Kind::none;
    }

    bool holds(Flags flags, std::int64_t now_ms)
    {
        switch (kind(now_ms)) {
            case Kind::none: return false;
            case Kind::writes: return flags.has_any(Flag::write | Flag::may_replicate);
            case Kind::all: return true;
        }
        return false;
    }

private:
    std::atomic<Kind> kind_{Kind::none};
    std::atomic<std::int64_t> until_ms_{0};
};

}  // namespace mini_redis::dispatch
