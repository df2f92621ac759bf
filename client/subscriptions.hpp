// The feed behind a subscriber: what it is subscribed to, and what the server has yet to confirm.
//
// The server confirms name by name, in the order it was asked; in RESP2 and in RESP3 alike, if as
// arrays here and as pushes there. A confirmation is matched with the request in front; one that
// does not match was not asked for (a cluster moves a shard, say), and is a gap.
#pragma once

#include "client/feed.hpp"

#include <array>
#include <cstdint>
#include <deque>
#include <set>
#include <string>
#include <string_view>
#include <vector>

namespace mini_redis::client {

class Subscriptions final : public Feed {
public:
    Subscriptions(const Executor& executor, Options options, const Outside& outside)
        : Feed(executor, std::move(options), outside)
    {
    }
    Subscriptions(const Subscriptions&) = delete;
    Subscriptions& operator=(const Subscriptions&) = delete;
    ~Subscriptions() { abandon(); }

    // To ask this to be started is to subscribe or unsubscribe, as the request says.
    Service& subscribing() { return subscribing_; }
    // To ask the feed itself to be started is to take the next message.
    Service& messages() { return *this; }

    void stop() override;

private:
    enum class Kind : std::uint8_t { channel, pattern, shard };
    static constexpr std::size_t kinds = 3;

    struct Asked {
        Waiter* waiter;  // nobody any more, or the subscriber itself
        Kind kind;
        bool on;     // subscribe, not unsubscribe
        bool again;  // what was confirmed on an earlier connection
        std::vector<std::string> names;
        std::size_t confirmed;
    };

    class Subscribing final : public Service {
    public:
        explicit Subscribing(Subscriptions& all) : all_(all) {}
        Executor executor() const override { return all_.executor(); }
        void start(Waiter& waiter, const Request& request, Limit limit) override;
        void cancel(Waiter& waiter, asio::cancellation_type how) override;
        void refuse(Waiter& waiter, Error why) override { all_.refuse(waiter, std::move(why)); }

    private:
        Subscriptions& all_;
    };

    bool wanted() const override { return !asked_.empty() || subscribed(); }
    void opened(protocol::Dialect dialect) override;
    void heard(protocol::Value&& value, std::size_t bytes) override;
    void lost(std::string_view why) override;
    void unreachable(const Error& why) override;
    TimePoint on_time(TimePoint now) override;
    void abandon() override;

    bool subscribed() const;
    // Throws std::bad_alloc, and then nothing has happened.
    void ask(Waiter& waiter, const Request& request);
    void confirmed(Kind kind, bool on, const std::string& name);
    void refused(const std::string& why);
    // Throws std::bad_alloc, and then nothing was appended.
    void encode(const Asked& asked);
    void give_up(Asked& asked, const Error& why);
    void done(Asked& asked);

    Subscribing subscribing_{*this};
    std::array<std::set<std::string>, kinds> names_;  // confirmed
    std::deque<Asked> asked_;
};

}  // namespace mini_redis::client
