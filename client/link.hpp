// One connection kept up for what travels on it: it connects, greets, reads and writes; and when
// the connection is lost, pauses and does so again.
//
//   keep:   wanted? -> open, greet -> read until it ends -> pause -> wanted? ...
//   write:  only while the kernel does not take all that there is
//   watch:  the one alarm: a connection attempt that takes too long, a pause, the traffic's own
//
// All state is here and none in the frames of these three tasks. Each wait is a hint, after which
// is checked what was waited for; none of them is ever cancelled: stop() closes what they wait
// for. It knows nothing of requests and replies; that is its Traffic's business.
#pragma once

#include "client/alarm.hpp"
#include "client/backoff.hpp"
#include "client/handshake.hpp"
#include "client/notify.hpp"
#include "client/outside.hpp"
#include "client/tasks.hpp"
#include "protocol/buffer.hpp"
#include "protocol/reply_parser.hpp"

#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>

namespace mini_redis::client {

// What travels on a link.
class Traffic : public Tasks::Owner {
public:
    // Whether there is any need for a connection.
    virtual bool wanted() const = 0;
    // Whether what arrives can be taken now; Link::wake() when it can again.
    virtual bool hears() const { return true; }
    virtual void opened(protocol::Dialect dialect) = 0;
    // Bytes to be sent, and how many of them were.
    virtual std::string_view outgoing() const = 0;
    virtual void wrote(std::size_t bytes) = 0;
    // Takes all of what arrived; returns what is wrong with it, or nothing.
    virtual std::string_view received(protocol::Buffer& in) = 0;
    // The connection was open and is gone; or an attempt to open one failed, for the last time
    // before what waits should be told.
    virtual void lost(std::string_view why) = 0;
    virtual void unreachable(const Error& why) = 0;
    // It is this late. Returns when it wants to be told again.
    virtual TimePoint on_time(TimePoint now) = 0;
    // The io_context is going, and with it all that waits: let go of handlers, call none.
    virtual void abandon() = 0;

protected:
    ~Traffic() = default;
};

class Link {
public:
    Link(const Executor& executor, const Options& options, Outside outside, Traffic& traffic);
    Link(const Link&) = delete;
    Link& operator=(const Link&) = delete;

    // Starts the tasks, which hold the traffic's owner. Once, or again if it threw std::bad_alloc.
    void start(const std::shared_ptr<Tasks::Owner>& self);
    bool started() const { return started_; }
    // Ends the tasks; tasks_ended() tells when they have.
    void stop();
    bool stopped() const { return stopped_; }

    // Something has changed that a task may wait for.
    void wake() { bell_.notify(); }
    // Writes what the kernel takes of the traffic's bytes, and sees to the rest.
    void flush();
    // Gives the connection up, as if the network had.
    void drop(std::string_view why);

    TimePoint now() const { return alarm_->now(); }
    // on_time() is called then, or before.
    void remind(TimePoint when);

    bool up() const { return up_; }
    std::size_t running() const { return tasks_.size(); }
    int descriptor() const { return up_ ? transport_->descriptor() : -1; }
    // Why there is no connection, for messages; empty before the first attempt has failed.
    const std::string& trouble() const { return trouble_; }

private:
    using Self = std::shared_ptr<Tasks::Owner>;
    // In the frame of watch(), from before it begins.
    struct Watching {
        explicit Watching(Link& is) : link(&is) {}
        Watching(Watching&& other) noexcept : link(std::exchange(other.link, nullptr)) {}
        Watching& operator=(Watching&&) = delete;
        ~Watching();
        Link* link;
    };

    awaitable<void> keep();
    awaitable<std::optional<Error>> open();
    awaitable<std::optional<Error>> greet();
    awaitable<void> exchange_greetings();
    awaitable<void> read_on();
    awaitable<void> write_rest();
    awaitable<void> watch(Watching watching);
    awaitable<void> watch_until_stopped();
    awaitable<void> pause();

    void drop(const error_code& error);
    void failed(const Error& why);
    bool read_some();
    void write_some();
    bool closed() const { return stopped_ || !ended_.empty(); }

    Executor executor_;
    const Options& options_;
    Traffic& traffic_;
    std::unique_ptr<Transport> transport_;
    std::unique_ptr<Alarm> alarm_;
    std::function<double()> chance_;
    Tasks tasks_;
    Notify bell_;  // for keep()
    std::weak_ptr<Tasks::Owner> self_;
    protocol::Buffer in_;
    std::optional<Handshake> handshake_;
    protocol::ReplyParser greeting_;

    bool watched_ = false;  // watch() was started
    bool started_ = false;  // and keep(), too
    bool stopped_ = false;
    bool up_ = false;       // greeted, and not known to be lost
    bool writing_ = false;  // write_rest() is at it
    bool drained_ = false;  // the last read left nothing behind
    std::string ended_;     // why the connection is over, before keep() has seen to it
    std::string trouble_;

    Backoff backoff_;
    int failures_ = 0;  // in a row
    TimePoint attempt_ends_ = never;
    TimePoint pause_ends_{};
    TimePoint alarm_set_ = never;
};

}  // namespace mini_redis::client
