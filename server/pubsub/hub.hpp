// All channels of the server: how many listen to each, and on which threads.
//
// To publish is one step under the channel's lock: count who listens, and put the message into the
// mail of each thread that has some. To subscribe or to leave takes the same lock and first
// delivers what is in the mail. So all subscribers of a channel see its messages in one order, a
// message that was counted for a subscriber reaches it, and none does that was not. (One that is to
// be closed takes nothing any more; then it is withdrawn, and not counted.)
// A channel that nobody listens to does not exist.
#pragma once

#include "server/pubsub/branch.hpp"

#include <algorithm>
#include <array>
#include <atomic>
#include <cstdint>
#include <deque>
#include <mutex>
#include <shared_mutex>
#include <string>
#include <string_view>
#include <vector>

namespace mini_redis::pubsub {

class Hub {
public:
    // One for each thread, made before any of them starts.
    Branch& add_branch() { return branches_.emplace_back(branches_.size()); }
    Branch& branch(std::size_t number) { return branches_[number]; }

    // From any thread. How many were counted; each of them will take it.
    std::size_t publish(Kind kind, std::string_view channel, std::string_view payload);

    // From the client's own thread. False if it was so already.
    bool subscribe(Subscriptions& client, Kind kind, std::string_view name);
    bool unsubscribe(Subscriptions& client, Kind kind, std::string_view name);
    void leave(Subscriptions& client);

    // From any thread: whatever the client listens to, now or later, is not counted. It stays with
    // its branch until it leaves.
    void withdraw(Subscriptions& client);

    // Whether some thread has more mail than it should: who publishes is to wait before it goes on.
    // So the mail is bounded by this and by what each client has sent at once.
    // Book: channels/back-pressure. Who fills a queue slows down before who empties it drowns.
    // Book: between-threads/too-fast. Who publishes faster than others deliver is made to wait.
    bool behind() const { return waiting_bytes_max() > mail_bytes_max; }
    std::size_t mail_bytes_max = 64 * 1024 * 1024;  // of one thread; before any of them starts

    // Bytes in the mail of the thread that is farthest behind.
    std::size_t waiting_bytes_max() const
    {
        std::size_t most = 0;
        for (const Branch& branch : branches_) most = std::max(most, branch.waiting_bytes());
        return most;
    }

    // Whether anybody listens to anything at all.
    bool has_subscribers() const { return subscriptions_.load(std::memory_order_relaxed) != 0; }

    // What there is at least one subscriber to.
    std::vector<std::string> names(Kind kind) const;
    std::size_t count(Kind kind) const;
    std::size_t subscribers(Kind kind, std::string_view name) const;

private:
    // The listeners to one name, by branch.
    struct Share {
        std::vector<std::uint32_t> of_branch;
        std::size_t total = 0;
    };
    struct Stripe {
        mutable std::mutex mutex;
        std::array<Named<Share>, kind_count> shares;  // none of patterns

        Named<Share>& of(Kind kind) { return shares[static_cast<unsigned>(kind)]; }
        const Named<Share>& of(Kind kind) const { return shares[static_cast<unsigned>(kind)]; }
    };
    class Receivers;

    static std::size_t stripe_of(std::string_view channel);
    void change(Branch& branch, Named<Share>& shares, std::string_view name, bool enter);
    template <class Self, class Step>
    static auto guarded(Self& self, Kind kind, std::string_view name, Step step);
    template <class Visit>
    void each(Kind kind, Visit visit) const;

    static constexpr std::size_t stripe_count = 64;

    std::deque<Branch> branches_;
    std::array<Stripe, stripe_count> stripes_;
    mutable std::shared_mutex patterns_mutex_;  // taken after a stripe's
    Named<Share> patterns_;
    std::atomic<std::size_t> subscriptions_{0};  // of all kinds
    std::atomic<std::size_t> pattern_count_{0};
};

}  // namespace mini_redis::pubsub
