// Whatever a client sends, and however it is cut: the request parser finds the same requests and
// the same error as when it sees all at once. Memory errors are left to the sanitizers.
#include "tests/protocol/received.hpp"

#include <cstdlib>
#include <fuzzer/FuzzedDataProvider.h>
#include <iostream>

using namespace mini_redis::protocol;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size)
{
    FuzzedDataProvider choices(data, size);
    Limits limits;
    limits.authenticated = choices.ConsumeBool();
    if (choices.ConsumeBool())
        limits = {.bulk_bytes_max = 20, .inline_bytes_max = 30, .words_max = 12};
    const auto requests_max = choices.ConsumeIntegralInRange<std::size_t>(1, 5);
    std::vector<std::size_t> cuts(choices.ConsumeIntegralInRange<std::size_t>(0, 8));
    for (auto& cut : cuts) cut = choices.ConsumeIntegralInRange<std::size_t>(0, 64);
    const std::string input = choices.ConsumeRemainingBytesAsString();

    Receiver whole(limits);
    whole.feed(input);
    Receiver cut(limits, requests_max);
    std::string_view rest = input;
    for (const auto length : cuts) {
        const auto part = rest.substr(0, length);
        cut.feed(part);
        rest.remove_prefix(part.size());
    }
    cut.feed(rest);
    if (whole.received() == cut.received()) return 0;
    std::cerr << "whole: " << whole.received() << "\ncut:   " << cut.received() << '\n';
    std::abort();
}
