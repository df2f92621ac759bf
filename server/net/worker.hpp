// One thread of the server: its connections, its dispatcher, its share of the housekeeping.
//
// Connections never leave the thread they were given to. The scratch memory is shared by all of them,
// because a synchronous step never shares the thread.
#pragma once

#include <memory>
#include <vector>

#include "protocol/buffer.hpp"
#include "protocol/request_parser.hpp"
#include "server/dispatch/dispatcher.hpp"
#include "server/keyspace/expiry.hpp"
#include "server/net/connection.hpp"
#include "server/runtime/io_thread.hpp"
#include "server/runtime/task_group.hpp"

namespace mini_redis::net {

// An accepted socket on its way to its thread.
struct Arrival {
    int descriptor;
    int family;
    std::string address;
    std::string local_address;
};

class Worker {
public:
    Worker(dispatch::Services& services, std::size_t number, std::size_t workers);
    ~Worker();

    runtime::IoThread& thread() { return thread_; }
    runtime::TaskGroup& tasks() { return tasks_; }
    dispatch::Services& services() { return services_; }
    dispatch::ThreadCounts& counts() { return counts_; }
    dispatch::Dispatcher& dispatcher() { return dispatcher_; }
    protocol::Buffer& scratch() { return scratch_; }
    protocol::Batch& batch() { return batch_; }
    std::int64_t now_ms() const { return now_ms_; }

    // From any thread: hands a socket over.
    void adopt(Arrival arrival);

    // From any thread. How many connections it has, or will have.
    std::size_t load() const { return load_.load(std::memory_order_relaxed); }

    // From its own thread.
    void stop_reading();                     // of all connections
    void close_connections(std::string_view reason);
    bool idle() const { return connections_.empty(); }
    void leave(Connection& connection);

    // Runs on: its thread, for ever.  When cancelled: not cancellable; stop the thread.  Fails: never.
    runtime::awaitable<void> keep_house();

private:
    void welcome(Arrival arrival);

    dispatch::Services& services_;
    dispatch::ThreadCounts& counts_;
    runtime::IoThread thread_;
    runtime::TaskGroup tasks_;
    dispatch::Dispatcher dispatcher_;
    keyspace::Sweeper sweeper_;
    protocol::Buffer scratch_;
    protocol::Batch batch_;
    std::vector<std::shared_ptr<Connection>> connections_;
    std::atomic<std::size_t> load_{0};
    std::int64_t now_ms_ = 0;
    bool deaf_ = false;
};

}  // namespace mini_redis::net
