// COMMAND INFO and COMMAND DOCS: a card, what follows from its syntax, and its place in the
// catalogue, in the order in which Redis says it.
#include "server/commands/command.hpp"

namespace mini_redis::commands {
namespace {

using dispatch::Argument;
using dispatch::KeySpec;
using dispatch::Listed;

void write_pair(std::string_view name, std::string_view value, Writer& reply)
{
    reply.bulk(name);
    reply.bulk(value);
}

// "type" and "spec": how the words where keys begin, or the keys from there on, are found.
void write_method(std::string_view type, std::initializer_list<std::pair<const char*, int>> spec,
                  Writer& reply)
{
    reply.map(2);
    write_pair("type", type, reply);
    reply.bulk("spec");
    reply.map(spec.size());
    for (const auto& [name, value] : spec) {
        reply.bulk(name);
        reply.integer(value);
    }
}

void write_begin_search(const KeySpec& spec, Writer& reply)
{
    if (spec.reach == KeySpec::Reach::unknown) return write_method("unknown", {}, reply);
    if (spec.keyword.empty()) return write_method("index", {{"index", spec.first}}, reply);
    reply.map(2);
    write_pair("type", "keyword", reply);
    reply.bulk("spec");
    reply.map(2);
    write_pair("keyword", spec.keyword, reply);
    reply.bulk("startfrom");
    reply.integer(spec.first);
}

void write_find_keys(const KeySpec& spec, Writer& reply)
{
    using enum KeySpec::Reach;
    switch (spec.reach) {
        case range:
            return write_method("range",
                                {{"lastkey", spec.last},
                                 {"keystep", spec.step},
                                 {"limit", spec.share == 1 ? 0 : spec.share}},
                                reply);
        case counted:
            return write_method("keynum",
                                {{"keynumidx", 0}, {"firstkey", 1}, {"keystep", spec.step}}, reply);
        case unknown:
            return write_method("unknown", {}, reply);
    }
}

void write_key_specs(std::span<const KeySpec> specs, Writer& reply)
{
    reply.set(specs.size());
    for (const KeySpec& spec : specs) {
        reply.map(3);
        reply.bulk("flags");
        write_names(spec.uses, dispatch::use_count, reply);
        reply.bulk("begin_search");
        write_begin_search(spec, reply);
        reply.bulk("find_keys");
        write_find_keys(spec, reply);
    }
}

// Where keys stand, as clients older than key specs want to know it: one range for all that need no
// search.
struct Range {
    int first = 0;
    int last = 0;
    int step = 0;
};

Range all_keys(std::span<const KeySpec> specs)
{
    const auto movable = std::ranges::find_if(specs, &KeySpec::movable);
    const std::span plain(specs.begin(), movable);
    if (plain.empty()) return {};
    const KeySpec& last = plain.back();
    return {plain.front().first, last.last < 0 ? last.last : last.first + last.last, last.step};
}

void write_tips(const Spec& spec, Writer& reply)
{
    const auto count = std::ranges::count_if(spec.tips, [](auto tip) { return !tip.empty(); });
    reply.set(static_cast<std::size_t>(count));
    for (const std::string_view tip : spec.tips)
        if (!tip.empty()) reply.bulk(tip);
}

void write_flags(const Argument& argument, Writer& reply)
{
    const std::array flags{std::pair(argument.optional, "optional"),
                           std::pair(argument.multiple, "multiple"),
                           std::pair(argument.multiple_token, "multiple_token")};
    const auto mark = reply.later();
    std::size_t count = 0;
    for (const auto& [given, name] : flags) {
        if (!given) continue;
        reply.simple(name);
        ++count;
    }
    reply.set_at(mark, count);
}

void write_arguments(const std::vector<Argument>& arguments, Writer& reply);

// What is not said of an argument is left out.
void write_argument(const Argument& argument, Writer& reply)
{
    const auto mark = reply.later();
    std::size_t pairs = 0;
    const auto say = [&](std::string_view name, std::string_view value) {
        if (value.empty()) return;
        write_pair(name, value, reply);
        ++pairs;
    };
    say("name", argument.name);
    say("type", to_string(argument.type));
    if (argument.key_spec >= 0) {
        reply.bulk("key_spec_index");
        reply.integer(argument.key_spec);
        ++pairs;
    }
    say("token", argument.token);
    say("since", argument.since);
    say("deprecated_since", argument.deprecated_since);
    if (argument.optional || argument.multiple || argument.multiple_token) {
        reply.bulk("flags");
        write_flags(argument, reply);
        ++pairs;
    }
    if (!argument.children.empty()) {
        reply.bulk("arguments");
        write_arguments(argument.children, reply);
        ++pairs;
    }
    reply.map_at(mark, pairs);
}

void write_arguments(const std::vector<Argument>& arguments, Writer& reply)
{
    reply.array(arguments.size());
    for (const Argument& argument : arguments) write_argument(argument, reply);
}

void write_doc_flags(const Spec& spec, Writer& reply)
{
    const bool deprecated = !spec.deprecated_since.empty();
    reply.set((deprecated ? 1U : 0U) + (spec.system ? 1U : 0U));
    if (deprecated) reply.simple("deprecated");
    if (spec.system) reply.simple("syscmd");
}

}  // namespace

void write_command_info(const Listed& listed, Writer& reply)
{
    const dispatch::Command& command = *listed.command;
    const Range keys = all_keys(command.key_specs);
    reply.array(10);
    reply.bulk(listed.name);
    reply.integer(command.arity);
    write_names(listed.flags, dispatch::flag_count, reply);
    reply.integer(keys.first);
    reply.integer(keys.last);
    reply.integer(keys.step);
    write_names(listed.categories, dispatch::category_count, reply, "@");
    write_tips(listed.spec(), reply);
    write_key_specs(command.key_specs, reply);
    if (listed.subcommands.empty()) return reply.set(0);
    reply.array(listed.subcommands.size());
    for (const Listed* sub : listed.subcommands) write_command_info(*sub, reply);
}

void write_command_docs(const Listed& listed, Writer& reply)
{
    const Spec& spec = listed.spec();
    const auto mark = reply.later();
    std::size_t pairs = 0;
    const auto say = [&](std::string_view name, std::string_view value) {
        if (value.empty()) return;
        write_pair(name, value, reply);
        ++pairs;
    };
    say("summary", spec.summary);
    say("since", spec.since);
    say("group", listed.group);
    say("complexity", spec.complexity);
    if (spec.system || !spec.deprecated_since.empty()) {
        reply.bulk("doc_flags");
        write_doc_flags(spec, reply);
        ++pairs;
    }
    say("deprecated_since", spec.deprecated_since);
    say("replaced_by", spec.replaced_by);
    const auto arguments =
        listed.command->arguments ? listed.command->arguments() : std::vector<Argument>{};
    if (!arguments.empty()) {
        reply.bulk("arguments");
        write_arguments(arguments, reply);
        ++pairs;
    }
    if (!listed.subcommands.empty()) {
        reply.bulk("subcommands");
        reply.map(listed.subcommands.size());
        for (const Listed* sub : listed.subcommands) {
            reply.bulk(sub->name);
            write_command_docs(*sub, reply);
        }
        ++pairs;
    }
    reply.map_at(mark, pairs);
}

}  // namespace mini_redis::commands
