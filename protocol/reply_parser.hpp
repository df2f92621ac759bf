// From bytes to replies: RESP2 and RESP3, for clients and tests.
//
// Fed with bytes as they arrive, it takes what belongs to one reply and keeps what is incomplete
// itself, so that it resumes at any byte. Nesting lives on an explicit stack of bounded depth, and
// memory grows with what has arrived, never with what a header promises. The stricter reading
// everywhere: what no server would send is an error.
#pragma once

#include "protocol/value.hpp"

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace mini_redis::protocol {

class ReplyParser {
public:
    struct Bounds {
        std::size_t depth_max = 128;
        std::size_t text_bytes_max = 512 << 20;
    };

    ReplyParser() = default;
    explicit ReplyParser(Bounds bounds) : bounds_(bounds) {}

    // Takes bytes until a reply is ready or something is wrong; returns how many it took: all of
    // them if neither. While a reply is ready, or after an error, it takes none.
    std::size_t feed(std::string_view bytes);

    bool ready() const { return ready_; }
    // The reply, once ready; then the parser begins with the next.
    Value take();
    // What is wrong with the input, for good; empty if nothing is.
    std::string_view error() const { return error_; }
    // Nothing is half-received, and nothing is wrong.
    bool idle() const
    {
        return !ready_ && line_.empty() && text_left_ == 0 && !chunked_ && stack_.empty() &&
               attributes_.empty() && error_.empty();
    }

private:
    // An aggregate that still lacks children. An attribute is one, too, until it is handed to its
    // value.
    struct Frame {
        Value value;
        std::uint64_t left;
        bool streamed;
        bool attribute;
    };

    std::size_t take_line(std::string_view bytes);
    std::size_t take_text(std::string_view bytes);
    void understand(std::string_view line);
    void understand_scalar(char type, std::string_view body);
    void begin_text(char type, std::string_view body);
    void end_text();
    void begin_chunk(std::string_view line);
    void begin_aggregate(char type, std::string_view body);
    void end_stream();
    void complete(Value value);
    void fail(std::string_view what);
    void fail(std::string_view what, char byte);

    Bounds bounds_;
    std::string line_;  // a header line that is not yet complete
    std::vector<Frame> stack_;
    std::vector<Value> attributes_;  // of the value that begins next
    Value value_;                    // the text being received, or the reply that is ready
    std::size_t text_left_ = 0;      // of the text or of its chunk, with CR LF
    bool chunked_ = false;           // the text comes in chunks
    bool ready_ = false;
    std::string error_;
};

}  // namespace mini_redis::protocol
