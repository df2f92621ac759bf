// Finding the keys of a request before it is read: a key specification at work.
#pragma once

#include "protocol/text.hpp"
#include "server/dispatch/spec.hpp"
#include "server/dispatch/syntax/arguments.hpp"

#include <algorithm>
#include <charconv>
#include <limits>
#include <optional>
#include <system_error>

namespace mini_redis::dispatch {

// The words from `first` to `last`; none where that is less.
struct KeyRange {
    int first = 0;
    int last = -1;
};

// The number at the beginning of a word, as C's atoi() reads it, which is how Redis looks for keys;
// to read the command's words it is stricter.
inline int leading_number(Word word)
{
    word.remove_prefix(std::min(word.find_first_not_of(" \t\n\v\f\r"), word.size()));
    if (word.starts_with('+') && !word.substr(1).starts_with('-')) word.remove_prefix(1);
    long number = 0;
    if (std::from_chars(word.begin(), word.end(), number).ec == std::errc::result_out_of_range)
        number = word.starts_with('-') ? std::numeric_limits<long>::min()
                                       : std::numeric_limits<long>::max();
    return static_cast<int>(number);
}

// From word `first` on. Nothing if it cannot be told: the words end too soon, or a number of keys
// is none.
inline std::optional<KeyRange> find_keys(const KeySpec& spec, Words words, int first)
{
    using enum KeySpec::Reach;
    const auto count = static_cast<int>(words.size());
    if (!spec.keyword.empty()) {
        const auto at = [&](int i) { return words[static_cast<std::size_t>(i)]; };
        const int last = count - 1;  // a keyword there has no key
        while (first < last && !protocol::equal_ignoring_case(at(first), spec.keyword)) ++first;
        if (first++ >= last) return KeyRange{};
    }
    if (spec.reach == unknown && spec.keyword.empty()) return KeyRange{};
    if (first >= count) return std::nullopt;
    if (spec.reach == counted) {
        const int number = leading_number(words[static_cast<std::size_t>(first)]);
        if (number < 1 || number >= count - first) return std::nullopt;
        return KeyRange{first + 1, first + number};
    }
    const int last =
        spec.last >= 0 ? first + spec.last : first + (count - first) / spec.share + spec.last;
    if (first > last || last >= count) return std::nullopt;
    return KeyRange{first, last};
}

}  // namespace mini_redis::dispatch
