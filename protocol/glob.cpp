// Only the last star is ever tried again: all other parts of a pattern take exactly one character,
// so that what an earlier star could try, the last one has tried already.
#include "protocol/glob.hpp"

#include "protocol/text.hpp"

#include <algorithm>

namespace mini_redis::protocol {
namespace {

constexpr auto none = std::string_view::npos;

char folded(char c, bool ignore_case)
{
    return ignore_case ? to_lower(c) : c;
}

// Whether the class that begins behind a '[' has the character; moves `pattern` behind the class. A
// class that is not closed ends with the pattern. As in Redis, a range takes whatever follows '-'
// as its end, even ']', compares as signed char, and an escaped character is compared with its
// case.
bool take_class(std::string_view& pattern, char c, bool ignore_case)
{
    const bool negated = pattern.starts_with('^');
    if (negated) pattern.remove_prefix(1);
    bool found = false;
    while (!pattern.empty() && pattern[0] != ']') {
        std::size_t taken = 1;
        if (pattern[0] == '\\' && pattern.size() >= 2) {
            found |= pattern[1] == c;
            taken = 2;
        } else if (pattern.size() >= 3 && pattern[1] == '-') {
            const auto [low, high] = std::minmax(
                {static_cast<signed char>(pattern[0]), static_cast<signed char>(pattern[2])});
            const auto fold = [&](signed char x) {
                return static_cast<signed char>(folded(static_cast<char>(x), ignore_case));
            };
            const auto value = fold(static_cast<signed char>(c));
            found |= value >= fold(low) && value <= fold(high);
            taken = 3;
        } else {
            found |= folded(pattern[0], ignore_case) == folded(c, ignore_case);
        }
        pattern.remove_prefix(taken);
    }
    if (!pattern.empty()) pattern.remove_prefix(1);
    return found != negated;
}

// Whether the first part of the pattern, which is no star, matches the character; moves `pattern`
// behind it.
bool take_one(std::string_view& pattern, char c, bool ignore_case)
{
    char first = pattern[0];
    pattern.remove_prefix(1);
    if (first == '?') return true;
    if (first == '[') return take_class(pattern, c, ignore_case);
    if (first == '\\' && !pattern.empty()) {
        first = pattern[0];
        pattern.remove_prefix(1);
    }
    return folded(first, ignore_case) == folded(c, ignore_case);
}

}  // namespace

bool glob_match(std::string_view pattern, std::string_view text, bool ignore_case)
{
    if (text.empty()) return pattern.empty();
    std::string_view behind_star;
    std::size_t star_takes = none;  // where in the text the part behind the last star is tried
    std::size_t at = 0;
    while (at < text.size()) {
        if (pattern.starts_with('*')) {
            pattern.remove_prefix(std::min(pattern.find_first_not_of('*'), pattern.size()));
            if (pattern.empty()) return true;
            behind_star = pattern;
            star_takes = at;
        } else if (!pattern.empty() && take_one(pattern, text[at], ignore_case)) {
            ++at;
        } else if (star_takes != none) {
            pattern = behind_star;
            at = ++star_takes;
        } else {
            return false;
        }
    }
    return pattern.find_first_not_of('*') == none;
}

}  // namespace mini_redis::protocol
