// HELP: every container lists its subcommands.
#include "tests/support/command_fixture.hpp"

#include <gmock/gmock.h>

namespace mini_redis::tests {
namespace {

using HelpCommand = CommandFixture;

TEST_F(HelpCommand, HelpListsAllSubcommandsWithTheirWords)
{
    const auto help = run("SLOWLOG", "HELP");
    ASSERT_EQ(help.children.size(), 9U);
    EXPECT_EQ(help.children[0].text,
              "SLOWLOG <subcommand> [<arg> [value] [opt] ...]. Subcommands are:");
    EXPECT_EQ(help.children[1].text, "GET [count]");
    EXPECT_TRUE(help.children[2].text.starts_with("    "));
}

TEST_F(HelpCommand, EveryContainerHasIt)
{
    for (const dispatch::Listed* listed : server.catalogue.commands()) {
        if (listed->subcommands.empty()) continue;
        const auto help = run(listed->name, "HELP");
        ASSERT_FALSE(help.is_error()) << listed->name;
        const std::size_t usages = listed->subcommands.size() + (listed->command->execute ? 1 : 0);
        EXPECT_EQ(help.children.size(), 1 + 2 * usages) << listed->name;
    }
}

}  // namespace
}  // namespace mini_redis::tests
