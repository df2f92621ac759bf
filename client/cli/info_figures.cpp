// INFO is lines of "field:value", where the value of dbN is "keys=3,expires=0".
#include "client/cli/info_figures.hpp"

#include "protocol/number.hpp"

#include <cstdio>

namespace mini_redis::cli {
namespace {

constexpr int databases_shown = 20;

std::string padded(std::string text, std::size_t width)
{
    if (text.size() < width) text.append(width - text.size(), ' ');
    return text;
}

}  // namespace

std::optional<std::int64_t> InfoFigures::find(std::string_view field) const
{
    for (std::size_t at = 0; at < info_.size();) {
        const auto end = info_.find("\r\n", at);
        const auto line = info_.substr(at, end == info_.npos ? end : end - at);
        if (line.starts_with(field) && line.substr(field.size()).starts_with(':')) {
            auto value = line.substr(field.size() + 1);
            if (value.starts_with("keys=")) value.remove_prefix(5);
            return protocol::parse_integer(value.substr(0, value.find(',')));
        }
        at = end == info_.npos ? end : end + 2;
    }
    return std::nullopt;
}

std::int64_t InfoFigures::keys() const
{
    std::int64_t sum = 0;
    for (int i = 0; i < databases_shown; ++i) sum += number("db" + std::to_string(i));
    return sum;
}

std::string InfoFigures::children() const
{
    std::string out = number("rdb_bgsave_in_progress") != 0 ? "SAVE" : "";
    if (number("aof_rewrite_in_progress") != 0) out += out.empty() ? "AOF" : "+AOF";
    return number("loading") != 0 ? "LOAD" : out;
}

std::string InfoFigures::line(std::optional<std::int64_t> requests_before) const
{
    const auto since = requests_before ? requests() - *requests_before : 0;
    const auto counted = std::to_string(requests()) + " (+" + std::to_string(since) + ')';
    std::string out = padded(std::to_string(keys()), 11);
    out += padded(human_bytes(number("used_memory")), 8);
    out += ' ' + padded(std::to_string(number("connected_clients")), 8);
    out += padded(std::to_string(number("blocked_clients")), 8);
    out += padded(counted, 19);
    out += ' ' + padded(std::to_string(number("total_connections_received")), 12);
    return out + children() + '\n';
}

std::string human_bytes(std::int64_t bytes)
{
    if (bytes < 0) return '-' + human_bytes(-bytes);
    if (bytes < 1024) return std::to_string(bytes) + 'B';
    auto amount = static_cast<double>(bytes) / 1024;
    const char* unit = "K";
    for (const char* next : {"M", "G"}) {
        if (amount < 1024) break;
        amount /= 1024;
        unit = next;
    }
    char text[32];
    std::snprintf(text, sizeof text, "%.2f%s", amount, unit);
    return text;
}

}  // namespace mini_redis::cli
