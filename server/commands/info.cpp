// INFO: what there is to say of the server, by sections.
#include "server/commands/info.hpp"

#include "protocol/text.hpp"

namespace mini_redis::commands {
namespace {

struct Info {
    Words names;

    static constexpr Spec spec{
        .name = "INFO",
        .summary = "Returns what there is to say of the server, or some sections of it.",
        .since = "1.0.0",
        .complexity = "O(1)",
        .flags = Flag::loading | Flag::stale,
        .categories = Category::dangerous,
        .tips = {"nondeterministic_output", "request_policy:all_shards", "response_policy:special"},
    };
    static constexpr auto syntax = sequence(optional(rest("section", &Info::names)));

    bool wants(const InfoSection& section) const
    {
        if (names.empty()) return section.by_default;
        return std::ranges::any_of(names, [&](Word name) {
            const auto is = [name](std::string_view other) {
                return protocol::equal_ignoring_case(name, other);
            };
            return is(section.name) || is("all") || is("everything") ||
                   (is("default") && section.by_default) ||
                   (is("module_list") && section.name == "modules");
        });
    }

    void run(Context& context, Writer& reply) const
    {
        std::string text;
        InfoLines lines(text);
        for (const InfoSection& section : info_sections()) {
            if (!wants(section)) continue;
            if (!text.empty()) text += "\r\n";
            lines.add("# {}", section.title);
            section.write(context, lines);
        }
        reply.verbatim("txt", text);
    }
};

constexpr auto info_commands = dispatch::commands<Info>;

}  // namespace

const dispatch::Family server_info{"server", {}, info_commands};

}  // namespace mini_redis::commands
