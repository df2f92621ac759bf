// CONFIG GET and CONFIG SET. Replies were taken from redis-server 7.0.15.
#include "server/config/config.hpp"

#include <thread>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace mini_redis::config {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;
using testing::Pair;

using Patterns = std::vector<std::string_view>;
using Assignments = std::vector<Config::Assignment>;

Error set(Config& config, const Assignments& assignments)
{
    return config.set(assignments);
}

auto get(const Config& config, const Patterns& patterns)
{
    return config.get(patterns);
}

std::string failed(std::string_view name, std::string_view why)
{
    return "ERR CONFIG SET failed (possibly related to argument '" + std::string(name) + "') - " +
           std::string(why);
}

TEST(Config, FindsInAnyLetterCase)
{
    Config config;
    EXPECT_EQ(config.find("MaxMemory"), &config.maxmemory);
    EXPECT_EQ(config.find("maxmemor"), nullptr);
}

TEST(ConfigGet, APlainNameIsAnsweredAsItWasAsked)
{
    const Config config;
    EXPECT_THAT(get(config, {"PORT", "por*", "port"}), ElementsAre(Pair("PORT", "6379")));
}

TEST(ConfigGet, SeveralPatternsNameEachSettingOnce)
{
    const Config config;
    EXPECT_THAT(
        get(config, {"lfu-*", "*-DECAY-*", "h[xz]"}),
        ElementsAre(Pair("lfu-log-factor", "10"), Pair("lfu-decay-time", "1"), Pair("hz", "10")));
    EXPECT_THAT(get(config, {"nosuch", "no*such"}), IsEmpty());
    EXPECT_EQ(get(config, {"*"}).size(), config.settings().size());
}

TEST(ConfigSet, SetsSeveralAtOnce)
{
    Config config;
    EXPECT_EQ(set(config, {{"timeout", "5"}, {"MaxMemory", "1gb"}}), std::nullopt);
    EXPECT_EQ(config.timeout.get(), 5);
    EXPECT_EQ(config.maxmemory.get(), 1_gb);
}

TEST(ConfigSet, RefusesInRedisWords)
{
    Config config;
    const std::string unknown = "ERR Unknown option or number of arguments for CONFIG SET - ";
    EXPECT_EQ(set(config, {{"nosuch", "1"}, {"port", "abc"}}), unknown + "'nosuch'");
    EXPECT_EQ(set(config, {{"port", "1"}, {"nosuch", "1"}}), unknown + "'nosuch'");
    EXPECT_EQ(set(config, {{"DATABASES", "3"}, {"nosuch", "1"}}),
              failed("DATABASES", "can't set immutable config"));
    EXPECT_EQ(set(config, {{"maxmemory", "1gb"}, {"MAXMEMORY", "2gb"}}),
              failed("MAXMEMORY", "duplicate parameter"));
    EXPECT_EQ(set(config, {{"Port", "65536"}}),
              failed("port", "argument must be between 0 and 65535 inclusive"));
    EXPECT_EQ(config.port.get(), 6379);
    EXPECT_EQ(config.maxmemory.get(), 0U);
}

TEST(ConfigSet, IsAllOrNothing)
{
    Config config;
    EXPECT_EQ(set(config, {{"timeout", "5"}, {"maxmemory-samples", "0"}}),
              failed("maxmemory-samples", "argument must be between 1 and 2147483647 inclusive"));
    EXPECT_EQ(config.timeout.get(), 0);
}

TEST(ConfigSet, WhatIsReadOnceAtTheStartCannotBeChanged)
{
    Config config;
    for (const char* name :
         {"tcp-backlog", "unixsocket", "unixsocketperm", "io-threads", "databases", "pidfile",
          "logfile", "enable-debug-command", "log-format", "admin-port", "admin-bind",
          "admin-hosts", "admin-token", "tracing-collector", "tracing-file"}) {
        EXPECT_EQ(set(config, {{name, "1"}}), failed(name, "can't set immutable config"));
    }
    const auto fixed =
        std::ranges::count_if(config.settings(), [](const Setting* s) { return !s->can_change(); });
    EXPECT_EQ(fixed, 15);
}

TEST(ConfigSet, OthersReadOldOrNewMeanwhile)
{
    Config config;
    const std::string one(100, '1');
    const std::string two(200, '2');
    const auto change = [&](std::string_view seconds) {
        for (int i = 0; i < 500; ++i) {
            set(config, {{"requirepass", one}, {"timeout", seconds}});
            set(config, {{"requirepass", two}, {"timeout", "0"}});
        }
    };
    std::thread first(change, "1");
    std::thread second(change, "2");
    for (int i = 0; i < 1000; ++i) {
        EXPECT_THAT(config.requirepass.get(), testing::AnyOf("", one, two));
        EXPECT_THAT(config.timeout.get(), testing::AnyOf(0, 1, 2));
    }
    first.join();
    second.join();
    EXPECT_EQ(config.requirepass.get(), two);
}

TEST(ConfigListener, HearsOfChangesOnly)
{
    Config config;
    int heard = 0;
    config.on_change(config.timeout, [&] { heard += static_cast<int>(config.timeout.get()); });
    EXPECT_EQ(set(config, {{"timeout", "0"}, {"hz", "20"}}), std::nullopt);
    EXPECT_EQ(heard, 0);
    EXPECT_EQ(set(config, {{"timeout", "7"}}), std::nullopt);
    EXPECT_EQ(heard, 7);
    EXPECT_NE(set(config, {{"timeout", "8"}, {"hz", "x"}}), std::nullopt);
    EXPECT_EQ(heard, 7);
}

TEST(ConfigListener, CanTakeTheWholeChangeBack)
{
    Config config;
    std::vector<std::string> heard;
    config.on_change(config.hz, [&] { heard.push_back("hz " + config.hz.text()); });
    config.on_change(config.port, [&]() -> Error {
        heard.push_back("port " + config.port.text());
        if (config.port.get() == 1) return "Unable to listen on this port. Check server logs.";
        return {};
    });
    config.on_change(config.timeout, [&] { heard.push_back("timeout " + config.timeout.text()); });
    EXPECT_EQ(set(config, {{"hz", "20"}, {"port", "1"}, {"timeout", "3"}}),
              failed("port", "Unable to listen on this port. Check server logs."));
    EXPECT_THAT(heard, ElementsAre("hz 20", "port 1", "hz 10", "port 6379"));
    EXPECT_EQ(config.timeout.get(), 0);
}

}  // namespace
}  // namespace mini_redis::config
