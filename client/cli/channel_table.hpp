// Channels by what goes over them: how many messages, at what rate, and to how many subscribers.
//
// It is told of messages and of time, and formats; it asks nobody.
#pragma once

#include "client/cli/format.hpp"

#include <chrono>
#include <cstdint>
#include <map>
#include <string>
#include <string_view>

namespace mini_redis::cli {

class ChannelTable {
public:
    void count(const std::string& channel, std::size_t bytes);
    // Nobody has subscribed to those that are not named.
    void set_subscribers(const std::map<std::string, std::int64_t>& subscribers);
    // So much time has passed since it was called last: rates are of that time.
    void close_interval(std::chrono::duration<double> length);

    // The busiest first, as many as fit, and a line of sums.
    std::string screen(std::size_t rows, std::size_t columns) const;
    // For programs: a line for each channel that had messages in the last interval, with its
    // messages in all, messages a second, bytes a second, and subscribers.
    std::string lines(Form form) const;
    // When everything is over.
    std::string summary() const;

private:
    struct Channel {
        std::uint64_t messages = 0;
        std::uint64_t fresh_messages = 0;  // since the last interval was closed
        std::uint64_t fresh_bytes = 0;
        double messages_per_second = 0;
        double bytes_per_second = 0;
        std::int64_t subscribers = 0;
    };

    std::map<std::string, Channel> channels_;
    std::uint64_t messages_ = 0;
    double messages_per_second_ = 0;
};

}  // namespace mini_redis::cli
