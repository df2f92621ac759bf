// All commands of a server, by name. Filled once, before the first request; then only read.
#pragma once

#include "server/dispatch/command.hpp"

#include <cstdint>
#include <deque>
#include <string>
#include <string_view>
#include <vector>

namespace mini_redis::dispatch {

// A command in its place: what a Command says, and what follows from where it stands.
struct Listed {
    const Command* command;
    std::string name;  // lower case; "config|get" for a subcommand
    std::string_view group;
    Flags flags;
    Categories categories;
    unsigned id;  // dense from 0: where statistics of it are kept
    std::vector<const Listed*> subcommands;
    bool one_plain_key = false;  // exactly one key spec, of one key at a fixed place

    const Spec& spec() const { return *command->spec; }
    // Whether a request's first word alone says that it is this one.
    bool found_by_one_word() const { return subcommands.empty() && spec().container.empty(); }
};

class Catalogue {
public:
    Catalogue();
    Catalogue(Catalogue&&) = default;

    void add(const Family& family);

    // By the first word of a request, in any case. Null if there is none.
    const Listed* find(Word name) const;

    // By the words of a request, subcommands resolved. Null if the command or only the subcommand
    // is unknown.
    const Listed* find(Words words) const;

    // By the name it is listed under, in any case: "config|get".
    const Listed* find_full(std::string_view name) const;

    // Commands in the order they were added, without subcommands; and everything, by id.
    const std::vector<const Listed*>& commands() const { return commands_; }
    const std::deque<Listed>& all() const { return all_; }

private:
    struct Slot {
        std::uint64_t hash = 0;
        const Listed* listed = nullptr;
    };

    const Listed& enter(const Command& command, const Family& family, std::string name);
    void index(const Listed& listed);

    std::deque<Listed> all_;
    std::vector<const Listed*> commands_;
    std::vector<Slot> slots_;  // open addressing by the name's hash; a power of two
};

}  // namespace mini_redis::dispatch
