// Welcoming, housekeeping, seeing off.
#include "server/net/worker.hpp"

#include "server/dispatch/withdraw.hpp"
#include "server/net/socket_transport.hpp"
#include "server/observability/fault.hpp"
#include "server/observability/log.hpp"

#include <chrono>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <sys/socket.h>

namespace mini_redis::net {
namespace asio = runtime::asio;
using runtime::awaitable;
using std::chrono::milliseconds;

namespace {

void set_option(int descriptor, int level, int name, int value)
{
    ::setsockopt(descriptor, level, name, &value, sizeof value);
}

// Probes a silent peer so that it is given up after about twice `seconds`, as Redis does.
void keep_alive(int descriptor, int seconds)
{
    set_option(descriptor, SOL_SOCKET, SO_KEEPALIVE, 1);
    set_option(descriptor, IPPROTO_TCP, TCP_KEEPIDLE, seconds);
    set_option(descriptor, IPPROTO_TCP, TCP_KEEPINTVL, std::max(seconds / 3, 1));
    set_option(descriptor, IPPROTO_TCP, TCP_KEEPCNT, 3);
}

}  // namespace

Worker::Worker(dispatch::Services& services, runtime::IoThread& thread, std::size_t number,
               std::size_t workers)
    : services_(services),
      counts_(services.threads[number]),
      branch_(services.hub.branch(number)),
      thread_(thread),
      tasks_(thread_.executor(), observability::note_fault),
      dispatcher_(services, counts_, branch_),
      sweeper_(services.keyspace, counts_.keyspace, number, workers),
      now_ms_(services.clock()),
      deadlines_(static_cast<std::uint64_t>(steady_now().count())),
      alarm_(thread.executor(), services.time)
{
    branch_.on_mail([this] { thread_.post([this] { deliver_mail(); }); });
}

Worker::~Worker() = default;

void Worker::adopt(Arrival arrival)
{
    expect();
    thread_.post([this, arrival = std::move(arrival)]() mutable { welcome(std::move(arrival)); });
}

// Book: concurrency/waits. A client is one more wait, not one more thread.
void Worker::welcome(Arrival arrival)
{
    Connection* entered = nullptr;
    try {
        const auto connection = connect(std::move(arrival));
        enter(connection);
        entered = connection.get();
        tasks_.spawn("client", connection->run(connection), connection->session().id);
    } catch (const std::exception& fault) {
        observability::log_warning("cannot serve a new client: {}", fault.what());
        if (entered)
            leave(*entered);
        else
            forget();
    }
}

std::shared_ptr<Connection> Worker::welcome(std::unique_ptr<Transport> transport)
{
    auto connection =
        std::make_shared<Connection>(*this, std::move(transport), services_.clients.next_id());
    connection->session().authenticated = true;
    expect();
    enter(connection);
    return connection;
}

void Worker::enter(const std::shared_ptr<Connection>& connection)
{
    connection->index = static_cast<std::uint32_t>(connections_.size());
    connections_.push_back(connection);
    services_.clients.enter(connection->session());
    connection->shut_down(phase_);
}

std::shared_ptr<Connection> Worker::connect(Arrival arrival)
{
    const bool tcp = arrival.family != AF_UNIX;
    const int descriptor = arrival.descriptor.get();
    runtime::Socket socket(thread_.context());
    socket.assign({arrival.family, tcp ? IPPROTO_TCP : 0}, descriptor);
    arrival.descriptor.take();
    socket.non_blocking(true);
    if (tcp) {
        set_option(descriptor, IPPROTO_TCP, TCP_NODELAY, 1);
        const auto seconds = static_cast<int>(services_.config.tcp_keepalive.get());
        if (seconds != 0) keep_alive(descriptor, seconds);
    }

    auto connection = std::make_shared<Connection>(
        *this, std::make_unique<SocketTransport>(std::move(socket), tcp),
        services_.clients.next_id());
    dispatch::Session& session = connection->session();
    session.address = std::move(arrival.address);
    session.local_address = std::move(arrival.local_address);
    session.over_unix_socket = !tcp;
    session.descriptor = descriptor;
    session.created_ms = services_.clock();  // not that of the last round: a span begins with it
    session.last_used_ms = now_ms_;
    session.authenticated = services_.config.requirepass.get().empty();
    counts_.statistics.connections.add();
    observability::log_verbose("client {} has come from {}", session.id, session.address);
    return connection;
}

void Worker::withdraw(Connection& connection)
{
    if (std::exchange(connection.withdrawn, true)) return;
    dispatch::Session& session = connection.session();
    dispatch::withdraw(services_, session);
    services_.clients.leave(session);
    answering_.fetch_sub(1, std::memory_order_release);
}

void Worker::leave(Connection& connection)
{
    connection.session().trace.reset();
    const observability::Trace::Step step(trace_life(connection));
    withdraw(connection);
    observability::log_verbose("client {} has left", connection.session().id);
    if (phase_ >= runtime::Phase::not_reading) take_account_of(connection);
    // Book: pinning/the-list-moves. The list is rearranged, and what it lists stays.
    const std::uint32_t index = connection.index;
    connections_.back()->index = index;
    std::swap(connections_[index], connections_.back());
    connections_.pop_back();
    load_.fetch_sub(1, std::memory_order_release);
}

// Of whom a batch was traced, the connection is, too: then the span that it has been.
observability::SpanContext Worker::trace_life(const Connection& connection)
{
    const dispatch::Session& session = connection.session();
    if (!session.traced) return {};
    observability::Tracer& tracer = counts_.tracer;
    observability::Span span;
    span.context = tracer.connection(session.id);
    span.kind = observability::SpanKind::connection;
    span.name = "connection";
    // The time of day may have jumped, and what belongs to it is not to begin before it.
    const std::int64_t age_ms =
        std::max<std::int64_t>(services_.clock() - session.created_ms, 0) + 1;
    span.ended_ns = tracer.now_ns();
    span.began_ns = span.ended_ns - age_ms * 1'000'000;
    span.client = session.id;
    tracer.record(span);
    return span.context;
}

void Worker::take_account_of(const Connection& connection)
{
    if (connection.drained()) return farewells_.drained.add();
    const dispatch::Session& session = connection.session();
    observability::log_notice("client {} ({}) is forced to leave: it is owed {} bytes{}",
                              session.id, session.address, connection.owed(),
                              connection.holds_back() ? " and answers to what had to wait" : "");
    farewells_.forced.add();
    farewells_.bytes_lost.add(connection.owed());
}

void Worker::expect()
{
    load_.fetch_add(1, std::memory_order_relaxed);
    answering_.fetch_add(1, std::memory_order_relaxed);
}

void Worker::forget()
{
    answering_.fetch_sub(1, std::memory_order_release);
    load_.fetch_sub(1, std::memory_order_release);
}

// Each subscriber takes all that has come, and then there is one write for it.
void Worker::deliver_mail()
{
    delivering_ = true;
    branch_.deliver();
    delivering_ = false;
    flush();
}

void Worker::flush_soon(Connection& connection)
{
    if (connection.to_be_flushed) return;
    if (to_flush_.empty() && !delivering_) thread_.post([this] { flush(); });
    to_flush_.push_back(connection.shared_from_this());
    connection.to_be_flushed = true;  // last: what was not entered is not waited for
}

void Worker::flush()
{
    to_flush_.swap(flushing_);
    for (const auto& connection : flushing_) {
        connection->to_be_flushed = false;
        connection->flush();
    }
    flushing_.clear();
}

void Worker::shut_down(runtime::Phase phase)
{
    phase_ = phase;
    for (const auto& connection : connections_) connection->shut_down(phase);
}

void Worker::finish()
{
    tasks_.cancel();
    thread_.finish();
}

milliseconds Worker::steady_now() const
{
    return std::chrono::floor<milliseconds>(services_.time.now().time_since_epoch());
}

void Worker::call_after(runtime::Timeout& timeout, std::int64_t delay_ms)
{
    const auto now = std::chrono::ceil<milliseconds>(services_.time.now().time_since_epoch());
    deadlines_.set(timeout,
                   static_cast<std::uint64_t>(now.count()) + static_cast<std::uint64_t>(delay_ms));
    set_alarm();
}

// For the next round, or for what has been set if that may come before. (Who waits for the alarm is
// woken when it is set: so it is only if it has to come sooner.)
void Worker::set_alarm()
{
    const auto deadline_ms = deadlines_.next_ms().value_or(static_cast<std::uint64_t>(-1));
    const auto ms = std::min(static_cast<std::uint64_t>(next_round_.count()), deadline_ms);
    const runtime::Time::Point when(milliseconds(static_cast<std::int64_t>(ms)));
    if (alarm_.due() || !alarm_.when() || when < *alarm_.when()) alarm_.set(when);
}

awaitable<void> Worker::keep_house()
{
    const auto interval = [this] { return milliseconds(1000 / services_.config.hz.get()); };
    // Book: thread-locals/one-timer. Many deadlines need one timer, set for the first of them.
    for (next_round_ = steady_now() + interval();;) {
        set_alarm();
        co_await alarm_.wait();
        const milliseconds now = steady_now();
        deadlines_.advance(static_cast<std::uint64_t>(now.count()));
        if (now < next_round_) continue;
        next_round_ = now + interval();
        look_around();
    }
}

// Book: errors/for-ever. A fault ends one round of what has to go on for ever.
void Worker::look_around()
{
    now_ms_ = services_.clock();
    try {
        sweep();
        for (const auto& connection : connections_) connection->look_after(now_ms_);
        // Whoever put it there may have lacked the memory to say so.
        if (branch_.waiting_bytes() != 0) deliver_mail();
    } catch (const std::exception& fault) {
        observability::log_warning("housekeeping was cut short: {}", fault.what());
    }
}

// While clients are paused nothing changes by itself.
void Worker::sweep()
{
    if (!services_.keyspace.active_expiry.load(std::memory_order_relaxed)) return;
    if (services_.pause.kind(now_ms_) != dispatch::Pause::Kind::none) return;
    const auto began = std::chrono::steady_clock::now();
    sweeper_.run(now_ms_, [began] {
        return std::chrono::duration_cast<std::chrono::microseconds>(
                   std::chrono::steady_clock::now() - began)
            .count();
    });
    dispatcher_.serve_waiting();
    services_.tracking.broadcast();
}

}  // namespace mini_redis::net
