// From bytes to requests: many at a time, as views, each byte looked at once.
//
// All that has arrived is parsed into a Batch before anything is executed. The ordinary request
// takes a path of a few branches per word; everything else (long headers, quotes, what is
// half-received, what is wrong) takes the thorough path, a state machine that can stop at any byte.
// What it remembers of a half-received request are offsets, so the bytes may move in memory between
// two calls. It owns no bytes and allocates nothing when idle. Limits and error texts are those of
// Redis 7.0.15.
#pragma once

#include "protocol/wire.hpp"

#include <cstdint>
#include <deque>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace mini_redis::protocol {

using Word = std::string_view;
using Words = std::span<const Word>;

// The words [first, first + count) of a batch; count is at least 1.
struct Request {
    std::uint32_t first;
    std::uint32_t count;
};

// What one call of parse() found. Words are views into the caller's input, or into the batch itself
// (words that were quoted, error texts); the latter stay valid until clear().
class Batch {
public:
    std::vector<Word> words;
    std::vector<Request> requests;

    Words words_of(Request request) const { return {words.data() + request.first, request.count}; }
    // Keeps the memory, unless one huge request has blown it up.
    void clear();
    // Makes the words from `first` on a request.
    void add_request(std::size_t first)
    {
        requests.push_back(
            {static_cast<std::uint32_t>(first), static_cast<std::uint32_t>(words.size() - first)});
    }
    // Keeps the text alive until clear().
    Word keep(std::string text) { return kept_.emplace_back(std::move(text)); }

private:
    std::deque<std::string> kept_;
};

class RequestParser {
public:
    struct Progress {
        std::size_t consumed = 0;  // bytes of complete requests; the caller may drop them after use
        bool full = false;         // stopped because the batch has `requests_max` requests
        std::string_view error;    // of the request after those in the batch; empty: none
    };

    // Appends the complete requests of `unconsumed` to the batch. `unconsumed` begins with the
    // first byte that was not yet consumed: with the half-received request, if there is one. After
    // an error the connection is to be closed; the requests before it are in the batch. The error
    // text has no "ERR " in front; it is static or kept by the batch.
    Progress parse(std::string_view unconsumed, const Limits& limits, std::size_t requests_max,
                   Batch& batch);

    // Bytes that the half-received bulk still lacks; 0 when its length is not known.
    std::size_t wanted() const { return wanted_; }
    // Nothing is half-received.
    // Book: preface/pieces. A read brings bytes, and not requests.
    bool idle() const { return !half_received_; }

private:
    // Book: pipelining/resume-at-every-byte. An interrupted parser remembers offsets, not pointers.
    struct Piece {
        std::size_t offset;  // of a word, from the beginning of the half-received request
        std::size_t length;
    };
    // What became of an attempt to understand the next part of a request.
    struct Step {
        enum Kind : std::uint8_t { done, starved, failed };
        Step(Kind what, std::string_view why = {}) : kind(what), error(why) {}
        Kind kind;
        std::string_view error;
    };

    Step parse_request(std::string_view request, const Limits& limits, Batch& batch);
    Step parse_inline(std::string_view request, const Limits& limits, Batch& batch);
    Step parse_count(std::string_view request, const Limits& limits);
    Step parse_length(std::string_view request, const Limits& limits, Batch& batch);
    std::size_t find_line_end(std::string_view line, char byte, std::size_t limit);
    void deliver(std::string_view request, Batch& batch);

    std::vector<Piece> pieces_;  // the words of the half-received request
    std::size_t position_ = 0;   // how much of it is understood
    std::size_t searched_ = 0;   // bytes behind position_ that are known to hold no line end
    std::size_t wanted_ = 0;
    std::int64_t bulk_length_ = -1;  // of the word at position_; -1: its header is still to come
    std::int32_t words_left_ = 0;    // 0: the header of the request is still to come
    bool half_received_ = false;
};

}  // namespace mini_redis::protocol
