// A request that outlives the batch it came with: one that is queued, or one that waits.
#pragma once

#include "server/dispatch/catalogue.hpp"

#include <cstddef>
#include <vector>

namespace mini_redis::dispatch {

class KeptRequest {
public:
    // Of a request that has passed the gates.
    KeptRequest(const Listed& command, Words words);
    KeptRequest(KeptRequest&&) = default;
    KeptRequest& operator=(KeptRequest&&) = default;

    const Listed& command() const { return *command_; }
    Words words() const { return words_; }
    Keys keys() const { return keys_; }
    // What it takes up.
    std::size_t bytes() const;

private:
    const Listed* command_;
    std::vector<char> text_;  // of the words, one behind the other
    std::vector<Word> words_;
    std::vector<Key> keys_;
};

}  // namespace mini_redis::dispatch
