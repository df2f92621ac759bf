// BufferLimits: how much a client may be owed before it is closed, for each class of clients.
//
//   client-output-buffer-limit <class> <hard> <soft> <soft seconds> [<class> ...]
//
// A class that an assignment does not name keeps its limit. Each number is read by one relaxed
// load; that a reader may see the hard limit of one assignment beside the soft limit of the next
// does no harm.
#pragma once

#include "server/config/setting.hpp"

#include <array>
#include <atomic>
#include <cstdint>

namespace mini_redis::config {

enum class ClientClass { normal, replica, pubsub };

// 0 is no limit.
struct BufferLimit {
    std::uint64_t hard_bytes;
    std::uint64_t soft_bytes;  // may be exceeded for
    std::int64_t soft_seconds;
};

class BufferLimits final : public Setting {
public:
    using Limits = std::array<BufferLimit, 3>;  // in the order of ClientClass

    BufferLimits(Table& table, std::string_view name, Change change, const Limits& limits,
                 std::string_view help);

    bool is_list() const override { return true; }
    BufferLimit get(ClientClass client_class) const;
    std::string text() const override;
    std::string written() const override;
    Arguments lines() const override;
    std::string values() const override { return "class, hard limit, soft limit, soft seconds"; }

private:
    struct AtomicLimit {
        std::atomic<std::uint64_t> hard_bytes;
        std::atomic<std::uint64_t> soft_bytes;
        std::atomic<std::int64_t> soft_seconds;
    };

    Error store(const Arguments& arguments) override;
    void set(const Limits& limits);
    Limits limits() const;

    std::array<AtomicLimit, 3> limits_;
};

}  // namespace mini_redis::config
