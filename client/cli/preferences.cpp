// One preference so far; the file is redis-cli's, whose only one it is, too.
#include "client/cli/preferences.hpp"

#include "client/cli/history.hpp"
#include "client/cli/printer.hpp"

#include <fstream>

namespace mini_redis::cli {

std::string Preferences::set(const Words& words)
{
    if (words.size() < 2 || !begins_with(words, {":set"}))
        return "unknown mini-redis-cli internal command '" + words[0] + "'\n";
    const bool on = begins_with(words, {":set", "hints"});
    if (!on && !begins_with(words, {":set", "nohints"}))
        return "unknown mini-redis-cli preference '" + words[1] + "'\n";
    hints = on;
    return {};
}

void Preferences::load()
{
    const auto path = dot_file("REDISCLI_RCFILE", ".redisclirc");
    if (!path) return;
    std::ifstream file(*path);
    for (std::string line; std::getline(file, line);) {
        const auto words = split_words(line);
        if (!words || words->empty()) continue;
        if (const auto complaint = set(*words); !complaint.empty())
            say(".redisclirc: " + complaint);
    }
}

}  // namespace mini_redis::cli
