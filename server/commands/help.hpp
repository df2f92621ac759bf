// HELP of a container: what its subcommands are and do, from their own cards and syntax.
//
//   constexpr Spec config_help = help_card("CONFIG", "5.0.0");
//   constexpr auto config_subcommands = dispatch::commands<ConfigGet, Help<config_help>, ...>;
#pragma once

#include "server/commands/grammar.hpp"

namespace mini_redis::commands {

constexpr Spec help_card(std::string_view container, std::string_view since,
                         dispatch::Categories categories = {})
{
    return {.name = "HELP",
            .container = container,
            .summary = "Lists the subcommands.",
            .since = since,
            .complexity = "O(1)",
            .flags = Flag::loading | Flag::stale,
            .categories = categories};
}

void write_help(const Context& context, std::string_view container, Writer& reply);

// What Redis says when the number of words is right for the command and wrong for the subcommand.
void wrong_subcommand(const Context& context, std::string_view container, Writer& reply);

template <const Spec& card>
struct Help {
    static constexpr const Spec& spec = card;
    static constexpr auto syntax = sequence();

    void run(Context& context, Writer& reply) const { write_help(context, spec.container, reply); }
};

}  // namespace mini_redis::commands
