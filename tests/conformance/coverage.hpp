// What the sessions said: how often each command and each of its options was sent, and how often
// Redis took it. A command that never once succeeded was not tested.
#pragma once

#include "tests/conformance/generator.hpp"

#include <map>
#include <ostream>
#include <string>
#include <string_view>
#include <vector>

namespace mini_redis::tests {

class Coverage {
public:
    void record(const Step& step, std::string_view reply);

    // One line a command: name, successes/sent, then the same for each option.
    void print(std::ostream& out) const;

    // Which of these never succeeded, though they could.
    std::vector<std::string> missing(const std::vector<std::string>& commands) const;

private:
    struct Count {
        std::size_t sent = 0;
        std::size_t taken = 0;
        void add(bool ok);
    };
    struct Entry {
        Count all;
        std::map<std::string, Count> tokens;
    };
    std::map<std::string, Entry> entries_;
};

}  // namespace mini_redis::tests
