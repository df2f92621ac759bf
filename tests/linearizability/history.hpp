// What clients asked and what they heard, and when: the history that a checker judges.
#pragma once

#include "tests/support/words.hpp"

#include <atomic>
#include <cstdint>
#include <limits>
#include <optional>
#include <string>
#include <vector>

namespace mini_redis::tests {

// What is done at one instant: one command, or a transaction from MULTI to EXEC.
using Asked = std::vector<Words>;

struct Operation {
    static constexpr std::uint64_t never = std::numeric_limits<std::uint64_t>::max();

    int client;
    Asked asked;
    std::uint64_t called;            // before the first byte left
    std::uint64_t returned = never;  // after the last one came
    // The last answer, as description() has it. Nothing: the client never learnt it, so that all
    // this may have been done at any time after the call, or not at all.
    std::optional<std::string> answered = {};

    bool is_transaction() const { return asked.front().front() == "MULTI"; }
};

using History = std::vector<Operation>;

// One order over all clients. What returned before another was called has the lower number.
class Moments {
public:
    std::uint64_t next() { return ++count_; }

private:
    std::atomic<std::uint64_t> count_{0};
};

inline std::string shown(const Operation& operation)
{
    std::string text = "client " + std::to_string(operation.client) + " [" +
                       std::to_string(operation.called) + ", ";
    text += operation.answered ? std::to_string(operation.returned) : "never";
    text += "]";
    for (const Words& words : operation.asked) text += "  " + as_typed(words);
    return text + "  ->  " + operation.answered.value_or("?");
}

}  // namespace mini_redis::tests
