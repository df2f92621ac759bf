// A command as the dispatcher knows it: its card, what follows from its syntax, and how to run it.
//
// A command is a struct with fields, `spec`, `syntax` and `run(Context&, Writer&)`; a container is a
// struct with `spec` and `subcommands`. command<T>() makes the record of either; nothing registers
// itself, a family is a constexpr list.
#pragma once

#include <array>
#include <span>
#include <string_view>
#include <vector>

#include "protocol/writer.hpp"
#include "server/dispatch/syntax.hpp"

namespace mini_redis::dispatch {

struct Context;

struct Command {
    const Spec* spec = nullptr;
    int arity = 0;
    std::span<const KeySpec> key_specs = {};
    std::span<const Command> subcommands = {};
    void (*execute)(Context&, Words, Keys, protocol::Writer&) = nullptr;
    std::vector<Argument> (*arguments)() = nullptr;
};

// The number of words of a well-formed request, as Redis counts: negative means "at least".
constexpr bool accepts(int arity, std::size_t words)
{
    return arity >= 0 ? words == static_cast<std::size_t>(arity) : words >= static_cast<std::size_t>(-arity);
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
    if constexpr (requires { T::subcommands; })
        return {.spec = &T::spec, .arity = -2, .subcommands = T::subcommands};
    else
        return {.spec = &T::spec,
                .arity = detail::arity_of<T>(),
                .key_specs = detail::key_specs_of<T>,
                .execute = detail::execute<T>,
                .arguments = detail::arguments<T>};
}

template <class... Ts>
constexpr std::array<Command, sizeof...(Ts)> commands{command<Ts>()...};

// The commands of one of Redis' groups.
struct Family {
    std::string_view group;
    Category category;
    std::span<const Command> commands;
};

}  // namespace mini_redis::dispatch
