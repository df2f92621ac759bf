// A command as the dispatcher knows it: its card, what follows from its syntax, and how to run it.
//
// A command is a struct with fields, `spec`, `syntax` and `run(Context&, Writer&)`; a container is
// a struct with `spec` and `subcommands`, and may also run when it is called without one.
// command<T>() makes the record of either; nothing registers itself, a family is a constexpr list.
#pragma once

#include "protocol/writer.hpp"
#include "server/dispatch/key_search.hpp"
#include "server/dispatch/syntax.hpp"

#include <array>
#include <span>
#include <string_view>
#include <vector>

namespace mini_redis::dispatch {

struct Context;

struct Command {
    const Spec* spec = nullptr;
    int arity = 0;
    std::span<const KeySpec> key_specs = {};
    std::span<const Command> subcommands = {};
    // Book: shared-state/nothing-to-wait-with. What has nothing to wait with cannot wait.
    void (*execute)(Context&, Words, Keys, protocol::Writer&) = nullptr;
    std::vector<Argument> (*arguments)() = nullptr;
    Uses (*uses)(Words) = nullptr;  // of its key, where they depend on the request
};

// The number of words of a well-formed request, as Redis counts: negative means "at least".
constexpr bool accepts(int arity, std::size_t words)
{
    return arity >= 0 ? words == static_cast<std::size_t>(arity)
                      : words >= static_cast<std::size_t>(-arity);
}

// Calls `visit(position, spec)` for each key among the words of a request, in order; what only
// stands where a key would is passed over. False if some cannot be told.
template <class Visit>
bool each_key(const Command& command, Words words, Visit&& visit)
{
    bool complete = true;
    for (const KeySpec& spec : command.key_specs) {
        if (!spec.is_key()) continue;
        auto found = find_keys(spec, words, spec.first);
        complete = complete && found;
        while (found) {
            for (int i = found->first; i <= found->last; i += spec.step)
                visit(static_cast<std::size_t>(i), spec);
            if (!spec.again || found->last < 0) break;
            found = find_keys(spec, words, found->last + 1);
        }
    }
    return complete;
}

namespace detail {

template <class T>
constexpr int first_argument = T::spec.container.empty() ? 1 : 2;

template <class T>
constexpr auto key_specs_of = T::syntax.key_specs(first_argument<T>);

template <class T>
constexpr int arity_of()
{
    if (T::spec.arity != 0) return T::spec.arity;
    const int words = first_argument<T> + T::syntax.width.min;
    return T::syntax.width.fixed ? words : -words;
}

template <class T>
void execute(Context& context, Words words, Keys keys, protocol::Writer& reply)
{
    T command{};
    Arguments in(words, first_argument<T>, keys);
    if (!T::syntax.parse(command, in)) return reply.error(in.error());
    command.run(context, reply);
}

template <class T>
std::vector<Argument> arguments()
{
    return T::syntax.describe();
}

}  // namespace detail

template <class T>
constexpr Command command()
{
    Command made{.spec = &T::spec, .arity = -2};
    if constexpr (requires { T::subcommands; }) made.subcommands = T::subcommands;
    if constexpr (requires { T::syntax; }) {
        made.arity = detail::arity_of<T>();
        made.key_specs = detail::key_specs_of<T>;
        made.execute = detail::execute<T>;
        made.arguments = detail::arguments<T>;
    }
    if constexpr (requires { T::uses_in(Words{}); }) made.uses = T::uses_in;
    return made;
}

template <class... Ts>
constexpr std::array<Command, sizeof...(Ts)> commands{command<Ts>()...};

// The commands of one of Redis' groups, or some of them.
struct Family {
    std::string_view group;
    Categories categories;  // of each of them, but not of a mere container
    std::span<const Command> commands;
};

}  // namespace mini_redis::dispatch
