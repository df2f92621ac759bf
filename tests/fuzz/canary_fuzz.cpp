// The canary: a mistake that fuzzing must find within seconds, or else fuzzing is broken. It
// believes that a request of two words never has an empty one, which only somebody who sees into
// the parser can refute.
#include "tests/protocol/received.hpp"

#include <cstdint>
#include <cstdlib>

using namespace mini_redis::protocol;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size)
{
    const auto received = receive_whole({reinterpret_cast<const char*>(data), size});
    for (const auto& words : received.requests) {
        if (words.size() == 2 && words[1].empty()) std::abort();
    }
    return 0;
}
