// What stands in the place of an argument: by its name if the name says what is expected (seconds,
// cursor, bit), else by its type. The choices are the ones that break servers: limits, overflows,
// almost-numbers, binary, long, empty. A time is in the past or far in the future, never near now,
// so that the clock cannot decide a comparison; an offset is small or an error, never a gigabyte.
#pragma once

#include "tests/conformance/dice.hpp"
#include "tests/conformance/grammar.hpp"

#include <string>
#include <string_view>

namespace mini_redis::tests {

// A key out of few, so that commands meet. Most are of the group's own family, so that types fit.
std::string random_key(Dice& dice, std::string_view group);

// A fitting value for an argument of the command, now and then an edge of what fits.
std::string random_value(Dice& dice, const std::string& command, const Argument& argument);

// What does not belong where it stands; small numbers among it only if asked for, since in the
// place of a time they would expire a key in mid-session.
std::string random_junk(Dice& dice, bool numbers);

bool is_time(const Argument& argument);

}  // namespace mini_redis::tests
