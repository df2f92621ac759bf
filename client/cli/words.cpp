// Words are taken off the line one by one; each arrives plain or unquoted.
#include "client/cli/words.hpp"

#include "protocol/inline_words.hpp"
#include "protocol/text.hpp"

#include <algorithm>
#include <utility>

namespace mini_redis::cli {

std::optional<Words> split_words(std::string_view line)
{
    using Form = protocol::InlineWord::Kind;
    Words words;
    for (;;) {
        protocol::InlineWord word = protocol::take_inline_word(line);
        switch (word.kind) {
            case Form::none:
                return words;
            case Form::unbalanced:
                return std::nullopt;
            case Form::plain:
                words.emplace_back(word.plain);
                break;
            case Form::quoted:
                words.push_back(std::move(word.quoted));
                break;
        }
    }
}

std::optional<std::string> unquote(std::string_view text)
{
    auto words = split_words(text);
    if (!words || words->size() != 1) return std::nullopt;
    return std::move(words->front());
}

bool begins_with(const Words& words, std::initializer_list<std::string_view> beginning)
{
    return words.size() >= beginning.size() &&
           std::equal(beginning.begin(), beginning.end(), words.begin(),
                      protocol::equal_ignoring_case);
}

}  // namespace mini_redis::cli
