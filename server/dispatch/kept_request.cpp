// Copying words, and finding the keys among them once more.
#include "server/dispatch/kept_request.hpp"

namespace mini_redis::dispatch {

KeptRequest::KeptRequest(const Listed& command, Words words) : command_(&command)
{
    // Book: zero-copy/keeping. What outlives its buffer is copied once, to where it will live.
    for (const Word word : words) text_.insert(text_.end(), word.begin(), word.end());
    const char* at = text_.data();
    for (const Word word : words) {
        words_.emplace_back(at, word.size());
        at += word.size();
    }
    each_key(*command.command, words_,
             [&](std::size_t index, const KeySpec&) { keys_.emplace_back(words_[index]); });
}

std::size_t KeptRequest::bytes() const
{
    return sizeof *this + text_.size() + words_.size() * sizeof(Word) + keys_.size() * sizeof(Key);
}

}  // namespace mini_redis::dispatch
