// One thread of the server: its connections, its dispatcher, its share of the housekeeping.
//
// Connections never leave the thread they were given to. The scratch memory is shared by all of
// them, because a synchronous step never shares the thread.
#pragma once

#include "protocol/buffer.hpp"
#include "server/dispatch/dispatcher.hpp"
#include "server/keyspace/expiry.hpp"
#include "server/net/connection.hpp"
#include "server/runtime/alarm.hpp"
#include "server/runtime/counter.hpp"
#include "server/runtime/descriptor.hpp"
#include "server/runtime/io_thread.hpp"
#include "server/runtime/shutdown.hpp"
#include "server/runtime/task_group.hpp"
#include "server/runtime/timer_wheel.hpp"

#include <chrono>
#include <memory>
#include <string>
#include <vector>

namespace mini_redis::net {

using runtime::Descriptor;

// An accepted socket on its way to its thread.
struct Arrival {
    Descriptor descriptor;
    int family;
    std::string address;
    std::string local_address;
};

// How the connections ended that were there when the server was told to.
struct Farewells {
    runtime::Counter drained;     // what they had asked was answered and sent
    runtime::Counter forced;      // they were closed before that
    runtime::Counter bytes_lost;  // that the latter were owed
};

class Worker {
public:
    // The thread outlives it.
    Worker(dispatch::Services& services, runtime::IoThread& thread, std::size_t number,
           std::size_t workers);
    ~Worker();

    runtime::IoThread& thread() { return thread_; }
    runtime::TaskGroup& tasks() { return tasks_; }
    dispatch::Services& services() { return services_; }
    dispatch::ThreadCounts& counts() { return counts_; }
    dispatch::Dispatcher& dispatcher() { return dispatcher_; }
    // Book: thread-locals/scratch. What a thread has a step may use, and no task may keep.
    protocol::Buffer& scratch() { return scratch_; }
    Parsed& parsed() { return parsed_; }
    std::int64_t now_ms() const { return now_ms_; }

    // From any thread: hands a socket over.
    void adopt(Arrival arrival);

    // From any thread. How many connections it has, or will have; farewells of those that it no
    // longer has are complete.
    std::size_t load() const { return load_.load(std::memory_order_acquire); }
    // How many of them may still have something answered.
    std::size_t answering() const { return answering_.load(std::memory_order_acquire); }
    const Farewells& farewells() const { return farewells_; }

    // From its own thread. A client on a transport that is not a socket, for tests.
    std::shared_ptr<Connection> welcome(std::unique_ptr<Transport> transport);

    // From its own thread. What holds in a phase of the server's shutdown (graceful_shutdown.hpp)
    // holds for connections that are still to come, too.
    void shut_down(runtime::Phase phase);
    runtime::Phase phase() const { return phase_; }
    // From its own thread: its tasks are cancelled, and its thread ends.
    void finish();

    bool idle() const { return connections_.empty(); }
    // From its own thread.
    const std::vector<std::shared_ptr<Connection>>& connections() const { return connections_; }
    // From any thread: bytes of messages that are still to be given to its subscribers.
    std::size_t waiting_mail() const { return branch_.waiting_bytes(); }
    // The connection answers nothing any more, and is nobody's to be found.
    void withdraw(Connection& connection);
    // It is closed.
    void leave(Connection& connection);

    // The connection's flush() will be called before its thread waits again.
    void flush_soon(Connection& connection);

    // From its own thread: sets it, so long from now.
    void call_after(runtime::Timeout& timeout, std::int64_t delay_ms);

    // Looks around, every so often, and calls what has been set.
    // Runs on: its thread, for ever.  When cancelled: ends after one more round.  Fails: never.
    runtime::awaitable<void> keep_house();
    // One round of that, from its own thread.
    void look_around();

private:
    void welcome(Arrival arrival);
    std::shared_ptr<Connection> connect(Arrival arrival);
    void enter(const std::shared_ptr<Connection>& connection);
    void expect();
    void forget();
    void take_account_of(const Connection& connection);
    observability::SpanContext trace_life(const Connection& connection);
    std::chrono::milliseconds steady_now() const;
    void set_alarm();
    void sweep();
    void deliver_mail();
    void flush();

    dispatch::Services& services_;
    dispatch::ThreadCounts& counts_;
    pubsub::Branch& branch_;
    runtime::IoThread& thread_;
    runtime::TaskGroup tasks_;
    dispatch::Dispatcher dispatcher_;
    keyspace::Sweeper sweeper_;
    protocol::Buffer scratch_;
    Parsed parsed_;
    std::vector<std::shared_ptr<Connection>> connections_;
    std::vector<std::shared_ptr<Connection>> to_flush_;
    std::vector<std::shared_ptr<Connection>> flushing_;  // kept for its memory
    Farewells farewells_;
    std::atomic<std::size_t> load_{0};
    std::atomic<std::size_t> answering_{0};
    std::int64_t now_ms_ = 0;
    runtime::TimerWheel deadlines_;
    runtime::Alarm alarm_;  // for the next of them
    std::chrono::milliseconds next_round_{0};
    runtime::Phase phase_ = runtime::Phase::running;
    bool delivering_ = false;
};

}  // namespace mini_redis::net
