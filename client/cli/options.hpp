// What the program was asked for: its options and, behind them, perhaps a command.
//
// Options end at the first word that is none, as in redis-cli: what follows is the command, dashes
// and all. Of options that contradict each other the last one counts, except -2 and -3, -x and -X.
#pragma once

#include "client/cli/printer.hpp"
#include "client/cli/words.hpp"
#include "client/options.hpp"

#include <chrono>
#include <cstdint>
#include <optional>
#include <string>

namespace mini_redis::cli {

enum class Mode : std::uint8_t {
    command,  // or, if there is none, a session
    pipe,
    scan,
    stat,
    latency,
    latency_history,
    big_keys,
    memory_keys,
    pubsub,
    eval,
};

// Who enters which database, and in which dialect.
struct Entry {
    client::Address address;
    std::optional<std::string> user;
    std::optional<std::string> password;
    int database = 0;
    enum class Resp3 : std::uint8_t { no, if_possible, required } resp3 = Resp3::no;
};

struct Options {
    Entry entry;
    Style style;
    Mode mode = Mode::command;
    Words command;

    long long repeat = 1;                  // negative: for ever
    std::chrono::microseconds interval{};  // none given: zero
    bool last_word_from_stdin = false;     // -x
    std::optional<std::string> stdin_tag;  // -X
    bool quoted_input = false;
    bool errors_are_failures = false;  // -e
    bool ask_password = false;
    bool warn_of_password = false;  // it stands where everybody sees it

    std::optional<std::string> pattern;
    std::optional<long long> count;  // a hint for SCAN
    std::optional<long long> memory_samples;
    int pipe_timeout_s = 30;  // zero: for ever
    std::string script_file;
};

// A text to show instead of running, and the exit code.
struct Leave {
    int code;
    std::string text;
};

// `words` are the arguments without the program's name. `style` is what holds if nothing is said.
std::optional<Leave> read_options(Options& options, Words words, Style style);

}  // namespace mini_redis::cli
