// A plain tally; redis-server's reply decides what succeeded.
#include "tests/conformance/coverage.hpp"

#include "tests/conformance/scope.hpp"

namespace mini_redis::tests {

void Coverage::Count::add(bool ok)
{
    ++sent;
    taken += ok ? 1 : 0;
}

void Coverage::record(const Step& step, std::string_view reply)
{
    if (reply == "+QUEUED\r\n") return;  // what becomes of it is EXEC's to say
    const bool ok = !reply.starts_with('-') && !reply.starts_with('!');
    auto& entry = entries_[step.command];
    entry.all.add(ok);
    for (const auto& token : step.tokens) entry.tokens[token].add(ok);
}

void Coverage::print(std::ostream& out) const
{
    out << "taken/sent by command and option\n";
    for (const auto& [name, entry] : entries_) {
        out << "  " << name << ' ' << entry.all.taken << '/' << entry.all.sent;
        for (const auto& [token, count] : entry.tokens)
            out << ", " << token << ' ' << count.taken << '/' << count.sent;
        out << '\n';
    }
}

std::vector<std::string> Coverage::missing(const std::vector<std::string>& commands) const
{
    std::vector<std::string> never;
    for (const auto& name : commands) {
        if (always_refused(name)) continue;
        const auto found = entries_.find(name);
        if (found == entries_.end() || found->second.all.taken == 0) never.push_back(name);
    }
    return never;
}

}  // namespace mini_redis::tests
