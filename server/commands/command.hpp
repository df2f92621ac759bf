// COMMAND: what the server's commands are. Its two long replies have a file of their own.
#pragma once

#include "server/commands/grammar.hpp"

namespace mini_redis::commands {

// COMMAND INFO's reply for one command: ten elements, subcommands nested in the last.
void write_command_info(const dispatch::Listed& listed, Writer& reply);

// COMMAND DOCS' reply for one command: a map.
void write_command_docs(const dispatch::Listed& listed, Writer& reply);

// The names of what a set has, as a set: key specs use it here and in GETKEYSANDFLAGS.
template <class Enum>
void write_names(dispatch::Set<Enum> set, unsigned count, Writer& reply,
                 std::string_view prefix = {})
{
    const auto mark = reply.later();
    std::size_t written = 0;
    for (unsigned i = 0; i < count; ++i) {
        if (!set.has(static_cast<Enum>(i))) continue;
        reply.simple(std::string(prefix).append(to_string(static_cast<Enum>(i))));
        ++written;
    }
    reply.set_at(mark, written);
}

}  // namespace mini_redis::commands
