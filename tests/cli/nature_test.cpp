// What is known of commands before they are sent.
#include "client/cli/nature.hpp"

#include <gtest/gtest.h>

namespace mini_redis::tests {
namespace {

using namespace cli;

TEST(Nature, SecretsAreCommandsThatCarryPasswords)
{
    for (const Words& words :
         {Words{"AUTH", "x"}, Words{"acl", "setuser", "me"}, Words{"config", "SET", "requirepass"},
          Words{"config", "set", "masterauth", "x"}, Words{"hello", "3", "auth", "me", "x"},
          Words{"hello", "3", "setname", "n", "auth", "me", "x"},
          Words{"migrate", "h", "1", "k", "0", "9", "copy", "auth", "x"},
          Words{"migrate", "h", "1", "k", "0", "9", "auth2", "me", "x"}}) {
        EXPECT_TRUE(is_secret(words)) << words[0];
    }
    for (const Words& words :
         {Words{"get", "auth"}, Words{"acl", "list"}, Words{"config", "get", "requirepass"},
          Words{"hello", "3"}, Words{"hello", "3", "setname", "auth"}, Words{"config", "set"},
          Words{"migrate", "h", "1", "", "0", "9", "keys", "auth", "auth2"}}) {
        EXPECT_FALSE(is_secret(words)) << words[0];
    }
}

TEST(Nature, ReportsAreShownAsTheyAre)
{
    EXPECT_TRUE(replies_with_report({"INFO"}));
    EXPECT_TRUE(replies_with_report({"info", "server"}));
    EXPECT_TRUE(replies_with_report({"client", "list", "id", "1"}));
    EXPECT_TRUE(replies_with_report({"latency", "graph", "x"}));
    EXPECT_FALSE(replies_with_report({"latency", "graph"}));
    EXPECT_FALSE(replies_with_report({"cluster", "info", "x"}));
    EXPECT_FALSE(replies_with_report({"get", "info"}));
}

TEST(Nature, ListenersListen)
{
    EXPECT_TRUE(listens_to_channels({"SSubscribe", "a"}));
    EXPECT_FALSE(listens_to_channels({"unsubscribe"}));
    EXPECT_TRUE(leaves_channels({"PUNSUBSCRIBE"}));
}

}  // namespace
}  // namespace mini_redis::tests
