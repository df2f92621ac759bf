// The words of a request, on their way into the fields of a command.
#pragma once

#include "protocol/request_parser.hpp"
#include "protocol/text.hpp"
#include "server/keyspace/key.hpp"

#include <span>
#include <string_view>

namespace mini_redis::dispatch {

using keyspace::Key;
using protocol::Word;
using protocol::Words;
using Keys = std::span<const Key>;

// A cursor over the words. Keys come with their hashes, in order.
class Arguments {
public:
    Arguments(Words words, std::size_t first, Keys keys) : words_(words), keys_(keys), at_(first) {}

    bool done() const { return at_ == words_.size(); }
    std::size_t left() const { return words_.size() - at_; }
    Word peek() const { return words_[at_]; }
    Word take() { return words_[at_++]; }
    Words take(std::size_t count) { return words_.subspan((at_ += count) - count, count); }
    Key take_key() { return ++at_, keys_[next_key_++]; }
    Keys take_keys(std::size_t count, std::size_t step = 1)
    {
        at_ += count * step;
        return keys_.subspan((next_key_ += count) - count, count);
    }
    // Whether the keys that were found are the next `count` words.
    bool keys_are_next(std::size_t count) const
    {
        return keys_.size() - next_key_ == count && count != 0 && count <= left() &&
               keys_[next_key_].name.data() == peek().data();
    }

    // Of the keys that were found those that come next and stand behind this word.
    Keys take_keys_behind(std::string_view keyword)
    {
        const std::size_t first = next_key_;
        for (std::size_t i = 1; i < words_.size() && next_key_ < keys_.size(); ++i)
            if (words_[i].data() == keys_[next_key_].name.data() &&
                protocol::equal_ignoring_case(words_[i - 1], keyword))
                ++next_key_;
        return keys_.subspan(first, next_key_ - first);
    }

    // Takes the next word if it is `token`, in any case.
    bool take_token(std::string_view token)
    {
        if (done() || !protocol::equal_ignoring_case(peek(), token)) return false;
        ++at_;
        return true;
    }

    bool fail(std::string_view error) { return error_ = error, false; }
    std::string_view error() const { return error_; }

private:
    Words words_;
    Keys keys_;
    std::size_t at_;
    std::size_t next_key_ = 0;
    std::string_view error_;
};

}  // namespace mini_redis::dispatch
