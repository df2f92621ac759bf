// The words of a line are those of an inline request: one set of quoting rules for all that people
// type.
#include "server/config/arguments.hpp"

#include "protocol/inline_words.hpp"

namespace mini_redis::config {

std::optional<Arguments> split_line(std::string_view line)
{
    using Kind = protocol::InlineWord::Kind;
    Arguments arguments;
    while (true) {
        const protocol::InlineWord word = protocol::take_inline_word(line);
        if (word.kind == Kind::none) return arguments;
        if (word.kind == Kind::unbalanced) return std::nullopt;
        arguments.emplace_back(word.kind == Kind::plain ? word.plain : word.quoted);
    }
}

Arguments split_at_spaces(std::string_view text)
{
    Arguments arguments;
    while (!text.empty()) {
        const std::size_t space = text.find(' ');
        arguments.emplace_back(text.substr(0, space));
        if (space == text.npos) break;
        text.remove_prefix(space + 1);
        if (text.empty()) arguments.emplace_back();
    }
    return arguments;
}

std::string join(const Arguments& arguments, std::string_view between)
{
    std::string joined;
    for (const std::string& argument : arguments) {
        if (&argument != &arguments.front()) joined += between;
        joined += argument;
    }
    return joined;
}

}  // namespace mini_redis::config
