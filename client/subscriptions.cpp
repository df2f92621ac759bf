// Asking, confirming, and asking again on a new connection.
#include "client/subscriptions.hpp"

#include "protocol/text.hpp"

#include <algorithm>
#include <new>
#include <utility>

namespace mini_redis::client {
namespace {

using protocol::Value;

constexpr std::array<std::string_view, 3> prefixes{"", "p", "s"};

// Takes the word in front if it is that one.
bool take(std::string_view& text, std::string_view word)
{
    if (!protocol::equal_ignoring_case(text.substr(0, word.size()), word)) return false;
    text.remove_prefix(word.size());
    return true;
}

// "psubscribe" and its like: which kind, and whether on or off. False if it is another word.
bool understand(std::string_view word, std::size_t& kind, bool& on)
{
    kind = 0;
    if (!protocol::equal_ignoring_case(word, "subscribe")) {
        if (take(word, "p"))
            kind = 1;
        else if (take(word, "s"))
            kind = 2;
    }
    on = !take(word, "un");
    return protocol::equal_ignoring_case(word, "subscribe");
}

bool is_message(std::string_view word)
{
    return word == "message" || word == "pmessage" || word == "smessage";
}

}  // namespace

void Subscriptions::Subscribing::start(Waiter& waiter, const Request& request, Limit limit)
{
    if (all_.over_) return refuse(waiter, *all_.over_);
    const auto time = limit.value_or(all_.options_.request_timeout);
    waiter.deadline = all_.deadline(time);
    try {
        all_.connect();
        if (all_.over_) return refuse(waiter, *all_.over_);  // a task failed in there
        all_.ask(waiter, request);
    } catch (const std::bad_alloc&) {
        return refuse(waiter, {Errc::no_memory, no_memory});
    }
    all_.link_.remind(waiter.deadline);
}

void Subscriptions::Subscribing::cancel(Waiter& waiter, asio::cancellation_type)
{
    for (Asked& asked : all_.asked_)
        if (asked.waiter == &waiter)
            all_.give_up(asked,
                         {Errc::cancelled, "cancelled; it may be subscribed to all the same"});
}

void Subscriptions::ask(Waiter& waiter, const Request& request)
{
    std::size_t kind = 0;
    bool on = true;
    understand(request.name(), kind, on);
    Asked asked{&waiter, static_cast<Kind>(kind), on, false, {}, 0};
    for (std::size_t i = 1; i < request.size(); ++i) asked.names.emplace_back(request.word(i));
    asked_.push_back(std::move(asked));
    try {
        if (link_.up()) encode(asked_.back());
    } catch (...) {
        asked_.pop_back();
        throw;
    }
    waiter.state = Waiter::State::queued;
    speak();
}

void Subscriptions::encode(const Asked& asked)
{
    std::string name(prefixes[static_cast<std::size_t>(asked.kind)]);
    name += asked.on ? "subscribe" : "unsubscribe";
    Request(std::string_view(name)).then(asked.names).encode(outgoing_);
}

bool Subscriptions::subscribed() const
{
    return std::ranges::any_of(names_, [](const auto& names) { return !names.empty(); });
}

// First all that there was, then what was asked for and not confirmed.
void Subscriptions::opened(protocol::Dialect)
{
    for (std::size_t kind = kinds; kind-- != 0;) {
        const auto& names = names_[kind];
        if (names.empty()) continue;
        asked_.push_front({nullptr, static_cast<Kind>(kind), true, true,
                           std::vector<std::string>(names.begin(), names.end()), 0});
    }
    outgoing_.clear();
    for (Asked& asked : asked_) {
        asked.confirmed = 0;
        encode(asked);
    }
}

void Subscriptions::heard(Value&& value, std::size_t bytes)
{
    if (value.is_error()) return refused(value.text);
    if (value.children.size() < 3) return;
    const std::string& word = value.children[0].text;
    std::size_t kind = 0;
    bool on = true;
    if (is_message(word))
        inflow_.push(std::move(value), bytes);
    else if (understand(word, kind, on))
        confirmed(static_cast<Kind>(kind), on, value.children[1].text);
}

void Subscriptions::confirmed(Kind kind, bool on, const std::string& name)
{
    auto& names = names_[static_cast<std::size_t>(kind)];
    on ? void(names.insert(name)) : void(names.erase(name));
    const bool expected = !asked_.empty() && asked_.front().kind == kind &&
                          asked_.front().on == on &&
                          asked_.front().names[asked_.front().confirmed] == name;
    if (!expected) return inflow_.push_gap("the server ended the subscription to " + name);
    Asked& asked = asked_.front();
    if (++asked.confirmed == asked.names.size()) done(asked);
}

void Subscriptions::done(Asked& asked)
{
    if (Waiter* const waiter = asked.waiter) {
        waiter->receive(Scalar{Value::Kind::simple, "OK", 0, 0});
        inflow_.settle(*waiter);
        finish_soon();
    }
    asked_.pop_front();
}

void Subscriptions::refused(const std::string& why)
{
    if (asked_.empty()) return;
    Asked asked = std::move(asked_.front());
    asked_.pop_front();
    give_up(asked, {Errc::server, why});
    if (!asked.again) return;
    for (const auto& name : asked.names) names_[static_cast<std::size_t>(asked.kind)].erase(name);
    inflow_.push_gap("not subscribed to any more: " + why);
}

void Subscriptions::give_up(Asked& asked, const Error& why)
{
    Waiter* const waiter = std::exchange(asked.waiter, nullptr);
    if (waiter == nullptr) return;
    waiter->fail(why);
    inflow_.settle(*waiter);
    finish_soon();
}

void Subscriptions::lost(std::string_view why)
{
    std::erase_if(asked_, [](const Asked& asked) { return asked.again; });
    if (subscribed()) inflow_.push_gap("connection lost (" + std::string(why) + ")");
    Feed::lost(why);
}

void Subscriptions::unreachable(const Error& why)
{
    for (Asked& asked : asked_) give_up(asked, why);
    asked_.clear();
    Feed::unreachable(why);
}

TimePoint Subscriptions::on_time(TimePoint now)
{
    TimePoint next = Feed::on_time(now);
    for (Asked& asked : asked_) {
        if (asked.waiter == nullptr) continue;
        if (asked.waiter->deadline > now)
            next = std::min(next, asked.waiter->deadline);
        else
            give_up(asked, {Errc::timed_out, "timed out; it may be subscribed to all the same"});
    }
    return next;
}

void Subscriptions::stop()
{
    if (!over_) over_ = Error{Errc::closed, "the subscriber is closed"};
    for (Asked& asked : asked_) give_up(asked, *over_);
    Feed::stop();
}

void Subscriptions::abandon()
{
    for (Asked& asked : asked_)
        if (Waiter* const waiter = std::exchange(asked.waiter, nullptr)) waiter->abandon();
    Feed::abandon();
}

}  // namespace mini_redis::client
