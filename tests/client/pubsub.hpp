// What a server says to subscribers, in RESP2 and in RESP3; and what a subscriber heard, in short.
#pragma once

#include "client/subscriber.hpp"
#include "tests/support/words.hpp"

#include <string>
#include <vector>

namespace mini_redis::tests {

struct PubSub {
    bool resp3;

    std::string array(const std::vector<std::string>& parts) const
    {
        const std::string bytes = encoded(parts);
        return (resp3 ? '>' : '*') + bytes.substr(1);
    }
    std::string message(const std::string& channel, const std::string& text) const
    {
        return array({"message", channel, text});
    }
    // The answer to SUBSCRIBE and its like: one for each name, with a count. Empty to all else.
    std::string confirm(const std::string& words) const
    {
        const auto space = words.find(' ');
        const std::string name = lowered(words.substr(0, space));
        if (name.find("subscribe") == name.npos) return {};
        std::string all;
        for (std::size_t at = space; at != words.npos;) {
            const auto next = words.find(' ', at + 1);
            all += array({name, words.substr(at + 1, next - at - 1), "1"});
            at = next;
        }
        return all;
    }
};

inline std::string in_short(const client::Item& item)
{
    if (item.kind == client::Item::Kind::gap) return "gap: " + item.text;
    return item.channel + (item.pattern.empty() ? "" : " by " + item.pattern) + ": " + item.text;
}

}  // namespace mini_redis::tests
