// The types come in the order in which redis-cli's summary has them, new ones behind.
#include "client/cli/key_census.hpp"

#include "protocol/text.hpp"

#include <algorithm>
#include <cstdarg>
#include <cstdio>

namespace mini_redis::cli {
namespace {

constexpr std::uint64_t report_every = 1'000'000;

[[gnu::format(printf, 2, 3)]] void append(std::string& out, const char* format, ...)
{
    std::va_list arguments;
    va_start(arguments, format);
    std::va_list again;
    va_copy(again, arguments);
    const auto length = static_cast<std::size_t>(std::vsnprintf(nullptr, 0, format, arguments));
    va_end(arguments);
    const auto before = out.size();
    out.resize(before + length + 1);
    std::vsnprintf(out.data() + before, length + 1, format, again);
    va_end(again);
    out.pop_back();
}

double ratio(std::uint64_t part, std::uint64_t whole)
{
    return whole == 0 ? 0 : static_cast<double>(part) / static_cast<double>(whole);
}

}  // namespace

KeyCensus::KeyCensus(std::uint64_t keys_in_all, bool by_memory)
    : keys_in_all_(keys_in_all), by_memory_(by_memory)
{
    const Kind kinds[] = {
        {"list", "LLEN", "items"},     {"hash", "HLEN", "fields"},  {"string", "STRLEN", "bytes"},
        {"stream", "XLEN", "entries"}, {"set", "SCARD", "members"}, {"zset", "ZCARD", "members"},
    };
    for (const Kind& kind : kinds) tallies_.push_back({kind});
}

const KeyCensus::Kind& KeyCensus::kind(const std::string& type)
{
    return tally(type).kind;
}

KeyCensus::Tally& KeyCensus::tally(const std::string& type)
{
    const auto at = std::ranges::find(
        tallies_, type, [](const Tally& one) -> const std::string& { return one.kind.name; });
    if (at != tallies_.end()) return *at;
    return tallies_.emplace_back(Tally{{type, {}, "?"}});
}

const std::string& KeyCensus::unit(const Tally& tally) const
{
    static const std::string bytes = "bytes";
    return by_memory_ ? bytes : tally.kind.unit;
}

void KeyCensus::begin_step()
{
    progress_.clear();
    append(progress_, "[%05.2f%%] ", 100 * ratio(seen_, keys_in_all_));
}

std::string KeyCensus::add(const std::string& key, const std::string& type, std::uint64_t size)
{
    Tally& mine = tally(type);
    ++mine.count;
    mine.total += size;
    name_bytes_ += key.size();
    ++seen_;
    std::string out;
    if (size > mine.largest) {
        mine.largest = size;
        mine.largest_key = protocol::quote(key);
        append(out, "%sBiggest %-6s found so far '%s' with %ju %s\n", progress_.c_str(),
               type.c_str(), mine.largest_key.c_str(), size, unit(mine).c_str());
    }
    if (seen_ % report_every == 0)
        append(out, "%sSampled %ju keys so far\n", progress_.c_str(), seen_);
    return out;
}

std::string KeyCensus::summary(bool cut_short) const
{
    std::string out = "\n-------- summary -------\n\n";
    if (cut_short) out += progress_;
    append(out, "Sampled %ju keys in the keyspace!\n", seen_);
    append(out, "Total key length in bytes is %ju (avg len %.2f)\n\n", name_bytes_,
           ratio(name_bytes_, seen_));
    for (const Tally& one : tallies_) {
        if (one.largest_key.empty()) continue;
        append(out, "Biggest %6s found '%s' has %ju %s\n", one.kind.name.c_str(),
               one.largest_key.c_str(), one.largest, unit(one).c_str());
    }
    out += '\n';
    for (const Tally& one : tallies_) {
        append(out, "%ju %ss with %ju %s (%05.2f%% of keys, avg size %.2f)\n", one.count,
               one.kind.name.c_str(), one.total, unit(one).c_str(), 100 * ratio(one.count, seen_),
               ratio(one.total, one.count));
    }
    return out;
}

}  // namespace mini_redis::cli
