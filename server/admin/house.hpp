// What observers may ask of the server that no command tells. Implemented by the composition root.
#pragma once

#include "server/runtime/descriptor.hpp"

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <string>
#include <string_view>
#include <vector>

namespace mini_redis::admin {

// A task that has not ended, and how long ago it began.
struct TaskSeen {
    std::string_view name;
    std::chrono::milliseconds age;
};

struct ThreadSeen {
    std::size_t number;  // from 0
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
