// Hints, completions and help, from what a server says of its commands.
#include "client/cli/hints.hpp"

#include "client/cli/help.hpp"
#include "protocol/buffer.hpp"
#include "protocol/reply_parser.hpp"
#include "protocol/writer.hpp"

#include <string>
#include <string_view>
#include <vector>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace mini_redis::tests {
namespace {

using namespace cli;
using protocol::Dialect;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::Not;

// Says COMMAND DOCS as a server does.
class Documents {
public:
    explicit Documents(Dialect dialect) : writer_(out_, dialect) {}

    struct Argument {
        std::string name;
        std::string type;
        std::string token = {};
        std::vector<std::string> flags = {};
        std::vector<Argument> arguments = {};
        bool has_token = false;
    };

    void commands(std::size_t count) { writer_.map(count); }
    void command(const char* name, const char* group, const std::vector<Argument>& arguments,
                 std::size_t subcommands = 0)
    {
        writer_.bulk(name);
        writer_.map(subcommands == 0 ? 4 : 5);
        field("summary", "What it does.");
        field("since", "1.2.3");
        field("group", group);
        writer_.bulk("arguments");
        list(arguments);
        if (subcommands == 0) return;
        writer_.bulk("subcommands");
        writer_.map(subcommands);
    }
    CommandDocs docs()
    {
        protocol::ReplyParser parser;
        parser.feed(out_.view());
        EXPECT_TRUE(parser.ready());
        return CommandDocs(parser.take());
    }

private:
    void field(const char* name, const std::string& text)
    {
        writer_.bulk(name);
        writer_.bulk(text);
    }
    void list(const std::vector<Argument>& arguments)
    {
        writer_.array(arguments.size());
        for (const Argument& one : arguments) argument(one);
    }
    void argument(const Argument& one)
    {
        const bool has_token = !one.token.empty() || one.has_token;
        writer_.map(2 + std::size_t(has_token) + std::size_t(!one.flags.empty()) +
                    std::size_t(!one.arguments.empty()));
        field("name", one.name);
        field("type", one.type);
        if (has_token) field("token", one.token);
        if (!one.flags.empty()) {
            writer_.bulk("flags");
            writer_.set(one.flags.size());
            for (const std::string& flag : one.flags) writer_.simple(flag);
        }
        if (one.arguments.empty()) return;
        writer_.bulk("arguments");
        list(one.arguments);
    }

    protocol::Buffer out_;
    protocol::Writer writer_;
};

CommandDocs some_docs(Dialect dialect = Dialect::resp2)
{
    Documents say(dialect);
    say.commands(4);
    say.command("set", "string",
                {{"key", "key"},
                 {"value", "string"},
                 {"condition",
                  "oneof",
                  "",
                  {"optional"},
                  {{"nx", "pure-token", "NX"}, {"xx", "pure-token", "XX"}}},
                 {"seconds", "integer", "EX", {"optional"}}});
    say.command("mset", "string",
                {{"pair", "block", "", {"multiple"}, {{"key", "key"}, {"value", "string"}}}});
    say.command("config", "server", {}, 1);
    say.command("config|get", "server", {{"parameter", "string", "", {"multiple"}}});
    say.command(
        "migrate", "generic",
        {{"where", "oneof", "", {}, {{"key", "key"}, {"empty", "pure-token", "", {}, {}, true}}},
         {"pattern", "pattern", "GET", {"optional", "multiple", "multiple_token"}}});
    return say.docs();
}

std::string syntax(const CommandDocs& docs, std::string_view name)
{
    for (const CommandDoc& doc : docs.commands()) {
        if (doc.name == name) return doc.syntax;
    }
    return "no such command";
}

TEST(CommandDocs, TellTheSyntaxInBothDialects)
{
    for (const Dialect dialect : {Dialect::resp2, Dialect::resp3}) {
        const CommandDocs docs = some_docs(dialect);
        EXPECT_EQ(syntax(docs, "SET"), "key value [NX|XX] [EX seconds]");
        EXPECT_EQ(syntax(docs, "MSET"), "key value [key value ...]");
        EXPECT_EQ(syntax(docs, "CONFIG"), "");
        EXPECT_EQ(syntax(docs, "CONFIG GET"), "parameter [parameter ...]");
        EXPECT_EQ(syntax(docs, "MIGRATE"), "key|\"\" [GET pattern [GET pattern ...]]");
        EXPECT_THAT(docs.groups(), ElementsAre("generic", "server", "string"));
    }
}

TEST(CommandDocs, OfAnythingElseAreEmpty)
{
    protocol::Value error;
    error.kind = protocol::Value::Kind::error;
    EXPECT_TRUE(CommandDocs(error).empty());
    EXPECT_EQ(hint(CommandDocs(error), "set a"), "");
}

TEST(Hints, ShowTheArgumentsThatAreToCome)
{
    const CommandDocs docs = some_docs();
    EXPECT_EQ(hint(docs, "set"), " key value [NX|XX] [EX seconds]");
    EXPECT_EQ(hint(docs, "SET "), "key value [NX|XX] [EX seconds]");
    EXPECT_EQ(hint(docs, "set k"), " value [NX|XX] [EX seconds]");
    EXPECT_EQ(hint(docs, "set \"a b\" "), "value [NX|XX] [EX seconds]");
    EXPECT_EQ(hint(docs, "set k v"), " [NX|XX] [EX seconds]");
    EXPECT_EQ(hint(docs, "set k v nx ex"), " [NX|XX] [EX seconds]");
}

TEST(Hints, AreOfTheLongestCommandThatFits)
{
    const CommandDocs docs = some_docs();
    EXPECT_EQ(hint(docs, "config "), "");
    EXPECT_EQ(hint(docs, "config get "), "parameter [parameter ...]");
    EXPECT_EQ(hint(docs, "config get a"), " [parameter ...]");
}

TEST(Hints, AreNoneForWhatIsNoCommand)
{
    const CommandDocs docs = some_docs();
    for (const char* line : {"", " ", "se", "nonsense a", "set 'a"})
        EXPECT_EQ(hint(docs, line), "");
}

TEST(Completions, AreTheCommandsThatBeginSo)
{
    const CommandDocs docs = some_docs();
    EXPECT_THAT(completions(docs, "m"), ElementsAre("MIGRATE", "MSET"));
    EXPECT_THAT(completions(docs, "Config G"), ElementsAre("CONFIG GET"));
    EXPECT_THAT(completions(docs, "set a"), IsEmpty());
    EXPECT_THAT(completions(docs, "@s"), IsEmpty());
}

TEST(Completions, BehindHelpAreGroupsToo)
{
    const CommandDocs docs = some_docs();
    EXPECT_THAT(completions(docs, "help @s"), ElementsAre("help @server", "help @string"));
    EXPECT_THAT(completions(docs, "help  se"), ElementsAre("help  SET"));
    EXPECT_EQ(completions(docs, "help ").size(), 3 + docs.commands().size());
}

TEST(Help, IsOfACommandOfAllThatBeginWithItOrOfAGroup)
{
    const CommandDocs docs = some_docs();
    const auto config = help(docs, {"config"});
    EXPECT_THAT(config, HasSubstr("\r\n  \x1b[1mCONFIG\x1b[0m \x1b[90m\x1b[0m\r\n"));
    EXPECT_THAT(config, HasSubstr("CONFIG GET"));
    EXPECT_THAT(config, HasSubstr("  \x1b[33mgroup:\x1b[0m server\r\n"));
    EXPECT_THAT(help(docs, {"config", "get"}), Not(HasSubstr("CONFIG\x1b")));
    const auto strings = help(docs, {"@String"});
    EXPECT_THAT(strings, HasSubstr("MSET"));
    EXPECT_THAT(strings, Not(HasSubstr("group:")));
    EXPECT_EQ(help(docs, {"nothing"}), "\r\n");
    EXPECT_THAT(help(docs, {}), HasSubstr("help @<group>"));
}

}  // namespace
}  // namespace mini_redis::tests
