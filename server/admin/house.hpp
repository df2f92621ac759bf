// What observers may ask of the server that no command tells. Implemented by the composition root.
#pragma once

#include "server/runtime/descriptor.hpp"

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace mini_redis::admin {

// Where a task is parked, and how it has worked.
struct TrailSeen {
    struct Place {
        std::string file;  // from the root of the source tree
        unsigned line = 0;
        std::string function;
    };

    std::vector<Place> places;  // of its co_awaits, the innermost first
    std::chrono::milliseconds parked{};
    std::uint64_t resumed = 0;
    std::chrono::microseconds busy{};
    std::chrono::microseconds longest{};  // from one suspension to the next
};

// A task that has not ended.
struct TaskSeen {
    std::string_view name;
    std::chrono::milliseconds age{};
    std::uint64_t client = 0;             // the id of the one it is about, if any
    std::string_view state = {};          // of that client
    std::optional<TrailSeen> trail = {};  // in the flavour that knows (runtime/trail.hpp)
};

// What waits to be done by a thread, and how much of it is too much.
struct MailSeen {
    std::size_t length = 0;
    std::size_t capacity = 0;
};

struct ThreadSeen {
    std::size_t number = 0;  // from 0
    MailSeen mail;           // bytes of messages for its subscribers
    std::vector<TaskSeen> tasks;
};

// How far the server's end has come, and whom it has taken leave of.
struct ShutdownSeen {
    std::string_view phase;  // "running" while nobody has asked for it
    std::size_t clients = 0;
    std::size_t answering = 0;  // of them: who may still be answered
    std::uint64_t drained = 0;
    std::uint64_t forced = 0;
    std::uint64_t bytes_lost = 0;  // that those were owed
};

class House {
public:
    virtual ~House() = default;

    // All from any thread.

    // The client's end of a new session; -1 if there can be none.
    virtual runtime::Descriptor open_session() = 0;
    // What AUTH needs; empty if nothing.
    virtual std::string password() const = 0;
    virtual ShutdownSeen look_at_shutdown() const = 0;

    // `then` is called once, on whichever thread, when all threads have told; never if one of them
    // has ended.
    using Then = std::function<void(std::vector<ThreadSeen>)>;
    virtual void look_at_tasks(Then then) = 0;
};

}  // namespace mini_redis::admin
