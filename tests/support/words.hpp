// A command as its words, and the two ways to write it down: as a person types it (the quoting of
// redis-cli, in which every byte can be said) and as RESP. Sessions are read from the first form
// and differences are printed in it, so that a report can be pasted into redis-cli.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace mini_redis::tests {

using Words = std::vector<std::string>;

// "SET k \"a b\"" -> three words. Quotes as in redis-cli: in "..." the escapes \n \r \t \b \a \\ \"
// and \xHH, in '...' only \'. Throws std::invalid_argument when the quotes do not balance.
Words split_words(std::string_view line);

// One word as redis-cli would take it, quoted only where it must be.
std::string as_typed(std::string_view word);
std::string as_typed(const Words& words);
std::string in_quotes(std::string_view word);

std::string lowered(std::string_view text);

// The multibulk request of RESP.
std::string encoded(const Words& words);

}  // namespace mini_redis::tests
