// As in redis-cli 7.0: an argument vanishes from the hint when its first letter is typed, and those
// in brackets stay, because nobody knows which of them was meant.
#include "client/cli/hints.hpp"

#include "client/cli/words.hpp"
#include "protocol/text.hpp"

#include <algorithm>

namespace mini_redis::cli {
namespace {

bool starts_ignoring_case(std::string_view text, std::string_view start)
{
    return text.size() >= start.size() &&
           protocol::equal_ignoring_case(text.substr(0, start.size()), start);
}

// The command with the most words that the line begins with.
const CommandDoc* longest_match(const CommandDocs& docs, const Words& words)
{
    const CommandDoc* best = nullptr;
    for (const CommandDoc& doc : docs.commands()) {
        const auto count = doc.words.size();
        if (count > words.size() || (best != nullptr && count <= best->words.size())) continue;
        if (std::equal(doc.words.begin(), doc.words.end(), words.begin(),
                       protocol::equal_ignoring_case))
            best = &doc;
    }
    return best;
}

std::string_view without_first(std::string_view syntax, std::size_t arguments)
{
    for (; arguments != 0 && !syntax.empty() && syntax[0] != '['; --arguments) {
        // A bracket ends what can be dropped, even inside an argument ("id|[").
        const auto end = std::min(syntax.find_first_of(" ["), syntax.size());
        syntax.remove_prefix(end);
        if (!syntax.empty() && syntax[0] == ' ') syntax.remove_prefix(1);
    }
    return syntax;
}

}  // namespace

std::string hint(const CommandDocs& docs, std::string_view line)
{
    const auto words = split_words(line);
    if (!words || words->empty()) return {};
    const CommandDoc* doc = longest_match(docs, *words);
    if (doc == nullptr) return {};
    const auto rest = without_first(doc->syntax, words->size() - doc->words.size());
    return (protocol::is_space(line.back()) ? "" : " ") + std::string(rest);
}

std::vector<std::string> completions(const CommandDocs& docs, std::string_view line)
{
    constexpr std::string_view help = "help ";
    std::vector<std::string> out;
    std::size_t start = 0;
    if (starts_ignoring_case(line, help)) {
        start = std::min(line.find_first_not_of(' ', help.size()), line.size());
    }
    const auto offer = [&](const std::string& name) {
        if (starts_ignoring_case(name, line.substr(start)))
            out.push_back(std::string(line.substr(0, start)) + name);
    };
    if (start != 0) {
        for (const std::string& group : docs.groups()) offer('@' + group);
    }
    for (const CommandDoc& doc : docs.commands()) offer(doc.name);
    return out;
}

}  // namespace mini_redis::cli
