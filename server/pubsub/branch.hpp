// The subscribers of one thread, and the mail on its way to them.
//
// Publishers of all threads put messages into the mail; the branch's own thread delivers them. So a
// message costs its publisher one entry for each thread with subscribers, not one for each
// subscriber, and a subscriber is touched by its own thread alone.
#pragma once

#include "server/pubsub/message.hpp"
#include "server/runtime/keyed_hash.hpp"

#include <array>
#include <atomic>
#include <cstddef>
#include <functional>
#include <mutex>
#include <string>
#include <unordered_map>
#include <vector>

namespace mini_redis::pubsub {

template <class Value>
using Named = std::unordered_map<std::string, Value, runtime::KeyedHash, std::equal_to<>>;

class Branch;

// What one client listens to: each name, and the client's place in that name's audience. Its own
// thread alone looks into it; to change it is the hub's.
class Subscriptions {
public:
    // `branch` is the one of the subscriber's thread.
    Subscriptions(Subscriber& subscriber, Branch& branch)
        : subscriber_(&subscriber), branch_(&branch)
    {
    }

    const Named<std::size_t>& of(Kind kind) const { return places_[static_cast<unsigned>(kind)]; }
    std::size_t count(Kind kind) const { return of(kind).size(); }
    // As SUBSCRIBE and UNSUBSCRIBE count them: channels and patterns are one thing, shard channels
    // another.
    std::size_t count_beside(Kind kind) const
    {
        if (kind == Kind::shard_channel) return count(kind);
        return count(Kind::channel) + count(Kind::pattern);
    }
    bool empty() const { return count_beside(Kind::channel) + count(Kind::shard_channel) == 0; }

private:
    friend class Branch;
    friend class Hub;

    Subscriber* subscriber_;
    Branch* branch_;
    std::array<Named<std::size_t>, kind_count> places_;
    std::mutex changing_;     // for the hub
    bool withdrawn_ = false;  // what it listens to is not counted
};

class Branch {
public:
    // `number` among all branches.
    explicit Branch(std::size_t number) : number_(number) {}

    std::size_t number() const { return number_; }

    // Called on whichever thread put mail into an empty box: deliver() is to be called soon. Set
    // before the first message is published.
    void on_mail(std::function<void()> wake) { wake_ = std::move(wake); }

    // From any thread.
    void put(SharedMessage message);
    // Bytes that wait to be delivered: how far this thread is behind the publishers.
    std::size_t waiting_bytes() const { return waiting_bytes_.load(std::memory_order_relaxed); }

    // From the branch's own thread, as everything below.
    void deliver();

    // False if it was so already.
    bool add(Subscriptions& client, Kind kind, std::string_view name);
    bool remove(Subscriptions& client, Kind kind, std::string_view name);

private:
    struct Listener {
        Subscriber* subscriber;
        std::size_t* place;  // what its Subscriptions say of where it stands here
    };
    struct Audience {
        std::string head;
        std::vector<Listener> listeners;
    };

    Named<Audience>& audiences(Kind kind) { return audiences_[static_cast<unsigned>(kind)]; }
    void deliver(const SharedMessage& message);

    const std::size_t number_;
    std::function<void()> wake_;
    std::array<Named<Audience>, kind_count> audiences_;

    std::mutex mutex_;  // of the mail
    std::vector<SharedMessage> mail_;
    std::vector<SharedMessage> delivering_;  // kept for its memory
    std::atomic<std::size_t> waiting_bytes_{0};
};

}  // namespace mini_redis::pubsub
