// Reading a redis.conf. What is taken and what is said of what is wrong was compared with
// redis-server 7.0.15.
#include "server/config/config_file.hpp"

#include "server/config/foreign_directives.hpp"
#include "tests/config/temporary_folder.hpp"

#include <sstream>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace mini_redis::config {
namespace {

using testing::ElementsAre;
using testing::EndsWith;
using testing::IsEmpty;

class ConfigFile : public testing::Test {
protected:
    Error load(const std::string& text)
    {
        std::istringstream lines(text);
        return loader.load(lines, "my.conf");
    }

    Config config;
    Loader loader{config};
    TemporaryFolder folder;
};

TEST_F(ConfigFile, SkipsCommentsAndBlankLinesAndEndsLinesAsAnySystemDoes)
{
    EXPECT_EQ(load("# port 1\n\n  \t \n   # more\n  PORT 7000  \r\ntimeout 5"), std::nullopt);
    EXPECT_EQ(config.port.get(), 7000);
    EXPECT_EQ(config.timeout.get(), 5);
    EXPECT_THAT(loader.warnings(), IsEmpty());
}

TEST_F(ConfigFile, UnderstandsQuotes)
{
    EXPECT_EQ(load(R"(requirepass "a b\x41\"\n")"), std::nullopt);
    EXPECT_EQ(config.requirepass.get(), "a bA\"\n");
    EXPECT_EQ(load("requirepass 'a\\'b \"c'"), std::nullopt);
    EXPECT_EQ(config.requirepass.get(), "a'b \"c");
}

TEST_F(ConfigFile, AListMayBeSeveralWordsOrOne)
{
    EXPECT_EQ(load("bind 10.0.0.1 ::1\n"), std::nullopt);
    EXPECT_THAT(config.bind.get(), ElementsAre("10.0.0.1", "::1"));
    EXPECT_EQ(load("bind \"10.0.0.2  ::2\"\n"), std::nullopt);
    EXPECT_THAT(config.bind.get(), ElementsAre("10.0.0.2", "::2"));
    EXPECT_EQ(load("bind \"\"\n"), std::nullopt);
    EXPECT_THAT(config.bind.get(), IsEmpty());
}

TEST_F(ConfigFile, ALaterLineWinsExceptForTheClassesItDoesNotName)
{
    EXPECT_EQ(load("port 1\nclient-output-buffer-limit normal 1 2 3\nport 2\n"
                   "client-output-buffer-limit pubsub 4 5 6\n"),
              std::nullopt);
    EXPECT_EQ(config.port.get(), 2);
    EXPECT_EQ(config.client_output_buffer_limit.text(),
              "normal 1 2 3 slave 268435456 67108864 60 pubsub 4 5 6");
}

TEST_F(ConfigFile, WhatIsWrongIsSaidWithFileAndLine)
{
    EXPECT_EQ(load("\n\nport 70000"),
              "my.conf:3: port: argument must be between 0 and 65535 inclusive");
    EXPECT_EQ(load("port 1 2"), "my.conf:1: port: wrong number of arguments");
    EXPECT_EQ(load("port"), "my.conf:1: port: wrong number of arguments");
    EXPECT_EQ(load("port 1 # one"), "my.conf:1: port: wrong number of arguments");
    EXPECT_EQ(load("nosuch 1"), "my.conf:1: nosuch: Bad directive or wrong number of arguments");
    EXPECT_EQ(load("include"), "my.conf:1: include: Bad directive or wrong number of arguments");
    EXPECT_EQ(load("requirepass \"x"), "my.conf:1: Unbalanced quotes in configuration line");
    EXPECT_EQ(load("requirepass \"x\"y"), "my.conf:1: Unbalanced quotes in configuration line");
    EXPECT_EQ(load("bind \"'x\""), "my.conf:1: Unbalanced quotes in configuration line");
}

TEST_F(ConfigFile, AnErrorDoesNotShowThePassword)
{
    EXPECT_EQ(load("requirepass my secret"), "my.conf:1: requirepass: wrong number of arguments");
}

TEST_F(ConfigFile, ADirectiveThatOnlyRedisHasIsAWarning)
{
    EXPECT_EQ(load("dir /var\nport 7000\nDaemonize yes"), std::nullopt);
    EXPECT_THAT(loader.warnings(),
                ElementsAre("my.conf:1: dir: this directive of Redis has no effect here",
                            "my.conf:3: Daemonize: this directive of Redis has no effect here"));
    EXPECT_EQ(config.port.get(), 7000);
}

TEST_F(ConfigFile, APromiseThatCannotBeKeptIsAnError)
{
    EXPECT_EQ(load("rename-command FLUSHALL \"\""),
              "my.conf:1: rename-command: this server cannot guard what that guards");
    EXPECT_EQ(load("appendonly yes"),
              "my.conf:1: appendonly: this server cannot keep what that promises");
    EXPECT_EQ(load("save 60 1"), "my.conf:1: save: this server cannot keep what that promises");
    EXPECT_EQ(load("save \"\"\nappendonly no"), std::nullopt);
}

TEST_F(ConfigFile, NothingIsBothOursAndForeign)
{
    for (const Setting* setting : config.settings()) {
        EXPECT_FALSE(is_foreign_directive(setting->name())) << setting->name();
    }
}

TEST_F(ConfigFile, IncludesInPlace)
{
    folder.write("a.conf", "port 1\ntimeout 1\n");
    folder.write("b.conf", "port 2\n");
    const std::string main =
        folder.write("main.conf", "timeout 9\ninclude " + folder.path("[ab].conf") + "\ninclude " +
                                      folder.path("none*.conf") + "\nhz 30\n");
    EXPECT_EQ(loader.load(main), std::nullopt);
    EXPECT_EQ(config.port.get(), 2);
    EXPECT_EQ(config.timeout.get(), 1);
    EXPECT_EQ(config.hz.get(), 30);
}

TEST_F(ConfigFile, AnErrorInAnIncludedFileNamesThatFile)
{
    const std::string inner = folder.write("inner.conf", "\nport x\n");
    EXPECT_EQ(load("include " + inner),
              inner + ":2: port: argument couldn't be parsed into an integer");
}

TEST_F(ConfigFile, AFileThatCannotBeReadIsAnError)
{
    EXPECT_EQ(loader.load(folder.path("none")),
              folder.path("none") + ": can't open config file: No such file or directory");
    EXPECT_EQ(load("include " + folder.path("none")),
              folder.path("none") + ": can't open config file: No such file or directory");
    EXPECT_EQ(loader.load(folder.path("")),
              folder.path("") + ": can't open config file: Is a directory");
}

TEST_F(ConfigFile, AFileThatIncludesItselfIsAnError)
{
    const std::string path = folder.path("loop.conf");
    folder.write("loop.conf", "include " + path + "\n");
    const Error error = loader.load(path);
    ASSERT_TRUE(error);
    EXPECT_THAT(*error, EndsWith("loop.conf:1: include: files include each other too deeply"));
}

}  // namespace
}  // namespace mini_redis::config
