// Entering, finding who is next, ending.
#include "server/dispatch/waits.hpp"

#include <new>

namespace mini_redis::dispatch {
namespace {

KeptRequest kept(const Listed& command, Words words, const Waiting& waiting)
{
    std::vector<Word> said(words.begin(), words.end());
    for (const auto& [at, word] : waiting.instead) said[at] = word;
    return {command, said};
}

}  // namespace

Wait::Wait(Session& session, const Listed& command, Words words, const Waiting& waiting)
    : session_(session),
      client_(session.id),
      request_(kept(command, words, waiting)),
      database_(session.database),
      type_(waiting.type),
      key_count_(waiting.keys),
      timeout_ms_(waiting.timeout_ms),
      heeds_absence_(waiting.heeds_absence),
      silent_(session.reply_mode != ReplyMode::on),
      dialect_(session.dialect)
{
}

bool Wait::end_by(End how)
{
    const std::lock_guard lock(mutex_);
    if (decided_ != End::none) return false;
    decided_ = how;
    tell(how);
    return true;
}

void Wait::tell()
{
    const std::lock_guard lock(mutex_);
    tell(decided_);
}

void Wait::tell(End how)
{
    end_.store(how, std::memory_order_release);
    end_.notify_all();
    session_.waiting = false;
    session_.link.resume();
}

void Wait::be_told()
{
    end_.wait(End::none);
    const std::lock_guard until_it_is(mutex_);
}

void Wait::reply(protocol::Writer& reply)
{
    be_told();
    if (end() == End::failed) throw std::bad_alloc();
    if (silent_) return;
    if (end() == End::answered) return reply.buffer().append(answer_.view());
    if (end() == End::timed_out) return reply.null_array();
    reply.error("UNBLOCKED client unblocked via CLIENT UNBLOCK");
}

// Known of its client last: who ends it from there on finds it whole. One that is killed at the
// same time is found by its killer, or is found to be killed.
void Waits::enter(const Pointer& wait)
{
    {
        const std::lock_guard lock(mutex_);
        wait->number_ = ++last_number_;
    }
    ++count_;
    try {
        for (const Key& key : wait->keys()) enter(wait, key);
        wait->session_.waiting = true;
        const std::lock_guard lock(mutex_);
        of_clients_[wait->client_] = wait;
    } catch (...) {
        leave(*wait);
        throw;
    }
    if (wait->session_.killed) end(*wait, Wait::End::left);
}

void Waits::enter(const Pointer& wait, const Key& key)
{
    Stripe& stripe = stripe_of(key.name);
    const std::lock_guard lock(stripe.mutex);
    const auto queue = stripe.queues.try_emplace(std::string(key.name)).first;
    auto& [waits, heeding_absence, moving] = queue->second;
    try {
        if (waits.emplace(std::pair(wait->database_, wait->number_), wait).second) {
            if (wait->heeds_absence_) ++heeding_absence;
            if (!wait->other_keys().empty()) ++moving;
        }
    } catch (...) {
        if (waits.empty()) stripe.queues.erase(queue);
        throw;
    }
    keyspace_.await(key);
    ++wait->entered_;
}

void Waits::leave(const Wait& wait)
{
    for (const Key& key : wait.keys().first(wait.entered_)) {
        keyspace_.await_no_longer(key);
        Stripe& stripe = stripe_of(key.name);
        const std::lock_guard lock(stripe.mutex);
        const auto found = stripe.queues.find(key.name);
        if (found == stripe.queues.end()) continue;
        Queue& queue = found->second;
        if (queue.waits.erase({wait.database_, wait.number_}) == 0) continue;
        if (wait.heeds_absence_) --queue.heeding_absence;
        if (!wait.other_keys().empty()) --queue.moving;
        if (queue.waits.empty()) stripe.queues.erase(found);
    }
    const std::lock_guard lock(mutex_);
    --count_;
    const auto mine = of_clients_.find(wait.client_);
    if (mine != of_clients_.end() && mine->second.get() == &wait) of_clients_.erase(mine);
}

bool Waits::end(Wait& wait, Wait::End how)
{
    if (!wait.end_by(how)) return false;
    leave(wait);
    return true;
}

bool Waits::end_of(std::uint64_t client, Wait::End how)
{
    const Pointer wait = of_client(client);
    return wait && end(*wait, how);
}

void Waits::withdraw(std::uint64_t client)
{
    const Pointer wait = of_client(client);
    if (wait && !end(*wait, Wait::End::left)) wait->be_told();
}

Waits::Pointer Waits::of_client(std::uint64_t client) const
{
    const std::lock_guard lock(mutex_);
    const auto found = of_clients_.find(client);
    return found == of_clients_.end() ? nullptr : found->second;
}

Waits::Pointer Waits::next(unsigned database, std::string_view key,
                           std::optional<keyspace::Type> there, const Wait* after) const
{
    const Stripe& stripe = stripe_of(key);
    const std::lock_guard lock(stripe.mutex);
    const auto found = stripe.queues.find(key);
    if (found == stripe.queues.end()) return nullptr;
    const Queue& queue = found->second;
    if (!there && queue.heeding_absence == 0) return nullptr;
    auto at = queue.waits.upper_bound({database, after ? after->number_ : 0});
    for (; at != queue.waits.end() && at->first.first == database; ++at)
        if (at->second->heeds(there)) return at->second;
    return nullptr;
}

std::vector<keyspace::ReadyKeys::Ready> Waits::keys() const
{
    const std::lock_guard lock(mutex_);
    std::vector<keyspace::ReadyKeys::Ready> all;
    for (const auto& [client, wait] : of_clients_)
        for (const Key& key : wait->keys()) all.push_back({wait->database_, std::string(key.name)});
    return all;
}

std::vector<Waits::Pointer> Waits::movers_from(std::string_view key) const
{
    std::vector<Pointer> movers;
    const Stripe& stripe = stripe_of(key);
    const std::lock_guard lock(stripe.mutex);
    const auto found = stripe.queues.find(key);
    if (found == stripe.queues.end() || found->second.moving == 0) return movers;
    for (const auto& [place, wait] : found->second.waits)
        if (!wait->other_keys().empty()) movers.push_back(wait);
    return movers;
}

Waits::Stripe& Waits::stripe_of(std::string_view key)
{
    return stripes_[runtime::keyed_hash(key) % stripes_.size()];
}

const Waits::Stripe& Waits::stripe_of(std::string_view key) const
{
    return stripes_[runtime::keyed_hash(key) % stripes_.size()];
}

}  // namespace mini_redis::dispatch
