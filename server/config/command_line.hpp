// The command line: [config-file] [--directive argument ...] ... [-h] [-v], as redis-server reads
// it.
//
// The flags are the directives of the table, and they override the file.
#pragma once

#include "server/config/config.hpp"

namespace mini_redis::config {

// What came of the command line.
struct Start {
    struct Exit {
        int code;
        std::string text;
    };
    std::optional<Exit> exit;  // help, version, or what is wrong: to be said before leaving
    std::vector<std::string> warnings;  // to be logged when there is a log
};

// Fills the config; `words` are those behind the program's name.
Start read_command_line(Config& config, const Arguments& words, const std::string& version);

}  // namespace mini_redis::config
