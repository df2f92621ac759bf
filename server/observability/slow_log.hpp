// The commands that took too long: the newest first, a bounded number of them.
//
// Shared by all threads under one lock; to be slow is rare.
#pragma once

#include <cstdint>
#include <deque>
#include <mutex>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace mini_redis::observability {

struct SlowCommand {
    std::int64_t id;
    std::int64_t unix_seconds;
    std::int64_t microseconds;
    std::vector<std::string> words;  // shortened as Redis shortens them
    std::string client_address;
    std::string client_name;
};

class SlowLog {
public:
    void add(std::int64_t unix_seconds, std::int64_t microseconds, std::span<const std::string_view> words,
             std::string client_address, std::string client_name, std::size_t entries_max);

    // The newest `count`.
    std::vector<SlowCommand> newest(std::size_t count) const;
    std::size_t size() const;
    void clear();
    void keep_at_most(std::size_t entries_max);

private:
    mutable std::mutex mutex_;
    std::deque<SlowCommand> entries_;
    std::int64_t next_id_ = 0;
};

}  // namespace mini_redis::observability
