// Read a line, see whether it is for us or for the server, and so on.
#include "client/cli/repl.hpp"

#include "client/cli/help.hpp"
#include "client/cli/hints.hpp"
#include "client/cli/interrupt.hpp"
#include "client/cli/nature.hpp"

#include <cerrno>
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <iostream>
#include <unistd.h>

namespace mini_redis::cli {
namespace {

using Clock = std::chrono::steady_clock;

// What took longer than a person notices is worth a word.
constexpr std::chrono::milliseconds noticeable{500};

// "5 incr counter": how often, and whether the number is one that will do. Nothing if the line does
// not begin with a number.
std::optional<long long> repetitions(const Words& words)
{
    if (words.size() < 2) return std::nullopt;
    char* end = nullptr;
    errno = 0;
    const long long number = std::strtol(words[0].c_str(), &end, 10);
    if (*end != '\0') return std::nullopt;
    return errno == 0 && number > 0 ? number : 0;
}

void say_duration(Clock::duration took)
{
    char text[32];
    std::snprintf(text, sizeof text, "(%.2fs)\n", std::chrono::duration<double>(took).count());
    say(text);
}

}  // namespace

CommandDocs fetch_docs(Session& session)
{
    if (!session.connected() && !session.connect(true)) return {};
    const auto reply = session.ask({"COMMAND", "DOCS"});
    return reply ? CommandDocs(*reply) : CommandDocs();
}

Repl::Repl(Session& session, Interrupt& interrupt)
    : session_(session), interrupt_(interrupt), history_(std::nullopt)
{
    if (::isatty(STDIN_FILENO) == 0) return;
    history_ = HistoryFile(dot_file("REDISCLI_HISTFILE", ".rediscli_history"));
    preferences_.load();
    const auto hint_for = [this](std::string_view line) {
        return preferences_.hints ? hint(docs_, line) : std::string();
    };
    const auto completions_of = [this](std::string_view line) { return completions(docs_, line); };
    editor_ = std::make_unique<LineEditor>(hint_for, completions_of, interrupt_);
    for (const std::string& line : history_.load()) editor_->remember(line);
}

void Repl::run()
{
    while (const auto line = read_line()) {
        if (serve(*line) == Then::leave) return;
    }
}

std::optional<std::string> Repl::read_line()
{
    if (editor_) {
        if (session_.connected()) docs();
        interrupt_.forget();
        return editor_->read(session_.prompt());
    }
    std::string line;
    if (!std::getline(std::cin, line)) return std::nullopt;
    return line;
}

Repl::Then Repl::serve(const std::string& line)
{
    auto words = split_words(line);
    if (!words) {
        say("Invalid argument(s)\n");
        remember(line);
        return Then::next;
    }
    if (words->empty()) return Then::next;
    return obey(*words, line);
}

Repl::Then Repl::obey(const Words& words, const std::string& line)
{
    const auto repeat = repetitions(words);
    if (repeat == 0) {
        say("Invalid mini-redis-cli repeat command option value.\n");
        return Then::next;
    }
    const Words command(words.begin() + (repeat ? 1 : 0), words.end());
    if (!is_secret(command)) remember(line);
    if (begins_with(words, {"quit"}) || begins_with(words, {"exit"})) return Then::leave;
    if (!is_ours(words)) run_command(command, repeat.value_or(1));
    return Then::next;
}

bool Repl::is_ours(const Words& words)
{
    if (words[0].starts_with(':')) {
        say(preferences_.set(words));
    } else if (words.size() == 3 && begins_with(words, {"connect"})) {
        session_.connect_to(words[1], static_cast<std::uint16_t>(std::atoi(words[2].c_str())));
    } else if (words.size() == 1 && begins_with(words, {"clear"})) {
        say("\x1b[H\x1b[2J");
    } else {
        return false;
    }
    return true;
}

void Repl::run_command(const Words& words, long long repeat)
{
    if (asks_for_help(words)) {
        const Words topic(words.begin() + 1, words.end());
        say(help(topic.empty() ? docs_ : docs(), topic));
        return;
    }
    const auto began = Clock::now();
    session_.run(words, repeat);
    const auto took = Clock::now() - began;
    if (took >= noticeable && session_.printer().style().form == Form::people) say_duration(took);
    interrupt_.forget();
}

void Repl::remember(const std::string& line)
{
    if (!editor_ || line == last_line_) return;
    last_line_ = line;
    editor_->remember(line);
    history_.add(line);
}

// Inside a transaction a question of ours would become part of it.
const CommandDocs& Repl::docs()
{
    if (session_.in_transaction() || docs_of_ == session_.identity()) return docs_;
    if (auto fresh = fetch_docs(session_); !fresh.empty() || docs_.empty())
        docs_ = std::move(fresh);
    docs_of_ = session_.identity();
    return docs_;
}

}  // namespace mini_redis::cli
