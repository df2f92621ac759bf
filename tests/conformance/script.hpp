// A session written by hand, as a text file. One command a line, typed as for redis-cli:
//
//   # a comment; `#` counts only at the beginning of a line
//   !server --requirepass secret      more arguments for both servers
//   !needs lpush client|tracking      the session waits until our server has these commands
//   SET greeting "hello\r\n"          a command; both replies must agree
//   ~same_type LOLWUT                 ... under this rule (agreement.hpp) instead of its usual one
//   @other CLIENT SETNAME x           ... on another connection, opened when first named
//   !send CLIENT REPLY OFF            sent, but no reply is awaited
//   !raw "*1\r\n$4\r\nPING\r\n"       these very bytes, and one reply
//   !push "PI"                        these very bytes, no reply awaited
//   !read                             one more reply
//   !blocked 2                        as soon as so many clients are blocked
//   !closed                           the server hangs up
//   !hang-up                          we hang up
//
// In every word {id:other}, {addr:other} and {laddr:other} stand for that field of the connection's
// CLIENT INFO (the unnamed one is {id:}), and {repeat:3:ab} for ababab.
// A connection that was closed is opened again by the next line that needs it.
#pragma once

#include "tests/support/agreement.hpp"
#include "tests/support/words.hpp"

#include <filesystem>
#include <string>
#include <vector>

namespace mini_redis::tests {

enum class Verb { command, send, raw, push, read, blocked, closed, hang_up };

struct Line {
    std::size_t number = 0;
    std::string text;
    std::string connection;
    Verb verb = Verb::command;
    Rule rule = Rule::same;
    Words words;
};

struct Script {
    Words server_arguments;
    Words needs;
    std::vector<Line> lines;
};

// Throws std::runtime_error that names file and line.
Script read_script(const std::filesystem::path& file);

}  // namespace mini_redis::tests
