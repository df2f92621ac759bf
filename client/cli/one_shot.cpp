// First the words are made complete, then they are sent.
#include "client/cli/one_shot.hpp"

#include "client/cli/help.hpp"
#include "client/cli/repl.hpp"

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <fstream>
#include <iostream>
#include <iterator>

namespace mini_redis::cli {
namespace {

using Complaint = std::optional<std::string>;

std::string all_of(std::istream& in)
{
    return {std::istreambuf_iterator<char>(in), std::istreambuf_iterator<char>()};
}

// redis-cli says this one on the standard output.
bool unquote_all(Words& words)
{
    for (std::string& word : words) {
        auto unquoted = unquote(word);
        if (!unquoted) return false;
        word = std::move(*unquoted);
    }
    return true;
}

Complaint complete_from_stdin(const Options& options, Words& words)
{
    if (options.last_word_from_stdin) words.push_back(all_of(std::cin));
    if (!options.stdin_tag) return std::nullopt;
    const auto tag = std::ranges::find(words, *options.stdin_tag);
    if (tag == words.end()) return "Using -X option but stdin tag not match.\n";
    *tag = all_of(std::cin);
    return std::nullopt;
}

}  // namespace

int run_one_command(const Options& options, Session& session)
{
    // Whatever fails here is tried, and complained about, once more below.
    session.connect(true);
    Words words = options.command;
    if (options.quoted_input && !unquote_all(words)) {
        say("Invalid quoted string\n");
        return 1;
    }
    if (const auto complaint = complete_from_stdin(options, words)) {
        complain(*complaint);
        return 1;
    }
    if (asks_for_help(words)) {
        words.erase(words.begin());
        say(help(words.empty() ? CommandDocs() : fetch_docs(session), words));
        return 0;
    }
    return session.run(words, options.repeat) ? 0 : 1;
}

int run_script(const Options& options, Session& session)
{
    if (!session.connect()) return 1;
    std::ifstream file(options.script_file);
    if (!file) {
        complain("Can't open file '" + options.script_file + "': " + std::strerror(errno) + '\n');
        return 1;
    }
    const Words& given = options.command;
    const auto comma = std::ranges::find(given, ",");
    Words words{"EVAL", all_of(file), std::to_string(comma - given.begin())};
    words.insert(words.end(), given.begin(), comma);
    if (comma != given.end()) words.insert(words.end(), comma + 1, given.end());
    return session.run(words, options.repeat) ? 0 : 1;
}

}  // namespace mini_redis::cli
