// Line by line; the signs before the command may come in any order.
#include "tests/conformance/script.hpp"

#include "tests/conformance/scope.hpp"

#include <fstream>
#include <map>
#include <stdexcept>

namespace mini_redis::tests {
namespace {

Verb verb_named(const std::string& name)
{
    static const std::map<std::string, Verb> verbs{
        {"send", Verb::send},      {"raw", Verb::raw},         {"push", Verb::push},
        {"read", Verb::read},      {"blocked", Verb::blocked}, {"closed", Verb::closed},
        {"hang-up", Verb::hang_up}};
    const auto found = verbs.find(name);
    if (found == verbs.end()) throw std::invalid_argument("no such verb: !" + name);
    return found->second;
}

Line parsed(std::size_t number, const std::string& text)
{
    Line line{.number = number, .text = text, .connection = {}, .words = split_words(text)};
    bool ruled = false;
    auto& words = line.words;
    for (; !words.empty() && words[0].size() > 1; words.erase(words.begin())) {
        const auto name = words[0].substr(1);
        if (words[0][0] == '@') {
            line.connection = name;
        } else if (words[0][0] == '!') {
            line.verb = verb_named(name);
        } else if (words[0][0] == '~') {
            line.rule = rule_named(name);
            ruled = true;
        } else {
            break;
        }
    }
    if (!ruled && line.verb == Verb::command) line.rule = rule_of(words);
    return line;
}

}  // namespace

Script read_script(const std::filesystem::path& file)
{
    Script script;
    std::ifstream input(file);
    std::string text;
    for (std::size_t number = 1; std::getline(input, text); ++number) {
        try {
            if (text.empty() || text[0] == '#') continue;
            if (text.starts_with("!server ")) {
                script.server_arguments = split_words(text.substr(8));
            } else if (text.starts_with("!needs ")) {
                script.needs = split_words(text.substr(7));
            } else {
                script.lines.push_back(parsed(number, text));
            }
        } catch (const std::exception& reason) {
            throw std::runtime_error(file.filename().string() + ':' + std::to_string(number) +
                                     ": " + reason.what());
        }
    }
    if (script.lines.empty()) throw std::runtime_error(file.string() + " says nothing");
    return script;
}

}  // namespace mini_redis::tests
