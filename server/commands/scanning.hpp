// What SCAN, HSCAN, SSCAN and ZSCAN share: how a step is asked for, and how it is answered.
#pragma once

#include "protocol/glob.hpp"
#include "protocol/number.hpp"
#include "server/commands/grammar.hpp"

#include <cstdint>

namespace mini_redis::commands {

// The star alone matches everything, the empty text too, which no other pattern does.
inline bool matches(std::string_view pattern, std::string_view text)
{
    return pattern == "*" || protocol::glob_match(pattern, text);
}

// Redis reads it with strtoul: a sign may stand in front, and no digits at all are 0.
struct Cursor {
    std::uint64_t value = 0;
};

inline bool convert(Word word, Cursor& cursor, Arguments& in)
{
    word = word.substr(0, word.find('\0'));  // to Redis it is a C string
    const bool negative = word.starts_with('-');
    Word digits = word;
    if (negative || word.starts_with('+')) digits.remove_prefix(1);
    if (digits.empty() && !word.empty()) return in.fail("ERR invalid cursor");
    for (const char c : digits) {
        if (c < '0' || c > '9' || __builtin_mul_overflow(cursor.value, 10U, &cursor.value) ||
            __builtin_add_overflow(cursor.value, static_cast<unsigned>(c - '0'), &cursor.value))
            return in.fail("ERR invalid cursor");
    }
    if (negative) cursor.value = 0 - cursor.value;
    return true;
}

// About how many.
struct Count {
    std::int64_t value = 10;
};

inline bool convert(Word word, Count& count, Arguments& in)
{
    return dispatch::convert(word, count.value, in) &&
           (count.value >= 1 || in.fail(errors::syntax));
}

// The cursor comes first and is known last: what is found is written elsewhere meanwhile.
class ScanReply {
public:
    explicit ScanReply(Writer& reply) : reply_(reply), items_(found_, reply.dialect()) {}

    Writer& item() { return ++count_, items_; }

    void end(std::uint64_t next)
    {
        char digits[protocol::integer_chars_max];
        reply_.array(2);
        reply_.bulk({digits, protocol::format_unsigned(digits, next)});
        reply_.array(count_);
        reply_.buffer().append(found_.view());
    }

private:
    Writer& reply_;
    protocol::Buffer found_;
    Writer items_;
    std::size_t count_ = 0;
};

}  // namespace mini_redis::commands
