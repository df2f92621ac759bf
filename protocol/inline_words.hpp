// The words of a line that a person typed: separated by spaces, "quoted" with escapes, or 'quoted'
// without. Inline requests and configuration files are such lines.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

namespace mini_redis::protocol {

struct InlineWord {
    enum class Kind : std::uint8_t { plain, quoted, none, unbalanced };
    Kind kind;
    std::string_view plain;  // as it stands in the line
    std::string quoted;      // or, if it had quotes: without them, escapes resolved
};

// Takes the next word off the line. None: the line was at its end. Unbalanced: a quote is not
// closed, or what closes it is not followed by a space or the end.
InlineWord take_inline_word(std::string_view& line);

}  // namespace mini_redis::protocol
