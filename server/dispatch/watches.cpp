// Entering, telling, and forgetting.
#include "server/dispatch/watches.hpp"

#include <algorithm>

namespace mini_redis::dispatch {

using keyspace::Effect;
using keyspace::Event;

void Watches::watch(Watcher& watcher, unsigned database, std::string_view key, bool there)
{
    const auto same = [&](const Watcher::Watched& watched) {
        return watched.database == database && watched.key == key;
    };
    if (std::ranges::any_of(watcher.keys, same)) return;
    watcher.keys.push_back({database, std::string(key), there});
    Stripe& stripe = stripe_of(key);
    const std::lock_guard lock(stripe.mutex);
    stripe.keys[watcher.keys.back().key].push_back({&watcher, database, there});
    if (count_++ == 0) effects_.attend(true);
}

void Watches::forget(Watcher& watcher)
{
    for (const auto& [database, key, there] : watcher.keys) {
        Stripe& stripe = stripe_of(key);
        const std::lock_guard lock(stripe.mutex);
        const auto found = stripe.keys.find(key);
        if (found == stripe.keys.end()) continue;
        const auto mine = [&](const Watch& watch) { return watch.watcher == &watcher; };
        const std::size_t gone = std::erase_if(found->second, mine);
        if (found->second.empty()) stripe.keys.erase(found);
        if (gone != 0 && count_.fetch_sub(gone) == gone) effects_.attend(false);
    }
    watcher.keys.clear();
    watcher.touched = false;
}

void Watches::happened(const Effect& effect)
{
    if (count_.load(std::memory_order_relaxed) == 0) return;
    switch (effect.event) {
        case Event::flushall:
        case Event::flushdb:
        case Event::swapdb:
            return touch_all(effect);
        default:
            if (changes_value(effect.event)) touch(effect.key, effect.database);
    }
}

Watches::Stripe& Watches::stripe_of(std::string_view key)
{
    return stripes_[runtime::keyed_hash(key) % stripes_.size()];
}

void Watches::touch(std::string_view key, unsigned database)
{
    Stripe& stripe = stripe_of(key);
    const std::lock_guard lock(stripe.mutex);
    const auto found = stripe.keys.find(key);
    if (found == stripe.keys.end()) return;
    for (const Watch& watch : found->second)
        if (watch.database == database) watch.watcher->touched = true;
}

void Watches::touch_all(const Effect& effect)
{
    for (Stripe& stripe : stripes_) {
        const std::lock_guard lock(stripe.mutex);
        for (const auto& [key, watches] : stripe.keys)
            for (const Watch& watch : watches)
                if (watch.there &&
                    (effect.event == Event::flushall || watch.database == effect.database))
                    watch.watcher->touched = true;
    }
}

}  // namespace mini_redis::dispatch
