// A client as CLIENT LIST shows it, and the kinds of clients that its filters know.
#pragma once

#include "server/commands/grammar.hpp"

#include <cstdint>
#include <optional>
#include <string>

namespace mini_redis::commands {

// Redis' fields, in its order, and a line end. What a client of ours has nothing of (a reply buffer
// of its own, a transaction) is what it is of an idle client there.
// `words` are those of the command that asks, if it is the client's own.
std::string client_line(const Session& session, Milliseconds now, Words words);

enum class ClientType : std::uint8_t { normal, replica, pubsub, master };

ClientType type_of(const Session& session);

// To whom what it tracks is told: 0 is itself, -1 if it does not track.
std::int64_t redirect_of(const Session& session);

// By the name that filters use.
std::optional<ClientType> client_type(Word name);

// False, and an error written, if it is no type's name.
bool read_client_type(Word name, std::optional<ClientType>& type, Writer& reply);

// One of several words to choose from, for the manual.
Argument choice(std::string_view token, std::string_view since = {});

// CLIENT SETNAME and HELLO. An empty name is none; false, and an error written, if it cannot be
// one.
bool set_client_name(Session& session, Word name, Writer& reply);

}  // namespace mini_redis::commands
