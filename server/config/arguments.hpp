// Arguments: what follows a directive's name, cut out of a line and put back into one.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace mini_redis::config {

using Arguments = std::vector<std::string>;

// The words of one line of a file, quotes resolved; nothing when the quotes do not balance.
std::optional<Arguments> split_line(std::string_view line);

// The text cut at every single space, as CONFIG SET cuts a list. "" has no arguments.
Arguments split_at_spaces(std::string_view text);

std::string join(const Arguments& arguments, std::string_view between = " ");

}  // namespace mini_redis::config
