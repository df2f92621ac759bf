// What every family needs to define commands, under one roof.
#pragma once

#include "server/commands/families.hpp"
#include "server/dispatch/command.hpp"
#include "server/dispatch/context.hpp"
#include "server/dispatch/errors.hpp"
#include "server/dispatch/syntax.hpp"

namespace mini_redis::commands {

using dispatch::arg;
using dispatch::Argument;
using dispatch::Arguments;
using dispatch::ArgumentType;
using dispatch::block;
using dispatch::Category;
using dispatch::Context;
using dispatch::counted_keys_arg;
using dispatch::custom;
using dispatch::Flag;
using dispatch::Key;
using dispatch::key_arg;
using dispatch::key_option;
using dispatch::key_pair_arg;
using dispatch::key_values_arg;
using dispatch::Keys;
using dispatch::keys_arg;
using dispatch::keys_behind;
using dispatch::Manual;
using dispatch::no_key_arg;
using dispatch::no_keys_arg;
using dispatch::one_of;
using dispatch::optional;
using dispatch::optional_last;
using dispatch::options;
using dispatch::repeated;
using dispatch::rest;
using dispatch::sequence;
using dispatch::Session;
using dispatch::Spec;
using dispatch::token;
using dispatch::token_arg;
using dispatch::unknown_keys;
using dispatch::unread;
using dispatch::Use;
using dispatch::word;
using dispatch::Word;
using dispatch::Words;
using keyspace::Encoding;
using keyspace::Entry;
using keyspace::Event;
using keyspace::Milliseconds;
using keyspace::Ttl;
using protocol::Dialect;
using protocol::Writer;

namespace errors = dispatch::errors;

// False, and an error written, if there is an entry and it is of another type.
inline bool must_be(keyspace::Type type, const Entry* entry, Writer& reply)
{
    if (!entry || entry->type() == type) return true;
    reply.error(errors::wrong_type);
    return false;
}

}  // namespace mini_redis::commands
