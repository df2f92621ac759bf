// What a request parser makes of some input, fed in pieces as a connection would: each time the
// bytes lie elsewhere in memory and not one byte more can be read, so that a stale view or a look
// too far shows under ASan.
#pragma once

#include "protocol/request_parser.hpp"
#include "protocol/text.hpp"
#include "protocol/writer.hpp"

#include <cstring>
#include <memory>
#include <ostream>
#include <string>
#include <string_view>
#include <vector>

namespace mini_redis::protocol {

struct Received {
    std::vector<std::vector<std::string>> requests;
    std::string error;
    bool idle = true;

    bool operator==(const Received&) const = default;

    friend std::ostream& operator<<(std::ostream& out, const Received& received)
    {
        for (const auto& request : received.requests) {
            for (const auto& word : request) out << quote(word.substr(0, 100)) << ' ';
            out << "| ";
        }
        return out << received.error << (received.idle ? "" : " ...");
    }
};

class Receiver {
public:
    explicit Receiver(Limits limits = {}, std::size_t requests_max = 1000)
        : limits_(limits), requests_max_(requests_max)
    {
    }

    void feed(std::string_view bytes)
    {
        held_ += bytes;
        for (bool more = true; more && received_.error.empty();) {
            const auto exact = std::make_unique<char[]>(held_.size());
            std::memcpy(exact.get(), held_.data(), held_.size());
            batch_.clear();
            const auto progress =
                parser_.parse({exact.get(), held_.size()}, limits_, requests_max_, batch_);
            for (const Request request : batch_.requests) {
                const Words words = batch_.words_of(request);
                received_.requests.emplace_back(words.begin(), words.end());
            }
            received_.error = progress.error;
            held_.erase(0, progress.consumed);
            more = progress.full;
        }
        received_.idle = parser_.idle();
    }

    const Received& received() const { return received_; }
    const RequestParser& parser() const { return parser_; }
    const Batch& batch() const { return batch_; }
    Limits& limits() { return limits_; }

private:
    Limits limits_;
    std::size_t requests_max_;
    RequestParser parser_;
    Batch batch_;
    std::string held_;
    Received received_;
};

inline Received receive_whole(std::string_view input, Limits limits = {})
{
    Receiver receiver(limits);
    receiver.feed(input);
    return receiver.received();
}

inline Received receive_in_steps(std::string_view input, std::size_t step, Limits limits = {})
{
    Receiver receiver(limits);
    for (std::size_t at = 0; at < input.size(); at += step) receiver.feed(input.substr(at, step));
    return receiver.received();
}

// The error text as the client sees it, whatever bytes it quotes.
inline std::string as_sent(const std::string& error)
{
    if (error.empty()) return {};
    Buffer buffer;
    Writer(buffer, Dialect::resp2).error(error);
    return std::string(buffer.view().substr(1, buffer.size() - 3));
}

}  // namespace mini_redis::protocol
