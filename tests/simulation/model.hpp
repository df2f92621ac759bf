// What the commands of the simulation do, said once more and as simply as can be: on maps and sets.
#pragma once

#include "tests/simulation/ledger.hpp"

#include <algorithm>
#include <cstdint>
#include <deque>
#include <functional>
#include <map>
#include <string>

namespace mini_redis::tests {

class Model {
public:
    // The one pattern that is listened to, and what it matches.
    static constexpr std::string_view pattern = "c*";

    Ledger& enter(std::uint64_t id)
    {
        Ledger& entered = ledgers_.emplace_back();
        entered.id = id;
        return entered;
    }
    Ledger* find(std::uint64_t id)
    {
        for (Ledger& ledger : ledgers_)
            if (ledger.id == id) return &ledger;
        return nullptr;
    }
    const std::deque<Ledger>& ledgers() const { return ledgers_; }

    std::size_t listeners(const std::string& channel) const
    {
        return static_cast<std::size_t>(std::ranges::count_if(ledgers_, [&](const Ledger& each) {
            return !each.withdrawn && each.channels.contains(channel);
        }));
    }
    std::size_t pattern_listeners() const
    {
        return static_cast<std::size_t>(std::ranges::count_if(ledgers_, [](const Ledger& each) {
            return !each.withdrawn && !each.patterns.empty();
        }));
    }
    std::int64_t counter(const std::string& key) const
    {
        const auto found = values_.find(key);
        return found == values_.end() ? 0 : std::stoll(found->second);
    }

    // Whether a client is there to be killed.
    std::function<bool(std::uint64_t)> is_there;

    // Applies the client's request; returns the reply, nothing if that is not foreseen.
    std::string apply(Ledger& me, const RequestWords& words)
    {
        protocol::Buffer buffer;
        protocol::Writer reply(buffer, me.dialect);
        const std::string& verb = words[0];
        if (verb == "HELLO") return me.dialect = protocol::Dialect::resp3, std::string();
        if (verb == "CLIENT")
            of_client(words, me, reply);
        else if (verb == "PUBLISH")
            reply.integer(publish(words[1], words[2]));
        else if (verb.ends_with("SUBSCRIBE"))
            subscribe(me, words, reply);
        else
            of_values(me, words, reply);
        return std::string(buffer.view());
    }

private:
    void of_values(Ledger& me, const RequestWords& words, protocol::Writer& reply)
    {
        const std::string& verb = words[0];
        if (verb == "SET") {
            values_[words[1]] = words[2];
            reply.ok();
        } else if (verb == "GET") {
            const auto found = values_.find(words[1]);
            found == values_.end() ? reply.null() : reply.bulk(found->second);
        } else if (verb == "INCR") {
            const std::int64_t value = counter(words[1]) + 1;
            values_[words[1]] = std::to_string(value);
            reply.integer(value);
        } else if (verb == "PING") {
            if (me.listens() && !me.resp3()) reply.array(2), reply.bulk("pong");
            reply.bulk(words[1]);
        } else {  // QUIT
            me.quit = me.may_leave = true;
            reply.ok();
        }
    }

    void of_client(const RequestWords& words, const Ledger& me, protocol::Writer& reply)
    {
        if (words[1] != "KILL") return reply.ok();
        const std::uint64_t id = std::stoull(words[3]);
        const bool killed = id != me.id && is_there(id);
        if (Ledger* const victim = killed ? find(id) : nullptr)
            victim->withdrawn = victim->may_leave = true;
        reply.integer(killed ? 1 : 0);
    }

    void subscribe(Ledger& me, const RequestWords& words, protocol::Writer& reply)
    {
        std::string what = words[0];
        for (char& c : what) c = static_cast<char>(c - 'A' + 'a');
        std::set<std::string>& names = what.front() == 'p' ? me.patterns : me.channels;
        for (std::size_t i = 1; i < words.size(); ++i) {
            if (what.find("unsub") == std::string::npos)
                names.insert(words[i]);
            else
                names.erase(words[i]);
            reply.push(3);
            reply.bulk(what);
            reply.bulk(words[i]);
            reply.integer(static_cast<std::int64_t>(me.channels.size() + me.patterns.size()));
        }
    }

    std::int64_t publish(const std::string& channel, const std::string& payload)
    {
        const bool matches = channel.starts_with(pattern.front()) && pattern_listeners() != 0;
        std::int64_t count = 0;
        for (Ledger& each : ledgers_) {
            if (each.withdrawn) continue;
            if (each.channels.contains(channel)) count += push(each, channel, payload, false);
            if (matches && !each.patterns.empty()) count += push(each, channel, payload, true);
        }
        return count;
    }

    int push(Ledger& to, const std::string& channel, const std::string& payload, bool by_pattern)
    {
        protocol::Buffer buffer;
        protocol::Writer message(buffer, to.dialect);
        message.push(by_pattern ? 4 : 3);
        message.bulk(by_pattern ? "pmessage" : "message");
        if (by_pattern) message.bulk(pattern);
        message.bulk(channel);
        message.bulk(payload);
        to.pushes.push_back({std::string(buffer.view()), to.replies.size()});
        return 1;
    }

    std::deque<Ledger> ledgers_;
    std::map<std::string, std::string> values_;
};

}  // namespace mini_redis::tests
