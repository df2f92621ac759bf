// A connection that many share: a link, with a multiplexer on it.
//
// It is held by the client and by the link's tasks, and goes when the last of them does. Requests
// of one round of the event loop leave in one write: the first of them posts the flush behind
// whatever is to run before it.
#pragma once

#include "client/later.hpp"
#include "client/link.hpp"
#include "client/multiplexer.hpp"
#include "client/service.hpp"

#include <memory>
#include <optional>

namespace mini_redis::client {

class Connection final : public Service,
                         public Traffic,
                         public std::enable_shared_from_this<Connection> {
public:
    Connection(const Executor& executor, Options options, const Outside& outside);
    Connection(const Connection&) = delete;
    Connection& operator=(const Connection&) = delete;
    ~Connection() { abandon(); }

    // Requests.
    Executor executor() const override { return executor_; }
    void start(Waiter& waiter, const Request& request, Limit limit) override;
    void cancel(Waiter& waiter, asio::cancellation_type how) override;
    void refuse(Waiter& waiter, Error why) override;

    // Ends it at once; what waits fails.
    void stop();
    // Ends it when what waits is answered.
    void finish();
    // To ask this to be started is to close: nothing new is taken, what waits is answered, and
    // when all is over it is done.
    Service& closing() { return closing_; }
    // Who starts this is refused.
    Service& unfit() { return unfit_; }

    void on_push(Multiplexer::OnPush sink) { multiplexer_.on_push(std::move(sink)); }
    // Gives the connection up, if there is one; the next request makes another.
    void disconnect();

    // Taken into account from the next connection on.
    Options& options() { return options_; }
    const Outside& outside() const { return outside_; }
    protocol::Dialect dialect() const { return dialect_; }
    bool connected() const { return link_.up(); }
    int descriptor() const { return link_.descriptor(); }

private:
    class Closing final : public Service {
    public:
        explicit Closing(Connection& connection) : connection_(connection) {}
        Executor executor() const override { return connection_.executor(); }
        void start(Waiter& waiter, const Request& request, Limit limit) override;
        void cancel(Waiter& waiter, asio::cancellation_type how) override;
        void refuse(Waiter& waiter, Error why) override
        {
            connection_.refuse(waiter, std::move(why));
        }

    private:
        Connection& connection_;
    };

    class Unfit final : public Service {
    public:
        explicit Unfit(Connection& connection) : connection_(connection) {}
        Executor executor() const override { return connection_.executor(); }
        void start(Waiter& waiter, const Request& request, Limit limit) override;
        void cancel(Waiter&, asio::cancellation_type) override {}
        void refuse(Waiter& waiter, Error why) override
        {
            connection_.refuse(waiter, std::move(why));
        }

    private:
        Connection& connection_;
    };

    bool wanted() const override { return multiplexer_.waiting() != 0; }
    void opened(protocol::Dialect dialect) override { dialect_ = dialect; }
    std::string_view outgoing() const override { return multiplexer_.outgoing(); }
    void wrote(std::size_t bytes) override;
    std::string_view received(protocol::Buffer& in) override;
    void lost(std::string_view why) override;
    void unreachable(const Error& why) override;
    TimePoint on_time(TimePoint now) override;
    void abandon() override;
    void task_failed(std::string_view task, const std::exception_ptr& fault) override;
    void tasks_ended() override;

    void stop_if_done();
    void flush_soon();
    void finish_soon();
    void report_fault();

    Executor executor_;
    Options options_;
    Outside outside_;
    Multiplexer multiplexer_;
    Link link_;
    Closing closing_{*this};
    Unfit unfit_{*this};
    Line closers_;
    std::optional<Error> over_;  // why nothing is taken any more
    protocol::Dialect dialect_ = protocol::Dialect::resp2;
    bool receiving_ = false;
    bool flush_posted_ = false;
    bool finish_posted_ = false;
    Later flush_;
    Later finish_;
};

}  // namespace mini_redis::client
