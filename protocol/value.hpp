// A reply as an owned value: what clients hold and tests compare.
//
// One plain struct for all kinds, RESP2's and RESP3's; what a kind does not use stays empty. A map
// is a flat list of keys and values, as on the wire, because keys may be anything and the order may
// matter.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

namespace mini_redis::protocol {

struct Value {
    enum class Kind : std::uint8_t {
        null,        // "$-1", "*-1" and "_" are the same
        simple,      // text
        error,       // text, "-..." and "!..." alike
        integer,     // integer
        bulk,        // text
        boolean,     // integer: 0 or 1
        number,      // number, and text as it was received
        big_number,  // text: the digits
        verbatim,    // text, and format ("txt")
        array,       // children, and so on for the rest
        map,         // children: key, value, key, value, ...
        set,
        push,
    };

    Kind kind = Kind::null;
    std::int64_t integer = 0;
    double number = 0;
    std::string text;
    std::string format;
    std::vector<Value> children;
    std::vector<Value> attributes;  // pairs, like a map

    bool is_error() const { return kind == Kind::error; }
    bool is_null() const { return kind == Kind::null; }

    // Everything equal, attributes included; numbers by value, and NaN is equal to itself.
    friend bool operator==(const Value& a, const Value& b);
};

// For people, as redis-cli shows it: one line for a scalar, nested and numbered lines for the rest.
std::string to_text(const Value& value);

}  // namespace mini_redis::protocol
