// The grammar of every command, as redis-server itself tells it: COMMAND DOCS gives the argument
// trees, COMMAND INFO the arity. It is asked at run time, so a command that a later version of our
// server learns is generated with all its options without a line written here.
#pragma once

#include "tests/support/client.hpp"

#include <map>
#include <string>
#include <vector>

namespace mini_redis::tests {

struct Argument {
    std::string name;
    std::string type;  // string, integer, double, key, pattern, unix-time, pure-token, oneof, block
    std::string token;  // what stands before it; empty if nothing does
    bool has_token = false;
    bool optional = false;
    bool multiple = false;
    bool multiple_token = false;  // the token is repeated with each
    std::vector<Argument> arguments;
};

struct Command {
    std::string name;   // lower case, subcommands as "config|get"
    std::string group;  // the documentation's: string, bitmap, generic, ...
    int arity = 0;
    bool container = false;  // has subcommands; not a command by itself
    std::vector<Argument> arguments;
};

// By name. Containers are there beside their subcommands.
using Grammar = std::map<std::string, Command>;

Grammar fetch_grammar(Client& client);

// The names in COMMAND LIST, lower case, containers and subcommands alike.
std::vector<std::string> fetch_command_names(Client& client);

}  // namespace mini_redis::tests
