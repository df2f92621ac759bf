// The grammar of a command's words, read twice: to fill the command's fields, and to describe it.
//
//   static constexpr auto syntax = sequence(
//       key_arg("key", &Getex::key, Use::rw | Use::access | Use::update),
//       options(one_of("expiration", token_arg("EX", arg("seconds", &Getex::seconds)),
//                                    token("PERSIST", &Getex::persist))));
//
// Each node knows how many words it takes at least and whether it may take more (from which arity
// follows), where its keys stand, how to parse itself and how to describe itself. All of it is
// resolved at compile time: a command of one key and no options costs what hand-written code costs.
// A grammar that no node fits is written as `custom`, both halves of it side by side.
#pragma once

#include "server/dispatch/syntax/composition.hpp"
#include "server/dispatch/syntax/keys.hpp"
#include "server/dispatch/syntax/tokens.hpp"
#include "server/dispatch/syntax/words.hpp"
