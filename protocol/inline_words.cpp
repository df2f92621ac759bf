// The quoting rules of Redis. Two of them surprise: a quote may begin inside a word but always ends
// it, and \v and \f are spaces around a word but belong to it within.
#include "protocol/inline_words.hpp"

#include "protocol/text.hpp"

#include <algorithm>
#include <utility>

namespace mini_redis::protocol {
namespace {

constexpr bool ends_word(char c)
{
    return c == ' ' || c == '\n' || c == '\r' || c == '\t';
}
constexpr bool is_quote(char c)
{
    return c == '"' || c == '\'';
}

// What stands for itself behind a backslash is returned as it is.
char unescaped(char letter)
{
    constexpr std::string_view letters = "nrtba";
    constexpr std::string_view bytes = "\n\r\t\b\a";
    const auto at = letters.find(letter);
    return at == letters.npos ? letter : bytes[at];
}

// Moves what is between double quotes to `word`, and the line behind the closing one.
bool take_double_quoted(std::string_view& line, std::string& word)
{
    for (std::size_t i = 0; i < line.size(); ++i) {
        if (line[i] == '"') {
            line.remove_prefix(i + 1);
            return true;
        }
        if (line[i] != '\\' || i + 1 == line.size()) {
            word += line[i];
        } else if (line[i + 1] == 'x' && i + 3 < line.size() && hex_value(line[i + 2]) >= 0 &&
                   hex_value(line[i + 3]) >= 0) {
            word += static_cast<char>(hex_value(line[i + 2]) * 16 + hex_value(line[i + 3]));
            i += 3;
        } else {
            word += unescaped(line[++i]);
        }
    }
    return false;
}

// In single quotes only the single quote can be escaped.
bool take_single_quoted(std::string_view& line, std::string& word)
{
    for (std::size_t i = 0; i < line.size(); ++i) {
        if (line[i] == '\'') {
            line.remove_prefix(i + 1);
            return true;
        }
        if (line[i] == '\\' && i + 1 < line.size() && line[i + 1] == '\'') ++i;
        word += line[i];
    }
    return false;
}

}  // namespace

InlineWord take_inline_word(std::string_view& line)
{
    using Kind = InlineWord::Kind;
    const auto first = std::find_if_not(line.begin(), line.end(), is_space);
    line.remove_prefix(static_cast<std::size_t>(first - line.begin()));
    if (line.empty()) return {Kind::none, {}, {}};

    const auto end =
        std::find_if(line.begin(), line.end(), [](char c) { return ends_word(c) || is_quote(c); });
    const std::string_view plain(line.begin(), end);
    line.remove_prefix(plain.size());
    if (line.empty() || ends_word(line[0])) return {Kind::plain, plain, {}};

    std::string word(plain);
    const char quote = line[0];
    line.remove_prefix(1);
    const bool closed =
        quote == '"' ? take_double_quoted(line, word) : take_single_quoted(line, word);
    if (!closed || (!line.empty() && !is_space(line[0]))) return {Kind::unbalanced, {}, {}};
    return {Kind::quoted, {}, std::move(word)};
}

}  // namespace mini_redis::protocol
