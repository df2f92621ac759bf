// A command as its words, and how a line that a person typed becomes words, by Redis' quoting
// rules: those of inline requests.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace mini_redis::cli {

using Words = std::vector<std::string>;

// Nothing if the quotes are not balanced.
std::optional<Words> split_words(std::string_view line);

// The one word that a quoted text stands for; nothing if it is not exactly one.
std::optional<std::string> unquote(std::string_view text);

// Words are compared as the server compares names, whatever the case. True if `words` begin so.
bool begins_with(const Words& words, std::initializer_list<std::string_view> beginning);

}  // namespace mini_redis::cli
