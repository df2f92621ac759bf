// A database's number among the words of a command.
#pragma once

#include "protocol/number.hpp"
#include "server/commands/grammar.hpp"

#include <limits>
#include <optional>

namespace mini_redis::commands {

// In the bounds of a C int, as Redis reads it. Whether there is such a database is asked when the
// command runs.
struct DatabaseIndex {
    std::int64_t value = 0;

    bool exists(const Context& context) const
    {
        return value >= 0 && value < context.data.keyspace().databases();
    }
    unsigned number() const { return static_cast<unsigned>(value); }
};

constexpr bool fits_int(std::int64_t number)
{
    return number >= std::numeric_limits<int>::min() && number <= std::numeric_limits<int>::max();
}

inline bool convert(Word word, DatabaseIndex& index, Arguments& in)
{
    return dispatch::convert(word, index.value, in) &&
           (fits_int(index.value) ||
            in.fail("ERR value is out of range, value must between -2147483648 and 2147483647"));
}

}  // namespace mini_redis::commands
