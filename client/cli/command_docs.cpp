// A command is a map of fields, and its arguments are a tree. In RESP2 maps are flat arrays, so
// that here everything is a list of keys and values.
#include "client/cli/command_docs.hpp"

#include <algorithm>
#include <utility>

namespace mini_redis::cli {
namespace {

using protocol::Value;
using Kind = Value::Kind;

std::string upper(std::string text)
{
    for (char& c : text) {
        if (c >= 'a' && c <= 'z') c = static_cast<char>(c - 'a' + 'A');
    }
    return text;
}

const Value* field(const Value& fields, std::string_view name)
{
    for (std::size_t i = 0; i + 1 < fields.children.size(); i += 2) {
        if (fields.children[i].text == name) return &fields.children[i + 1];
    }
    return nullptr;
}

std::string text_of(const Value& fields, std::string_view name)
{
    const Value* value = field(fields, name);
    return value != nullptr ? value->text : std::string();
}

bool has_flag(const Value& argument, std::string_view flag)
{
    const Value* flags = field(argument, "flags");
    return flags != nullptr &&
           std::ranges::any_of(flags->children, [&](const Value& one) { return one.text == flag; });
}

// An empty word has to be typed as one: MIGRATE's key "" is the example.
std::string visible(const std::string& word)
{
    return word.empty() ? "\"\"" : word;
}

std::string syntax_of(const Value& argument);

std::string syntax_of(const Value* arguments, std::string_view separator)
{
    std::string out;
    if (arguments == nullptr) return out;
    for (const Value& argument : arguments->children) {
        if (&argument != &arguments->children.front()) out += separator;
        out += syntax_of(argument);
    }
    return out;
}

// [TOKEN what [what ...]], or [TOKEN what [TOKEN what ...]]
std::string syntax_of(const Value& argument)
{
    const std::string type = text_of(argument, "type");
    const Value* arguments = field(argument, "arguments");
    const Value* token = field(argument, "token");

    std::string what;
    if (type == "oneof") {
        what = syntax_of(arguments, "|");
    } else if (type == "block") {
        what = syntax_of(arguments, " ");
    } else if (type != "pure-token") {
        what = visible(text_of(argument, "name"));
    }
    std::string lead = token != nullptr ? visible(token->text) : std::string();
    if (!lead.empty() && type != "pure-token") lead += ' ';

    std::string out = lead + what;
    if (has_flag(argument, "multiple"))
        out +=
            " [" + (has_flag(argument, "multiple_token") ? lead : std::string()) + what + " ...]";
    return has_flag(argument, "optional") ? '[' + out + ']' : out;
}

// "config|get": what stands behind the bar.
std::string last_word(const std::string& name)
{
    return upper(name.substr(name.find('|') + 1));
}

}  // namespace

CommandDocs::CommandDocs(const Value& reply)
{
    if (reply.kind != Kind::map && reply.kind != Kind::array) return;
    for (std::size_t i = 0; i + 1 < reply.children.size(); i += 2) {
        add({upper(reply.children[i].text)}, reply.children[i + 1]);
    }
    std::ranges::sort(commands_, {}, &CommandDoc::name);
    for (const CommandDoc& doc : commands_) groups_.push_back(doc.group);
    std::ranges::sort(groups_);
    const auto repeated = std::ranges::unique(groups_);
    groups_.erase(repeated.begin(), repeated.end());
}

void CommandDocs::add(const std::vector<std::string>& words, const Value& fields)
{
    CommandDoc doc;
    doc.words = words;
    for (const std::string& word : words) doc.name += (doc.name.empty() ? "" : " ") + word;
    doc.syntax = syntax_of(field(fields, "arguments"), " ");
    doc.summary = text_of(fields, "summary");
    doc.since = text_of(fields, "since");
    doc.group = text_of(fields, "group");
    commands_.push_back(std::move(doc));

    const Value* subcommands = field(fields, "subcommands");
    if (subcommands == nullptr) return;
    for (std::size_t i = 0; i + 1 < subcommands->children.size(); i += 2) {
        std::vector<std::string> deeper = words;
        deeper.push_back(last_word(subcommands->children[i].text));
        add(deeper, subcommands->children[i + 1]);
    }
}

}  // namespace mini_redis::cli
