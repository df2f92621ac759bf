// Those who wait: how they come to, and how they are served by who brings what they wait for.
#include "server/dispatch/dispatcher.hpp"

#include <algorithm>
#include <optional>
#include <utility>

namespace mini_redis::dispatch {

// Who waits for one of the keys may put what it gets under another one, for which others wait in
// turn: to serve them the locks of all of these are needed, and they are taken together.
void Dispatcher::lock_keys(Keys keys)
{
    locks_.take(keys);
    if (services_.waits.any() && services_.keyspace.shared()) lock_with_movers(keys);
}

// Nobody can begin to wait for a key while its lock is held; so once those that do are covered,
// they stay so.
void Dispatcher::lock_with_movers(Keys keys)
{
    std::vector<Key> all(keys.begin(), keys.end());
    std::vector<std::shared_ptr<Wait>> movers;  // whose requests the other keys' names lie in
    for (std::size_t covered = all.size();; covered = all.size()) {
        for (std::size_t i = 0; i < all.size(); ++i)
            for (auto& mover : services_.waits.movers_from(all[i].name)) {
                for (const Key& key : mover->other_keys())
                    if (std::ranges::find(all, key) == all.end()) all.push_back(key);
                movers.push_back(std::move(mover));
            }
        if (all.size() == covered) return;
        locks_.release();
        locks_.take(all);
    }
}

std::shared_ptr<Wait> Dispatcher::wait(Context& context, const Listed& command)
{
    auto wait = std::make_shared<Wait>(context.session, command, context.words, *context.waiting);
    if (const auto& trace = context.session.trace)
        wait->traced = trace->open(observability::SpanKind::wait, "wait for a key");
    services_.waits.enter(wait);
    return wait;
}

void Dispatcher::serve_waiting_with_everything_locked()
{
    now_ = services_.clock();
    locks_.take_all();
    serve_ready();
    locks_.release();
    tell_answered();
}

// In the order in which the keys became ready: also those that do because somebody is served.
void Dispatcher::serve_ready()
{
    keyspace::ReadyKeys& ready = counts_.keyspace.ready;
    do {
        if (ready.take_any()) {
            if (!locks_.all()) {
                locks_.release();
                tell_answered();  // nobody is to wait for this thread while it waits for locks
                locks_.take_all();
            }
            for (const auto& key : services_.waits.keys()) serve_ready(key);
        }
        while (const auto key = ready.take()) serve_ready(*key);
    } while (!ready.empty());
}

void Dispatcher::serve_ready(const keyspace::ReadyKeys::Ready& ready)
{
    const Key key(ready.key);
    keyspace::View data(services_.keyspace, counts_.keyspace, locks_, ready.database, now_);
    const Waits& waits = services_.waits;
    for (std::shared_ptr<Wait> wait;;) {
        const keyspace::Entry* entry = data.peek(key);
        const auto there = entry ? std::optional(entry->type()) : std::nullopt;
        wait = waits.next(ready.database, key.name, there, wait.get());
        if (!wait) return;
        serve(wait, key);
    }
}

// On behalf of its client: as if it had asked only now.
void Dispatcher::serve(const std::shared_ptr<Wait>& wait, const Key& ready)
{
    const Listed& command = wait->request().command();
    const observability::Ticks start = observability::ticks_now();
    const std::int64_t began_ns = wait->traced ? counts_.tracer.now_ns() : 0;
    bool failed = false;
    const bool over = wait->answer([&](protocol::Writer& reply) {
        Context context = context_of(wait->session(), wait->request().words());
        context.ready = &ready;
        command.command->execute(context, context.words, wait->request().keys(), reply);
        note_failure(command, reply.buffer().view());
        failed = reply.buffer().view().starts_with('-');
        return !context.waiting;
    });
    if (!over) return;
    if (wait->traced) trace_answer(*wait, began_ns, failed);
    wait->next_answered = std::exchange(answered_, wait);
    if (tracking_latency_)
        counts_.statistics.command(command.id)
            .took(observability::ticks_now() - start, nanoseconds_per_tick_);
}

void Dispatcher::tell_answered()
{
    while (const std::shared_ptr<Wait> wait = std::move(answered_)) {
        answered_ = std::move(wait->next_answered);
        wait->tell();
        services_.waits.leave(*wait);
    }
}

}  // namespace mini_redis::dispatch
