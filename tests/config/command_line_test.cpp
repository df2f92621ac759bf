// The command line, with the habits of redis-server.
#include "server/config/command_line.hpp"

#include "tests/config/temporary_folder.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace mini_redis::config {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;

class CommandLine : public testing::Test {
protected:
    Start read(const Arguments& words) { return read_command_line(config, words, "1.2.3"); }
    // What it says on the way out with code 1.
    std::string refused(const Arguments& words)
    {
        const Start start = read(words);
        return start.exit && start.exit->code == 1 ? start.exit->text : "not refused";
    }

    Config config;
    TemporaryFolder folder;
};

TEST_F(CommandLine, NothingLeavesTheDefaults)
{
    const Start start = read({});
    EXPECT_FALSE(start.exit);
    EXPECT_THAT(start.warnings, IsEmpty());
    EXPECT_THAT(config.file, IsEmpty());
    for (const Setting* setting : config.settings()) EXPECT_TRUE(setting->is_default());
}

TEST_F(CommandLine, OverridesTheFile)
{
    const std::string file = folder.write("my.conf", "port 1\ntimeout 2\ndir /var\n");
    const Start start = read({file, "--port", "3", "--Maxmemory", "1gb"});
    EXPECT_FALSE(start.exit);
    EXPECT_EQ(config.port.get(), 3);
    EXPECT_EQ(config.timeout.get(), 2);
    EXPECT_EQ(config.maxmemory.get(), 1_gb);
    EXPECT_EQ(config.file, file);
    EXPECT_THAT(start.warnings, ElementsAre(HasSubstr("my.conf:3: dir:")));
}

TEST_F(CommandLine, AListTakesWordsUntilTheNextFlag)
{
    EXPECT_FALSE(read({"--bind", "127.0.0.1", "-::1", "--port", "7"}).exit);
    EXPECT_THAT(config.bind.get(), ElementsAre("127.0.0.1", "-::1"));
    EXPECT_EQ(config.port.get(), 7);
    EXPECT_FALSE(read({"--bind", "10.0.0.1 ::1"}).exit);
    EXPECT_THAT(config.bind.get(), ElementsAre("10.0.0.1", "::1"));
    EXPECT_FALSE(read({"--bind", ""}).exit);
    EXPECT_THAT(config.bind.get(), IsEmpty());
    EXPECT_FALSE(read({"--client-output-buffer-limit", "normal", "1", "2", "3",
                       "--client-output-buffer-limit", "pubsub", "4", "5", "6"})
                     .exit);
    EXPECT_EQ(config.client_output_buffer_limit.get(ClientClass::normal).soft_bytes, 2U);
    EXPECT_EQ(config.client_output_buffer_limit.get(ClientClass::pubsub).soft_bytes, 5U);
}

TEST_F(CommandLine, TheWordBehindAFlagIsItsArgumentWhateverItLooksLike)
{
    EXPECT_FALSE(read({"--slowlog-log-slower-than", "-1", "--requirepass", "--port"}).exit);
    EXPECT_EQ(config.slowlog_log_slower_than.get(), -1);
    EXPECT_EQ(config.requirepass.get(), "--port");
    EXPECT_FALSE(read({"--requirepass", "[a,b]"}).exit);
    EXPECT_EQ(config.requirepass.get(), "[a,b]");
    EXPECT_FALSE(read({"--requirepass", "-h"}).exit);
    EXPECT_EQ(config.requirepass.get(), "-h");
    EXPECT_FALSE(read({"--requirepass", ""}).exit);
    EXPECT_EQ(config.requirepass.get(), "");
}

TEST_F(CommandLine, ALaterFlagWins)
{
    EXPECT_FALSE(read({"--port", "1", "--bind", "a", "b", "--port", "2", "--bind", "c"}).exit);
    EXPECT_EQ(config.port.get(), 2);
    EXPECT_THAT(config.bind.get(), ElementsAre("c"));
}

TEST_F(CommandLine, TakesAnEqualsSignToo)
{
    EXPECT_FALSE(read({"--port=7", "--bind=10.0.0.1", "::1"}).exit);
    EXPECT_EQ(config.port.get(), 7);
    EXPECT_THAT(config.bind.get(), ElementsAre("10.0.0.1", "::1"));
}

TEST_F(CommandLine, AFlagThatOnlyRedisHasIsAWarningAndTakesItsWordsAlong)
{
    const Start start = read(
        {"--daemonize", "--repl-timeout", "9", "--oom-score-adj-values", "0", "1", "--port", "7"});
    EXPECT_FALSE(start.exit);
    EXPECT_THAT(start.warnings,
                ElementsAre("--daemonize: this directive of Redis has no effect here",
                            "--repl-timeout: this directive of Redis has no effect here",
                            "--oom-score-adj-values: this directive of Redis has no effect here"));
    EXPECT_EQ(config.port.get(), 7);
    EXPECT_FALSE(read({"--save", ""}).exit);
}

TEST_F(CommandLine, WhatIsWrongIsSaidAndEndsWithCode1)
{
    EXPECT_EQ(refused({"--port", "70000"}),
              "command line: port: argument must be between 0 and 65535 inclusive\n");
    EXPECT_EQ(refused({"--port", "1", "2"}), "command line: port: wrong number of arguments\n");
    EXPECT_EQ(refused({"--port", "1", "-x"}), "command line: port: wrong number of arguments\n");
    EXPECT_EQ(refused({"--port"}), "command line: port: wrong number of arguments\n");
    EXPECT_THAT(refused({"--nosuch", "1"}), HasSubstr("--nosuch"));
    EXPECT_THAT(refused({"-x"}), HasSubstr("-x"));
    EXPECT_THAT(refused({"a.conf", "b.conf"}), HasSubstr("b.conf"));
    EXPECT_EQ(refused({folder.path("none")}),
              folder.path("none") + ": can't open config file: No such file or directory\n");
}

TEST_F(CommandLine, HelpNamesEveryDirectiveAndItsDefault)
{
    for (const char* word : {"-h", "--help"}) {
        const Start start = read({word});
        ASSERT_TRUE(start.exit);
        EXPECT_EQ(start.exit->code, 0);
        for (const Setting* setting : config.settings()) {
            EXPECT_THAT(start.exit->text, HasSubstr("--" + std::string(setting->name())));
            EXPECT_THAT(start.exit->text, HasSubstr("Default: " + setting->default_text()));
        }
    }
}

TEST_F(CommandLine, SaysItsVersion)
{
    for (const char* word : {"-v", "--version"}) {
        const Start start = read({word});
        ASSERT_TRUE(start.exit);
        EXPECT_EQ(start.exit->code, 0);
        EXPECT_EQ(start.exit->text, "mini-redis-server 1.2.3\n");
    }
}

}  // namespace
}  // namespace mini_redis::config
