// One table a group, one row a command; a container has a row only if it runs by itself.
#include "server/dispatch/reference.hpp"

#include <algorithm>
#include <map>
#include <string_view>

namespace mini_redis::dispatch {
namespace {

constexpr std::string_view introduction =
    R"(# Commands

What a command does here it does as in Redis 7.0: its options, its replies and its errors. The
server itself says the same of it, and more: `COMMAND DOCS`.

This page is generated from the commands' own definitions in `server/commands/`.
)";

// What a table cell can hold.
std::string cell(std::string_view text)
{
    std::string escaped;
    for (const char c : text) {
        if (c == '|') escaped += '\\';
        escaped += c;
    }
    return escaped;
}

std::string synopsis(const Listed& listed)
{
    const Spec& spec = listed.spec();
    std::string text(spec.container);
    text.append(text.empty() ? "" : " ").append(spec.name);
    const std::string arguments = usage(listed.command->arguments());
    return text.append(arguments.empty() ? "" : " ").append(arguments);
}

std::string row(const Listed& listed)
{
    const Spec& spec = listed.spec();
    std::string text = "| `" + cell(synopsis(listed)) + "` | ";
    text.append(spec.since).append(" | ").append(cell(spec.complexity)).append(" | ");
    text.append(cell(spec.summary));
    if (!spec.deprecated_since.empty())
        text.append(" Deprecated since ").append(spec.deprecated_since).append(".");
    if (!spec.replaced_by.empty()) text.append(" Use ").append(spec.replaced_by).append(".");
    return text + " |\n";
}

}  // namespace

std::string reference(const Catalogue& catalogue)
{
    std::map<std::string_view, std::map<std::string_view, const Listed*>> groups;
    for (const Listed& listed : catalogue.all())
        if (listed.command->execute) groups[listed.group].emplace(listed.name, &listed);

    std::string page(introduction);
    for (const auto& [group, commands] : groups) {
        page.append("\n## ").append(group).append("\n\n");
        page += "| Command | Since | Complexity | What it does |\n|---|---|---|---|\n";
        for (const auto& [name, listed] : commands) page += row(*listed);
    }
    return page;
}

}  // namespace mini_redis::dispatch
