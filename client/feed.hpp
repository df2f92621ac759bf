// A connection on which the server does the talking: a link whose replies are queued for whoever
// takes them. What is made of them, and what is said in return, is up to what derives from it.
#pragma once

#include "client/inflow.hpp"
#include "client/later.hpp"
#include "client/link.hpp"
#include "client/service.hpp"
#include "protocol/reply_parser.hpp"

#include <memory>
#include <optional>

namespace mini_redis::client {

class Feed : public Service, public Traffic, public std::enable_shared_from_this<Feed> {
public:
    // To ask this to be started is to take the next value.
    Executor executor() const override { return executor_; }
    void start(Waiter& waiter, const Request& request, Limit limit) override;
    void cancel(Waiter& waiter, asio::cancellation_type how) override;
    void refuse(Waiter& waiter, Error why) override;

    // Ends it at once; who waits fails.
    virtual void stop();

    Options& options() { return options_; }
    bool connected() const { return link_.up(); }
    int descriptor() const { return link_.descriptor(); }

protected:
    Feed(const Executor& executor, Options options, const Outside& outside);
    ~Feed() = default;

    // One thing that the server said.
    virtual void heard(protocol::Value&& value, std::size_t bytes) = 0;

    bool hears() const override { return !inflow_.full(); }
    std::string_view outgoing() const override { return outgoing_.view(); }
    void wrote(std::size_t bytes) override { outgoing_.consume(bytes); }
    std::string_view received(protocol::Buffer& in) override;
    void lost(std::string_view why) override;
    void unreachable(const Error& why) override;
    TimePoint on_time(TimePoint now) override;
    void abandon() override { inflow_.abandon(); }
    void task_failed(std::string_view task, const std::exception_ptr& fault) override;
    void tasks_ended() override {}

    // Sees that there is a link, before something is queued to be sent. Throws std::bad_alloc.
    void connect();
    // Sees that the link learns of what is to be sent.
    void speak();
    void finish_soon();
    TimePoint deadline(Limit limit);

    Executor executor_;
    Options options_;
    Outside outside_;
    Inflow inflow_;
    Link link_;
    protocol::Buffer outgoing_;
    std::optional<Error> over_;  // why nothing is taken any more

private:
    void report_fault();

    protocol::ReplyParser parser_;
    std::size_t received_ = 0;  // bytes of the value that is being received
    bool receiving_ = false;
    bool finish_posted_ = false;
    bool flush_posted_ = false;
    Later flush_;
    Later finish_;
};

}  // namespace mini_redis::client
