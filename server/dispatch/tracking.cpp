// Who has read what, and how they are told.
#include "server/dispatch/tracking.hpp"

#include <algorithm>
#include <memory>
#include <utility>

namespace mini_redis::dispatch {
namespace {

using keyspace::Event;
using keyspace::Key;
using Names = std::span<const std::string_view>;

// Who tracks in RESP2 is told on the redirected client's connection, as by a message to this.
constexpr std::string_view channel = "__redis__:invalidate";

bool is_change(Event event)
{
    return changes_value(event) && event != Event::swapdb;
}

// `keys` are no longer what they were; if there are none, nothing is.
std::shared_ptr<const std::string> invalidation(protocol::Dialect dialect, Names keys)
{
    protocol::Buffer bytes;
    protocol::Writer out(bytes, dialect);
    if (dialect == protocol::Dialect::resp3) {
        out.push(2);
        out.bulk("invalidate");
    } else {
        out.array(3);
        out.bulk("message");
        out.bulk(channel);
    }
    if (keys.empty()) {
        out.null();
    } else {
        out.array(keys.size());
        for (const std::string_view key : keys) out.bulk(key);
    }
    return std::make_shared<const std::string>(bytes.view());
}

std::shared_ptr<const std::string> broken_redirect(std::uint64_t client)
{
    protocol::Buffer bytes;
    protocol::Writer out(bytes, protocol::Dialect::resp3);
    out.push(2);
    out.bulk("tracking-redir-broken");
    out.integer(static_cast<std::int64_t>(client));
    return std::make_shared<const std::string>(bytes.view());
}

bool speaks_resp3(const Session& session)
{
    return session.resp == 3;
}

}  // namespace

Tracking::Tracking(const config::Config& config, keyspace::Effects& effects, Clients& clients)
    : config_(config), effects_(effects), clients_(clients)
{
    effects_.subscribe(*this);
}

void Tracking::enable(Session& session, const TrackingOptions& options)
{
    TrackingState& state = session.tracking;
    const std::lock_guard lock(mutex_);
    if (!state.on.exchange(true)) {
        tracking_.push_back(session.id);
        effects_.attend(true);
    }
    state.broken_redirect = false;
    state.broadcast = options.broadcast;
    state.opt_in = options.opt_in;
    state.opt_out = options.opt_out;
    state.no_loop = options.no_loop;
    state.redirect = options.redirect;
    if (!options.broadcast) return;
    const auto listen = [&](const std::string& prefix) {
        Ids& clients = prefixes_[prefix].clients;
        if (std::ranges::find(clients, session.id) == clients.end()) clients.push_back(session.id);
    };
    std::ranges::for_each(options.prefixes, listen);
    if (options.prefixes.empty()) listen("");
    prefix_count_ = prefixes_.size();
}

void Tracking::disable(Session& session)
{
    if (!session.tracking.on) return;
    session.tracking.reset();
    effects_.attend(false);
    const std::lock_guard lock(mutex_);
    std::erase(tracking_, session.id);
    for (auto& [prefix, of_prefix] : prefixes_) std::erase(of_prefix.clients, session.id);
    std::erase_if(prefixes_, [](const auto& named) { return named.second.clients.empty(); });
    prefix_count_ = prefixes_.size();
}

std::vector<std::string> Tracking::prefixes_of(const Session& session) const
{
    const std::lock_guard lock(mutex_);
    std::vector<std::string> mine;
    for (const auto& [prefix, of_prefix] : prefixes_)
        if (std::ranges::find(of_prefix.clients, session.id) != of_prefix.clients.end())
            mine.push_back(prefix);
    return mine;
}

void Tracking::remember(const Session& session, std::span<const Key> keys)
{
    const auto keys_max = static_cast<std::size_t>(config_.tracking_table_max_keys.get());
    for (const Key& key : keys) {
        auto& readers = readers_[key.shard()];
        auto found = readers.find(key.name);
        if (found == readers.end()) {
            // Any key of this shard will do: which shards are full is a matter of chance.
            if (keys_max != 0 && keys_ >= keys_max && !readers.empty())
                forget(readers, readers.begin(), 0);
            found = readers.emplace(std::string(key.name), Ids()).first;
            ++keys_;
        }
        Ids& ids = found->second;  // in order
        const auto place = std::ranges::lower_bound(ids, session.id);
        if (place != ids.end() && *place == session.id) continue;
        ids.insert(place, session.id);
        ++items_;
    }
}

void Tracking::happened(const keyspace::Effect& effect)
{
    if (!is_change(effect.event)) return;
    if (effect.event == Event::flushall || effect.event == Event::flushdb)
        return forget_everything();
    if (prefix_count_.load(std::memory_order_relaxed) != 0) note_change(effect);
    if (keys_.load(std::memory_order_relaxed) == 0) return;
    auto& readers = readers_[Key(effect.key).shard()];
    if (const auto found = readers.find(effect.key); found != readers.end())
        forget(readers, found, effect.client);
}

// What is forgotten is told to who has read it: from now on they are not told.
void Tracking::forget(Named<Ids>& readers, Named<Ids>::iterator key, std::uint64_t changed_by)
{
    const auto [name, ids] = std::move(*key);
    readers.erase(key);
    --keys_;
    items_ -= ids.size();
    const std::string_view keys[] = {name};
    for (const std::uint64_t id : ids) {
        bool wants = false;
        clients_.with(id, [&](const Session& session) {
            const TrackingState& state = session.tracking;
            wants = state.on && !state.broadcast && !(state.no_loop && id == changed_by);
        });
        if (wants) tell(id, keys);
    }
}

void Tracking::forget_everything()
{
    for (auto& readers : readers_) readers.clear();
    keys_ = 0;
    items_ = 0;
    Ids all;
    {
        const std::lock_guard lock(mutex_);
        all = tracking_;
    }
    for (const std::uint64_t id : all) tell(id, {});
}

void Tracking::note_change(const keyspace::Effect& effect)
{
    const std::lock_guard lock(mutex_);
    for (auto& [prefix, of_prefix] : prefixes_)
        if (effect.key.starts_with(prefix)) {
            of_prefix.changes.insert_or_assign(std::string(effect.key), effect.client);
            changes_wait_ = true;
        }
}

void Tracking::tell_of_changes()
{
    std::vector<Prefix> told;
    {
        const std::lock_guard lock(mutex_);
        changes_wait_ = false;
        for (auto& [prefix, of_prefix] : prefixes_)
            if (!of_prefix.changes.empty())
                told.push_back({of_prefix.clients, std::exchange(of_prefix.changes, {})});
    }
    for (const Prefix& of_prefix : told)
        for (const std::uint64_t id : of_prefix.clients) {
            bool no_loop = false;
            clients_.with(id, [&](const Session& session) { no_loop = session.tracking.no_loop; });
            std::vector<std::string_view> keys;
            for (const auto& [key, changed_by] : of_prefix.changes)
                if (!no_loop || changed_by != id) keys.push_back(key);
            if (!keys.empty()) tell(id, keys);
        }
}

void Tracking::tell(std::uint64_t client, Names keys)
{
    std::uint64_t redirect = 0;
    const bool there = clients_.with(client, [&](Session& session) {
        redirect = session.tracking.redirect;
        if (redirect == 0 && speaks_resp3(session))
            session.link.push(invalidation(protocol::Dialect::resp3, keys));
    });
    if (!there || redirect == 0) return;
    const bool redirected = clients_.with(redirect, [&](Session& session) {
        if (speaks_resp3(session))
            session.link.push(invalidation(protocol::Dialect::resp3, keys));
        else if (session.listens())
            session.link.push(invalidation(protocol::Dialect::resp2, keys));
    });
    if (redirected) return;
    clients_.with(client, [&](Session& session) {
        session.tracking.broken_redirect = true;
        if (speaks_resp3(session)) session.link.push(broken_redirect(redirect));
    });
}

Tracking::Totals Tracking::totals() const
{
    const std::lock_guard lock(mutex_);
    return {tracking_.size(), keys_, items_, prefixes_.size()};
}

}  // namespace mini_redis::dispatch
