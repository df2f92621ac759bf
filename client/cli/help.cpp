// Coloured and with CR LF at the ends of lines, as redis-cli shows it.
#include "client/cli/help.hpp"

#include "protocol/text.hpp"

#include <algorithm>

namespace mini_redis::cli {
namespace {

constexpr char general_help[] =
    "mini-redis-cli " MINI_REDIS_VERSION
    "\n"
    "help <command>    what a command does (or the first word of several)\n"
    "help @<group>     the commands of a group\n"
    "help <tab>        what there is help for\n"
    "<n> <command>     runs it n times\n"
    "connect <host> <port>\n"
    "clear             clears the screen\n"
    "quit, exit        ends the session, as Ctrl-C and Ctrl-D do\n"
    "\n"
    ":set hints        shows arguments while one is typing; :set nohints does not\n"
    "                  (may stand in ~/.redisclirc)\n";

void append(std::string& out, const CommandDoc& doc, bool with_group)
{
    out += "\r\n  \x1b[1m" + doc.name + "\x1b[0m \x1b[90m" + doc.syntax + "\x1b[0m\r\n";
    out += "  \x1b[33msummary:\x1b[0m " + doc.summary + "\r\n";
    if (!doc.since.empty()) out += "  \x1b[33msince:\x1b[0m " + doc.since + "\r\n";
    if (with_group) out += "  \x1b[33mgroup:\x1b[0m " + doc.group + "\r\n";
}

bool is_about(const Words& topic, const CommandDoc& doc)
{
    return topic.size() <= doc.words.size() &&
           std::equal(topic.begin(), topic.end(), doc.words.begin(), protocol::equal_ignoring_case);
}

}  // namespace

std::string help(const CommandDocs& docs, const Words& topic)
{
    if (topic.empty()) return general_help;
    const bool group = topic[0].starts_with('@');
    std::string out;
    for (const CommandDoc& doc : docs.commands()) {
        const bool wanted =
            group ? protocol::equal_ignoring_case(doc.group, std::string_view(topic[0]).substr(1))
                  : is_about(topic, doc);
        if (wanted) append(out, doc, !group);
    }
    return out + "\r\n";
}

bool asks_for_help(const Words& words)
{
    return begins_with(words, {"help"}) || begins_with(words, {"?"});
}

}  // namespace mini_redis::cli
