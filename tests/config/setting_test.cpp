// Every kind of setting: what it takes, how it is spelt, and how it refuses.
//
// The texts of the refusals were taken from redis-server 7.0.15.
#include "server/config/config.hpp"

#include <gtest/gtest.h>

namespace mini_redis::config {
namespace {

constexpr auto accepted = std::nullopt;

Error set(Config& config, std::string_view name, std::string_view text)
{
    return config.find(name)->assign(text);
}

struct Refusal {
    std::string_view name;
    std::string_view text;
    std::string_view error;
};

class Refuses : public testing::TestWithParam<Refusal> {};

TEST_P(Refuses, InRedisWordsAndKeepsTheOldValue)
{
    Config config;
    const auto& [name, text, error] = GetParam();
    const std::string before = config.find(name)->text();
    EXPECT_EQ(set(config, name, text), error);
    EXPECT_EQ(config.find(name)->text(), before);
}

constexpr std::string_view not_an_integer = "argument couldn't be parsed into an integer";
constexpr std::string_view bad_percentiles = "Invalid latency-tracking-info-percentiles parameters";
constexpr std::string_view bad_limit =
    "Error in hard, soft or soft_seconds setting in buffer limit configuration.";
constexpr std::string_view bad_limit_count =
    "Wrong number of arguments in buffer limit configuration.";
constexpr std::string_view bad_class =
    "Invalid client class specified in buffer limit configuration.";
constexpr std::string_view bad_policy =
    "argument(s) must be one of the following: volatile-lru, volatile-lfu, volatile-random, "
    "volatile-ttl, allkeys-lru, allkeys-lfu, allkeys-random, noeviction";
constexpr std::string_view below_1mb =
    "argument must be between 1048576 and 9223372036854775807 inclusive";

INSTANTIATE_TEST_SUITE_P(
    Setting, Refuses,
    testing::Values(
        Refusal{"port", "abc", not_an_integer}, Refusal{"port", "", not_an_integer},
        Refusal{"port", "017", not_an_integer}, Refusal{"port", "+1", not_an_integer},
        Refusal{"port", "-1", "argument must be between 0 and 65535 inclusive"},
        Refusal{"port", "65536", "argument must be between 0 and 65535 inclusive"},
        Refusal{"maxclients", "0", "argument must be between 1 and 4294967295 inclusive"},
        Refusal{"maxclients", "4294967296", "argument must be between 1 and 4294967295 inclusive"},
        Refusal{"timeout", "2147483648", "argument must be between 0 and 2147483647 inclusive"},
        Refusal{"slowlog-log-slower-than", "-2",
                "argument must be between -1 and 9223372036854775807 inclusive"},
        Refusal{"slowlog-max-len", "9223372036854775808", not_an_integer},
        Refusal{"maxmemory-eviction-tenacity", "101",
                "argument must be between 0 and 100 inclusive"},
        Refusal{"hz", "-1", "argument must be between 0 and 2147483647 inclusive"},
        Refusal{"hz", "x", not_an_integer},
        Refusal{"unixsocketperm", "1777", "argument must be between 0 and 777 inclusive"},
        Refusal{"unixsocketperm", "-1", "argument must be between 0 and 777 inclusive"},
        Refusal{"unixsocketperm", "8", "argument couldn't be parsed as an octal number"},
        Refusal{"maxmemory", "1x", "argument must be a memory value"},
        Refusal{"maxmemory", "-1", "argument must be a memory value"},
        Refusal{"maxmemory", "1.5gb", "argument must be a memory value"},
        Refusal{"proto-max-bulk-len", "1", below_1mb},
        Refusal{"proto-max-bulk-len", "9223372036854775808", below_1mb},
        Refusal{"client-query-buffer-limit", "1kb", below_1mb},
        Refusal{"notify-keyspace-events", "q",
                "Invalid event class character. Use 'Ag$lshzxeKEtmdn'."},
        Refusal{"protected-mode", "maybe", "argument must be 'yes' or 'no'"},
        Refusal{"protected-mode", "1", "argument must be 'yes' or 'no'"},
        Refusal{"maxmemory-policy", "nothing", bad_policy},
        Refusal{"maxmemory-policy", "noeviction x", bad_policy},
        Refusal{"loglevel", "loud",
                "argument(s) must be one of the following: debug, verbose, notice, warning"},
        Refusal{"bind", "a b c d e f g h i j k l m n o p q", "Too many bind addresses specified."},
        Refusal{"latency-tracking-info-percentiles", "50 a", bad_percentiles},
        Refusal{"latency-tracking-info-percentiles", "50  99", bad_percentiles},
        Refusal{"latency-tracking-info-percentiles", "nan", bad_percentiles},
        Refusal{"latency-tracking-info-percentiles", "50 101",
                "latency-tracking-info-percentiles parameters should sit between [0.0,100.0]"},
        Refusal{"client-output-buffer-limit", "normal 1 2", bad_limit_count},
        Refusal{"client-output-buffer-limit", "normal 0 0 0 slave 1 1", bad_limit_count},
        Refusal{"client-output-buffer-limit", "nobody 1 2 3", bad_class},
        Refusal{"client-output-buffer-limit", "master 1 2 3", bad_class},
        Refusal{"client-output-buffer-limit", "normal 1x 2 3", bad_limit},
        Refusal{"client-output-buffer-limit", "normal 1 2 -3", bad_limit},
        Refusal{"client-output-buffer-limit", "normal 1 2 3s", bad_limit},
        Refusal{"client-output-buffer-limit", "pubsub 9 9 9 normal 1 2 x", bad_limit}));

TEST(IntegerSetting, TakesItsBounds)
{
    Config config;
    EXPECT_EQ(set(config, "port", "0"), accepted);
    EXPECT_EQ(config.port.get(), 0);
    EXPECT_EQ(set(config, "port", "65535"), accepted);
    EXPECT_EQ(config.port.get(), 65535);
    EXPECT_EQ(config.port.text(), "65535");
}

TEST(FrequencySetting, MovesIntoItsRangeWithoutComplaint)
{
    Config config;
    EXPECT_EQ(set(config, "hz", "1000"), accepted);
    EXPECT_EQ(config.hz.get(), 500);
    EXPECT_EQ(set(config, "hz", "0"), accepted);
    EXPECT_EQ(config.hz.get(), 1);
}

TEST(ModeSetting, IsSpeltInOctal)
{
    Config config;
    EXPECT_EQ(set(config, "unixsocketperm", "0700"), accepted);
    EXPECT_EQ(config.unixsocketperm.get(), 0700);
    EXPECT_EQ(config.unixsocketperm.text(), "700");
}

TEST(MemorySetting, TakesUnitsAndPrintsBytes)
{
    Config config;
    EXPECT_EQ(set(config, "maxmemory", "1GB"), accepted);
    EXPECT_EQ(config.maxmemory.get(), 1'073'741'824U);
    EXPECT_EQ(config.maxmemory.text(), "1073741824");
    EXPECT_EQ(set(config, "maxmemory", "2k"), accepted);
    EXPECT_EQ(config.maxmemory.get(), 2000U);
    EXPECT_EQ(set(config, "maxmemory", "18446744073709551615"), accepted);
    EXPECT_EQ(config.maxmemory.text(), "18446744073709551615");
    EXPECT_EQ(set(config, "maxmemory", ""), accepted);
    EXPECT_EQ(config.maxmemory.get(), 0U);
}

TEST(MemorySetting, IsWrittenWithTheLargestUnitThatDividesIt)
{
    EXPECT_EQ(with_unit(3_gb), "3gb");
    EXPECT_EQ(with_unit(1536_mb), "1536mb");
    EXPECT_EQ(with_unit(10_kb), "10kb");
    EXPECT_EQ(with_unit(1000), "1000");
    EXPECT_EQ(with_unit(0), "0");
}

TEST(BooleanSetting, IgnoresLetterCase)
{
    Config config;
    EXPECT_EQ(set(config, "protected-mode", "NO"), accepted);
    EXPECT_FALSE(config.protected_mode.get());
    EXPECT_EQ(config.protected_mode.text(), "no");
}

TEST(EnumSetting, ItsNamesAreInTheOrderOfItsEnumerators)
{
    Config config;
    EXPECT_EQ(config.maxmemory_policy.get(), MaxmemoryPolicy::noeviction);
    EXPECT_EQ(config.maxmemory_policy.text(), "noeviction");
    EXPECT_EQ(set(config, "maxmemory-policy", "ALLKEYS-LRU"), accepted);
    EXPECT_EQ(config.maxmemory_policy.get(), MaxmemoryPolicy::allkeys_lru);
    EXPECT_EQ(set(config, "loglevel", "debug"), accepted);
    EXPECT_EQ(config.loglevel.get(), LogLevel::debug);
    EXPECT_EQ(set(config, "enable-debug-command", "local"), accepted);
    EXPECT_EQ(config.enable_debug_command.get(), Permission::local);
}

TEST(StringSetting, IsWrittenInQuotes)
{
    Config config;
    EXPECT_EQ(set(config, "requirepass", "a \"b\"\n"), accepted);
    EXPECT_EQ(config.requirepass.get(), "a \"b\"\n");
    EXPECT_EQ(config.requirepass.written(), R"("a \"b\"\n")");
    EXPECT_TRUE(config.requirepass.is_secret());
}

TEST(AddressList, IsCutAtSpacesAndMayBeEmpty)
{
    Config config;
    EXPECT_EQ(config.bind.text(), "127.0.0.1 -::1");
    EXPECT_EQ(set(config, "bind", "10.0.0.1 ::1"), accepted);
    EXPECT_EQ(config.bind.get(), (Arguments{"10.0.0.1", "::1"}));
    EXPECT_EQ(set(config, "bind", ""), accepted);
    EXPECT_TRUE(config.bind.get().empty());
    EXPECT_EQ(config.bind.written(), "\"\"");
}

TEST(PercentileList, DropsZerosAtTheEnd)
{
    Config config;
    EXPECT_EQ(config.latency_tracking_info_percentiles.text(), "50 99 99.9");
    EXPECT_EQ(set(config, "latency-tracking-info-percentiles", "50 99.99 1e1 99.1234567 0.5"),
              accepted);
    EXPECT_EQ(config.latency_tracking_info_percentiles.text(), "50 99.99 10 99.123457 0.5");
    EXPECT_EQ(config.latency_tracking_info_percentiles.get().at(3), 99.1234567);
    EXPECT_EQ(set(config, "latency-tracking-info-percentiles", ""), accepted);
    EXPECT_EQ(config.latency_tracking_info_percentiles.text(), "");
}

TEST(BufferLimits, AnAssignmentLeavesTheClassesItDoesNotName)
{
    Config config;
    EXPECT_EQ(set(config, "client-output-buffer-limit", "REPLICA 1kb 2mb 3 PubSub 7 8 9"),
              accepted);
    EXPECT_EQ(config.client_output_buffer_limit.text(),
              "normal 67108864 0 0 slave 1024 2097152 3 pubsub 7 8 9");
    const BufferLimit replica = config.client_output_buffer_limit.get(ClientClass::replica);
    EXPECT_EQ(replica.hard_bytes, 1_kb);
    EXPECT_EQ(replica.soft_bytes, 2_mb);
    EXPECT_EQ(replica.soft_seconds, 3);
    EXPECT_EQ(set(config, "client-output-buffer-limit", ""), accepted);
    EXPECT_EQ(config.client_output_buffer_limit.get(ClientClass::pubsub).hard_bytes, 7U);
}

TEST(Setting, AFileGivesItOneArgumentUnlessItIsAList)
{
    Config config;
    EXPECT_EQ(config.port.assign(Arguments{}), "wrong number of arguments");
    EXPECT_EQ(config.port.assign(Arguments{"1", "2"}), "wrong number of arguments");
    EXPECT_EQ(config.bind.assign(Arguments{"a", "b"}), accepted);
    EXPECT_EQ(config.bind.assign(Arguments{""}), accepted);
    EXPECT_TRUE(config.bind.get().empty());
}

TEST(Setting, WhatItPrintsAndWhatItWritesIsTakenBack)
{
    Config config;
    for (config::Setting* setting : config.settings()) {
        const std::string text = setting->text();
        EXPECT_EQ(setting->assign(text), accepted) << setting->name();
        const auto written = split_line(setting->written());
        EXPECT_EQ(setting->assign(written.value()), accepted) << setting->name();
        EXPECT_EQ(setting->text(), text) << setting->name();
        EXPECT_TRUE(setting->is_default()) << setting->name();
    }
}

}  // namespace
}  // namespace mini_redis::config
