// In Redis' form: a heading, then a line for each usage and an indented one for what it does.
#include "server/commands/help.hpp"

namespace mini_redis::commands {

void write_help(const Context& context, std::string_view container, Writer& reply)
{
    const dispatch::Listed& listed = *context.services.catalogue.find(container);
    std::vector<std::string> lines{std::string(container) +
                                   " <subcommand> [<arg> [value] [opt] ...]. Subcommands are:"};
    const auto explain = [&](std::string usage, const Spec& spec) {
        lines.push_back(std::move(usage));
        lines.push_back("    " + std::string(spec.summary));
    };
    if (listed.command->execute) explain("(no subcommand)", listed.spec());
    for (const dispatch::Listed* sub : listed.subcommands) {
        const std::string arguments = dispatch::usage(sub->command->arguments());
        explain(std::string(sub->spec().name) + (arguments.empty() ? "" : " ") + arguments,
                sub->spec());
    }
    reply.array(lines.size());
    for (const std::string& line : lines) reply.simple(line);
}

void wrong_subcommand(const Context& context, std::string_view container, Writer& reply)
{
    reply.error("ERR unknown subcommand or wrong number of arguments for '" +
                std::string(context.words[1].substr(0, 128)) + "'. Try " + std::string(container) +
                " HELP.");
}

}  // namespace mini_redis::commands
