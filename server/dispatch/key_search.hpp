// Finding the keys of a request before it is read: a key specification at work.
#pragma once

#include "protocol/number.hpp"
#include "protocol/text.hpp"
#include "server/dispatch/spec.hpp"
#include "server/dispatch/syntax/arguments.hpp"

#include <optional>

namespace mini_redis::dispatch {

// The words from `first` to `last`; none where that is less.
struct KeyRange {
    int first = 0;
    int last = -1;
};

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
    if (spec.reach == unknown) return KeyRange{};
    if (first >= count) return std::nullopt;
    if (spec.reach == counted) {
        const auto number = protocol::parse_integer(words[static_cast<std::size_t>(first)]);
        if (!number || *number < 0 || *number >= count - first) return std::nullopt;
        return KeyRange{first + 1, first + static_cast<int>(*number)};
    }
    const int last =
        spec.last >= 0 ? first + spec.last : first + (count - first) / spec.share + spec.last;
    if (first > last || last >= count) return std::nullopt;
    return KeyRange{first, last};
}

}  // namespace mini_redis::dispatch
