// One RESP2 or RESP3 reply as a tree, read by a scanner that shares nothing with the server's own
// protocol code: what judges the server must not repeat its mistakes. The scanner finds where a
// reply ends and takes it apart; it trusts lengths, for it reads from servers under test only.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace mini_redis::tests {

struct Frame {
    char type = '_';              // the first byte on the wire
    bool null = false;            // $-1, *-1 or _
    std::string text;             // what a scalar says; empty for aggregates
    std::vector<Frame> children;  // maps hold keys and values in turn

    bool is_error() const { return type == '-' || type == '!'; }
    bool is_aggregate() const { return type == '*' || type == '~' || type == '%' || type == '>'; }

    // The value of a key in a map or in a flat array of pairs; a null frame when it is not there.
    const Frame& at(std::string_view key) const;
};

// Where the reply that begins at `begin` ends, attributes before it included;
// std::string_view::npos when it is not complete. Throws std::runtime_error on what is not RESP.
std::size_t frame_end(std::string_view bytes, std::size_t begin = 0);

// The one complete reply that `bytes` hold.
Frame parse_frame(std::string_view bytes);

// The reply on one line. Different replies look different: "bulk", simple, (integer) 1, (nil $).
std::string description(const Frame& frame);

// The same for a report: cut where it gets too long, and of bytes that are not RESP it says so.
std::string shown(std::string_view bytes);

}  // namespace mini_redis::tests
