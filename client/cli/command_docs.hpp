// What the server tells of its commands (COMMAND DOCS), as a person wants to read it.
//
// Nothing is built in: the help is that of the server one is connected to, with the commands it
// has.
#pragma once

#include "protocol/value.hpp"

#include <string>
#include <string_view>
#include <vector>

namespace mini_redis::cli {

struct CommandDoc {
    std::vector<std::string> words;  // "CONFIG", "GET"
    std::string name;                // the words, joined
    std::string syntax;              // "key [NX|XX] [GET]"
    std::string summary;
    std::string since;
    std::string group;
};

class CommandDocs {
public:
    CommandDocs() = default;
    // `reply` is that of COMMAND DOCS, in either dialect. What it lacks stays empty.
    explicit CommandDocs(const protocol::Value& reply);

    bool empty() const { return commands_.empty(); }
    // Subcommands included, sorted by name.
    const std::vector<CommandDoc>& commands() const { return commands_; }
    // Sorted.
    const std::vector<std::string>& groups() const { return groups_; }

private:
    void add(const std::vector<std::string>& words, const protocol::Value& fields);

    std::vector<CommandDoc> commands_;
    std::vector<std::string> groups_;
};

}  // namespace mini_redis::cli
