// Who listens here, and the way from the mail to them.
#include "server/pubsub/branch.hpp"

#include "protocol/glob.hpp"

#include <utility>

namespace mini_redis::pubsub {

// Book: two-models/mail. A message is handed over whole, and only the first one rings.
void Branch::put(SharedMessage message)
{
    const std::size_t bytes = message->body().size();
    bool first = false;
    {
        const std::lock_guard lock(mutex_);
        first = mail_.empty();
        mail_.push_back(std::move(message));
        waiting_bytes_.fetch_add(bytes, std::memory_order_relaxed);
    }
    if (first) wake_();
}

void Branch::deliver()
{
    {
        const std::lock_guard lock(mutex_);
        mail_.swap(delivering_);
        waiting_bytes_.store(0, std::memory_order_relaxed);
    }
    for (const SharedMessage& message : delivering_) deliver(message);
    delivering_.clear();
}

void Branch::deliver(const SharedMessage& message)
{
    const auto tell = [&](const Audience& audience) {
        for (const Listener& listener : audience.listeners)
            listener.subscriber->take(audience.head, message);
    };
    const auto& named = audiences(message->kind());
    if (const auto found = named.find(message->channel()); found != named.end())
        tell(found->second);
    if (!message->for_patterns()) return;
    for (const auto& [pattern, audience] : audiences(Kind::pattern))
        if (protocol::glob_match(pattern, message->channel())) tell(audience);
}

// Memory may run out anywhere here: it is added in both places or in none.
bool Branch::add(Subscriptions& client, Kind kind, std::string_view name)
{
    auto& places = client.places_[static_cast<unsigned>(kind)];
    if (places.find(name) != places.end()) return false;
    auto& named = audiences(kind);
    auto found = named.find(name);
    if (found == named.end())
        found = named.emplace(std::string(name), Audience{head_of(kind, name), {}}).first;
    // Book: errors/all-or-nothing. Who fails half-way takes back the half that was done.
    auto& listeners = found->second.listeners;
    const std::size_t place = listeners.size();
    try {
        listeners.push_back({client.subscriber_, nullptr});
        listeners.back().place = &places.emplace(std::string(name), place).first->second;
    } catch (...) {
        listeners.resize(place);
        if (listeners.empty()) named.erase(found);
        throw;
    }
    return true;
}

bool Branch::remove(Subscriptions& client, Kind kind, std::string_view name)
{
    auto& places = client.places_[static_cast<unsigned>(kind)];
    const auto mine = places.find(name);
    if (mine == places.end()) return false;
    auto& named = audiences(kind);
    const auto found = named.find(name);
    auto& listeners = found->second.listeners;
    // The last one takes the place that becomes free, and is told so.
    Listener& leaving = listeners[mine->second];
    leaving = listeners.back();
    *leaving.place = mine->second;
    listeners.pop_back();
    if (listeners.empty()) named.erase(found);
    places.erase(mine);  // last: `name` may be a view of its key
    return true;
}

}  // namespace mini_redis::pubsub
