// What is known of one client from outside of the server: what it asked, what it has to be told.
#pragma once

#include "protocol/writer.hpp"

#include <cstddef>
#include <cstdint>
#include <set>
#include <string>
#include <string_view>
#include <vector>

namespace mini_redis::tests {

using RequestWords = std::vector<std::string>;

class Ledger {
public:
    struct Request {
        RequestWords words;
        std::size_t end;  // in the stream of what the client sends
    };
    struct Reply {
        std::string bytes;
        std::size_t after_pushes = 0;  // so many messages come before it
        bool acknowledges_incr = false;
    };
    struct Push {
        std::string bytes;
        std::size_t after_replies;
    };

    bool resp3() const { return dialect == protocol::Dialect::resp3; }
    bool listens() const { return !channels.empty() || !patterns.empty(); }
    std::size_t boundary() const { return applied == 0 ? 0 : requests[applied - 1].end; }
    bool has_next() const { return applied < requests.size(); }
    const Request& next() const { return requests[applied]; }

    // Whether the next request, of which so many bytes were read, is refused without being run.
    bool refuses_next(std::size_t read) const
    {
        if (!has_next() || next().end > read || quit || resp3() || !listens()) return false;
        const std::string& verb = next().words[0];
        return !verb.ends_with("SUBSCRIBE") && verb != "PING" && verb != "QUIT";
    }
    void refuse_next()
    {
        const RequestWords& words = next().words;
        std::string name = words[0] == "CLIENT" ? words[0] + "|" + words[1] : words[0];
        for (char& c : name)
            if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
        answer("-ERR Can't execute '" + name +
               "': only (P|S)SUBSCRIBE / (P|S)UNSUBSCRIBE / PING / QUIT / RESET are allowed in "
               "this context\r\n");
    }

    // The next request was applied, and has to be answered so.
    void answer(std::string bytes)
    {
        const RequestWords& words = next().words;
        const bool incr = words[0] == "INCR" && bytes.front() == ':';
        const bool after_all = words[0].ends_with("SUBSCRIBE");
        reply_bytes += bytes.size();
        replies.push_back({std::move(bytes), after_all ? pushes.size() : 0, incr});
        ++applied;
    }

    // What is wrong with what it received; empty: nothing. `complete`: it has to be everything.
    std::string judge(std::string_view received, bool all_replies, bool all_pushes) const;

    std::uint64_t id = 0;
    protocol::Dialect dialect = protocol::Dialect::resp2;
    std::vector<Request> requests;
    std::size_t applied = 0;
    std::vector<Reply> replies;
    std::size_t reply_bytes = 0;
    std::vector<Push> pushes;
    std::size_t pushes_taken = 0;  // that its connection took
    std::size_t push_bytes = 0;    // of those
    std::set<std::string> channels;
    std::set<std::string> patterns;
    bool quit = false;
    bool withdrawn = false;                // it was killed: it counts no more
    bool may_leave = false;                // its connection has a reason to end
    mutable std::size_t acknowledged = 0;  // INCRs whose replies it has, by judge()
};

inline std::string Ledger::judge(std::string_view received, bool all_replies, bool all_pushes) const
{
    std::size_t reply = 0;
    std::size_t push = 0;
    const auto begins = [&](std::string_view bytes) {
        return received.substr(0, bytes.size()) == bytes.substr(0, received.size());
    };
    acknowledged = 0;
    while (!received.empty()) {
        const bool is_push = push < pushes.size() && begins(pushes[push].bytes);
        const bool is_reply = reply < replies.size() && begins(replies[reply].bytes);
        const std::string where = "after " + std::to_string(reply) + " replies and " +
                                  std::to_string(push) + " messages it received " +
                                  std::string(received.substr(0, 60));
        if (!is_push && !is_reply) return where;
        const std::string& bytes = is_push ? pushes[push].bytes : replies[reply].bytes;
        if (received.size() < bytes.size()) break;
        if (is_push && reply < pushes[push].after_replies) return "a message too early: " + where;
        if (!is_push && push < replies[reply].after_pushes) return "a message too late: " + where;
        if (!is_push) acknowledged += replies[reply].acknowledges_incr;
        received.remove_prefix(bytes.size());
        is_push ? ++push : ++reply;
    }
    if (all_replies && (reply < replies.size() || !received.empty()))
        return "of " + std::to_string(replies.size()) + " replies it has " + std::to_string(reply) +
               ", " + std::to_string(received.size()) + " bytes are left";
    if (all_pushes && push < pushes.size())
        return "of " + std::to_string(pushes.size()) + " messages it has " + std::to_string(push);
    return {};
}

}  // namespace mini_redis::tests
