// The replies are RESP2: maps come as flat arrays.
#include "tests/conformance/grammar.hpp"

#include "tests/support/frame.hpp"

#include <algorithm>

namespace mini_redis::tests {
namespace {

bool has_flag(const Frame& argument, std::string_view flag)
{
    const auto& flags = argument.at("flags").children;
    return std::any_of(flags.begin(), flags.end(), [&](auto& one) { return one.text == flag; });
}

std::vector<Argument> arguments_of(const Frame& frame)
{
    std::vector<Argument> arguments;
    for (const auto& child : frame.at("arguments").children)
        arguments.push_back({.name = child.at("name").text,
                             .type = child.at("type").text,
                             .token = child.at("token").text,
                             .has_token = !child.at("token").null,
                             .optional = has_flag(child, "optional"),
                             .multiple = has_flag(child, "multiple"),
                             .multiple_token = has_flag(child, "multiple_token"),
                             .arguments = arguments_of(child)});
    return arguments;
}

void add_docs(Grammar& grammar, const Frame& docs)
{
    for (std::size_t i = 0; i + 1 < docs.children.size(); i += 2) {
        const auto& name = docs.children[i].text;
        const auto& doc = docs.children[i + 1];
        auto& command = grammar[name];
        command.name = name;
        command.group = doc.at("group").text;
        command.arguments = arguments_of(doc);
        command.container = !doc.at("subcommands").null;
        add_docs(grammar, doc.at("subcommands"));
    }
}

void add_arities(Grammar& grammar, const Frame& infos)
{
    constexpr std::size_t subcommands = 9;
    for (const auto& info : infos.children) {
        if (info.children.size() <= subcommands) continue;
        grammar[info.children[0].text].arity = std::stoi(info.children[1].text);
        add_arities(grammar, info.children[subcommands]);
    }
}

}  // namespace

Grammar fetch_grammar(Client& client)
{
    Grammar grammar;
    add_docs(grammar, parse_frame(client.ask({"COMMAND", "DOCS"})));
    add_arities(grammar, parse_frame(client.ask({"COMMAND"})));
    return grammar;
}

std::vector<std::string> fetch_command_names(Client& client)
{
    std::vector<std::string> names;
    for (const auto& name : parse_frame(client.ask({"COMMAND", "LIST"})).children)
        names.push_back(lowered(name.text));
    std::sort(names.begin(), names.end());
    return names;
}

}  // namespace mini_redis::tests
