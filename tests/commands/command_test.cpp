// COMMAND: what the commands are, and where a request has its keys.
#include "tests/support/command_fixture.hpp"

#include <gmock/gmock.h>

namespace mini_redis::tests {
namespace {

using CommandCommand = CommandFixture;

TEST_F(CommandCommand, CommandFindsTheKeysOfARequest)
{
    EXPECT_EQ(show("COMMAND", "GETKEYS", "MSET", "a", "1", "b", "2"), "1) \"a\"\n2) \"b\"");
    EXPECT_EQ(show("COMMAND", "GETKEYS", "MEMORY", "USAGE", "a"), "1) \"a\"");
    EXPECT_EQ(show("COMMAND", "GETKEYS", "TIME", "a"),
              "(error) ERR The command has no key arguments");
    EXPECT_EQ(show("COMMAND", "GETKEYS", "nosuch", "a"), "(error) ERR Invalid command specified");
    EXPECT_EQ(show("COMMAND", "GETKEYS", "GET", "a", "b"),
              "(error) ERR Invalid number of arguments specified for command");
}

TEST_F(CommandCommand, CommandListsWhatFits)
{
    EXPECT_EQ(run("COMMAND", "COUNT").integer,
              static_cast<std::int64_t>(run("COMMAND").children.size()));
    EXPECT_EQ(show("COMMAND", "LIST", "FILTERBY", "PATTERN", "SLOWLOG|L*"), "1) \"slowlog|len\"");
    EXPECT_TRUE(run("COMMAND", "LIST", "FILTERBY", "MODULE", "nosuch").children.empty());
    EXPECT_TRUE(run("COMMAND", "LIST", "FILTERBY", "ACLCAT", "nosuch").children.empty());
    EXPECT_GT(run("COMMAND", "LIST", "FILTERBY", "aclcat", "STRING").children.size(), 10U);
    EXPECT_EQ(show("COMMAND", "LIST", "FILTERBY", "PATTERN"), "(error) ERR syntax error");
}

TEST_F(CommandCommand, CommandInfoHasNothingForWhatIsNotThere)
{
    const auto infos = run("COMMAND", "INFO", "get", "nosuch", "config|get");
    ASSERT_EQ(infos.children.size(), 3U);
    EXPECT_EQ(infos.children[0].children.size(), 10U);
    EXPECT_TRUE(infos.children[1].is_null());
    EXPECT_EQ(infos.children[2].children[0].text, "config|get");
    EXPECT_EQ(run("COMMAND", "DOCS", "get", "nosuch").children.size(), 2U);
}

}  // namespace
}  // namespace mini_redis::tests
