// What a client has said between MULTI and EXEC: commands that wait to be run as one.
#pragma once

#include "server/dispatch/kept_request.hpp"

#include <cstddef>
#include <vector>

namespace mini_redis::dispatch {

class Transaction {
public:
    // Of a request that has passed the gates.
    void queue(const Listed& command, Words words);
    // A request has not: EXEC is to refuse all of them.
    void abort() { aborted_ = true; }

    bool aborted() const { return aborted_; }
    const std::vector<KeptRequest>& commands() const { return commands_; }
    Flags flags() const { return flags_; }  // of all together
    // Whether one of them may look at keys that it does not name.
    bool needs_everything() const { return needs_everything_; }
    // What it takes up.
    std::size_t bytes() const { return bytes_; }

private:
    std::vector<KeptRequest> commands_;
    Flags flags_;
    std::size_t bytes_ = 0;
    bool needs_everything_ = false;
    bool aborted_ = false;
};

}  // namespace mini_redis::dispatch
