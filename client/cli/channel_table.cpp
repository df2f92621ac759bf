// A channel without messages is listed as long as somebody listens to it.
#include "client/cli/channel_table.hpp"

#include "client/cli/info_figures.hpp"
#include "protocol/text.hpp"

#include <algorithm>
#include <cstdio>
#include <tuple>
#include <utility>
#include <vector>

namespace mini_redis::cli {
namespace {

constexpr std::size_t figures_width = 44;

std::string decimal(double number)
{
    char text[64];
    std::snprintf(text, sizeof text, "%.1f", number);
    return text;
}

std::string right(const std::string& text, std::size_t width)
{
    return text.size() >= width ? ' ' + text : std::string(width - text.size(), ' ') + text;
}

// A channel's name may hold anything; what a terminal would obey is escaped.
std::string label(const std::string& channel, std::size_t width)
{
    std::string text = protocol::quote(channel);
    text = text.substr(1, text.size() - 2);
    if (text.size() > width) text.replace(width - 1, text.npos, "~");
    return text + std::string(width - text.size(), ' ');
}

std::string plural(std::uint64_t count, const char* what)
{
    return std::to_string(count) + ' ' + what + (count == 1 ? "" : "s");
}

}  // namespace

void ChannelTable::count(const std::string& channel, std::size_t bytes)
{
    Channel& one = channels_[channel];
    ++one.messages;
    ++one.fresh_messages;
    one.fresh_bytes += bytes;
    ++messages_;
}

void ChannelTable::set_subscribers(const std::map<std::string, std::int64_t>& subscribers)
{
    for (auto& [name, one] : channels_) one.subscribers = 0;
    for (const auto& [name, count] : subscribers) channels_[name].subscribers = count;
    std::erase_if(channels_, [](const auto& entry) {
        return entry.second.subscribers == 0 && entry.second.messages == 0;
    });
}

void ChannelTable::close_interval(std::chrono::duration<double> length)
{
    const double seconds = std::max(length.count(), 1e-9);
    messages_per_second_ = 0;
    for (auto& [name, one] : channels_) {
        one.messages_per_second = static_cast<double>(one.fresh_messages) / seconds;
        one.bytes_per_second = static_cast<double>(one.fresh_bytes) / seconds;
        messages_per_second_ += one.messages_per_second;
        one.fresh_messages = one.fresh_bytes = 0;
    }
}

std::string ChannelTable::screen(std::size_t rows, std::size_t columns) const
{
    std::vector<const std::pair<const std::string, Channel>*> sorted;
    for (const auto& entry : channels_) sorted.push_back(&entry);
    std::ranges::sort(sorted, [](const auto* one, const auto* other) {
        const auto& [name, channel] = *one;
        const auto& [other_name, other_channel] = *other;
        return std::tie(other_channel.messages_per_second, other_channel.messages, name) <
               std::tie(channel.messages_per_second, channel.messages, other_name);
    });
    constexpr std::size_t frame = 2;  // the heading and the sums
    sorted.resize(std::min(sorted.size(), std::max(rows, frame + 1) - frame));

    const auto width = std::max<std::size_t>(columns, figures_width + 10) - figures_width;
    std::string out = label("channel", width) + right("messages", 12) + right("msg/s", 11) +
                      right("bytes/s", 10) + right("subscr.", 9) + '\n';
    for (const auto* entry : sorted) {
        const Channel& one = entry->second;
        const auto bytes = human_bytes(static_cast<std::int64_t>(one.bytes_per_second));
        out += label(entry->first, width) + right(std::to_string(one.messages), 12) +
               right(decimal(one.messages_per_second), 11) + right(bytes, 10) +
               right(std::to_string(one.subscribers), 9) + '\n';
    }
    return out + plural(channels_.size(), "channel") + ", " + plural(messages_, "message") + ", " +
           decimal(messages_per_second_) + " a second (press Ctrl-C to quit)";
}

std::string ChannelTable::lines(Form form) const
{
    const char separator = form == Form::csv ? ',' : '\t';
    std::string out;
    for (const auto& [name, one] : channels_) {
        if (one.messages_per_second == 0) continue;
        out += form == Form::csv ? protocol::quote(name) : name;
        for (const std::string& figure :
             {std::to_string(one.messages), decimal(one.messages_per_second),
              decimal(one.bytes_per_second), std::to_string(one.subscribers)})
            out += separator + figure;
        out += '\n';
    }
    return out;
}

std::string ChannelTable::summary() const
{
    const auto heard = std::ranges::count_if(
        channels_, [](const auto& entry) { return entry.second.messages != 0; });
    return plural(messages_, "message") + " on " +
           plural(static_cast<std::uint64_t>(heard), "channel") + '\n';
}

}  // namespace mini_redis::cli
