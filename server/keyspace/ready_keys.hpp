// Keys that one thread has changed and that somebody waits for: what is there now may be what is
// waited for, and who waits may have to learn that it is not there any more.
#pragma once

#include "server/keyspace/effects.hpp"

#include <deque>
#include <new>
#include <optional>
#include <string>
#include <utility>

namespace mini_redis::keyspace {

class ReadyKeys {
public:
    struct Ready {
        unsigned database;
        std::string key;
    };

    // Never fails: without the memory to remember which it was, it may be any.
    void note(const Effect& effect) noexcept
    try {
        switch (effect.event) {
            // They bring nothing that a client waits for, or Redis does not let it notice.
            case Event::missed:
            case Event::xdel:
            case Event::xgroup_create:
            case Event::xgroup_createconsumer:
            case Event::xgroup_delconsumer:
            case Event::xgroup_setid:
            case Event::xsetid:
            case Event::xtrim:
                return;
            case Event::flushall:
            case Event::flushdb:
            case Event::swapdb:
                any_ = true;
                return;
            default:
                if (keys_.empty() || keys_.back().key != effect.key ||
                    keys_.back().database != effect.database)
                    keys_.push_back({effect.database, std::string(effect.key)});
        }
    } catch (const std::bad_alloc&) {
        any_ = true;
    }

    bool empty() const { return keys_.empty() && !any_; }
    // Whether any key may be one; asked once.
    bool take_any() { return std::exchange(any_, false); }
    // The one that was noted first.
    std::optional<Ready> take()
    {
        if (keys_.empty()) return std::nullopt;
        std::optional<Ready> first(std::move(keys_.front()));
        keys_.pop_front();
        return first;
    }

private:
    std::deque<Ready> keys_;
    bool any_ = false;
};

}  // namespace mini_redis::keyspace
