// Whatever a server sends, and however it is cut: the reply parser finds the same replies and the
// same error, and takes every byte up to it. What it accepts can be compared and shown.
#include "protocol/reply_parser.hpp"

#include <cstdlib>
#include <fuzzer/FuzzedDataProvider.h>
#include <iostream>
#include <string>
#include <vector>

using namespace mini_redis::protocol;

namespace {

struct Read {
    std::vector<Value> replies;
    std::string error;
    bool idle = true;
    bool operator==(const Read&) const = default;
};

Read read(std::string_view input, const std::vector<std::size_t>& cuts)
{
    Read read;
    ReplyParser parser({.depth_max = 16, .text_bytes_max = 1 << 20});
    const auto feed = [&](std::string_view part) {
        const std::vector<char> exact(part.begin(), part.end());
        std::string_view rest(exact.data(), exact.size());
        while (!rest.empty() && parser.error().empty()) {
            const auto taken = parser.feed(rest);
            if (taken == 0) std::abort();
            rest.remove_prefix(taken);
            if (parser.ready()) read.replies.push_back(parser.take());
        }
    };
    for (const auto length : cuts) {
        const auto part = input.substr(0, length);
        feed(part);
        input.remove_prefix(part.size());
    }
    feed(input);
    read.error = parser.error();
    read.idle = parser.idle();
    return read;
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size)
{
    FuzzedDataProvider choices(data, size);
    std::vector<std::size_t> cuts(choices.ConsumeIntegralInRange<std::size_t>(0, 8));
    for (auto& cut : cuts) cut = choices.ConsumeIntegralInRange<std::size_t>(0, 64);
    const std::string input = choices.ConsumeRemainingBytesAsString();

    const auto whole = read(input, {});
    const auto cut = read(input, cuts);
    for (const auto& reply : whole.replies) {
        if (to_text(reply).empty() && reply.kind != Value::Kind::simple) std::abort();
    }
    if (whole == cut) return 0;
    std::cerr << "whole: " << whole.replies.size() << ' ' << whole.error
              << "\ncut:   " << cut.replies.size() << ' ' << cut.error << '\n';
    std::abort();
}
