// What the command line asks for, and what it may not ask for.
#include "client/cli/options.hpp"

#include "client/cli/uri.hpp"

#include <string>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace mini_redis::tests {
namespace {

using namespace cli;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;

Options read(const Words& words)
{
    Options options;
    const auto leave = read_options(options, words, {});
    EXPECT_FALSE(leave) << leave->text;
    return options;
}

std::string refusal(const Words& words)
{
    Options options;
    const auto leave = read_options(options, words, {});
    if (!leave || leave->code != 1) return "not refused";
    return leave->text;
}

TEST(CliOptions, EndWhereTheCommandBegins)
{
    const Options options = read({"-p", "7000", "-n", "3", "get", "-p", "--raw"});
    EXPECT_EQ(options.entry.address.port, 7000);
    EXPECT_EQ(options.entry.database, 3);
    EXPECT_THAT(options.command, ElementsAre("get", "-p", "--raw"));
    EXPECT_EQ(options.style.form, Form::people);
    EXPECT_THAT(read({}).command, IsEmpty());
    EXPECT_THAT(read({"--raw", ""}).command, ElementsAre(""));
}

TEST(CliOptions, AValueMayLookLikeAnOption)
{
    EXPECT_EQ(read({"-a", "-x", "ping"}).entry.password, "-x");
    EXPECT_EQ(read({"-r", "-1", "ping"}).repeat, -1);
    EXPECT_EQ(read({"-d", "[]", "ping"}).style.element_delimiter, "[]");
    EXPECT_EQ(read({"-D", "", "ping"}).style.reply_delimiter, "");
    EXPECT_EQ(read({"-X", "--", "get", "--"}).stdin_tag, "--");
}

TEST(CliOptions, TheLastOfThoseThatContradictCounts)
{
    EXPECT_EQ(read({"--raw", "--csv"}).style.form, Form::csv);
    EXPECT_EQ(read({"--csv", "--raw"}).style.form, Form::raw);
    EXPECT_EQ(read({"--csv", "--raw", "--csv"}).style.form, Form::csv);
    EXPECT_EQ(read({"-p", "1", "-p", "2"}).entry.address.port, 2);
    const Options options = read({"-p", "1", "-u", "redis://there:2", "-h", "here"});
    EXPECT_EQ(options.entry.address.text(), "here:2");
}

TEST(CliOptions, JsonAsksForResp3WhereNothingElseIsAsked)
{
    using enum Entry::Resp3;
    EXPECT_EQ(read({"ping"}).entry.resp3, no);
    EXPECT_EQ(read({"--json"}).entry.resp3, if_possible);
    EXPECT_EQ(read({"--json", "-3"}).entry.resp3, required);
    EXPECT_EQ(read({"--quoted-json", "-2"}).entry.resp3, no);
}

TEST(CliOptions, AVisiblePasswordIsWarnedOf)
{
    EXPECT_TRUE(read({"-a", "x"}).warn_of_password);
    EXPECT_TRUE(read({"-u", "redis://x@host"}).warn_of_password);
    EXPECT_FALSE(read({"-a", "x", "--no-auth-warning"}).warn_of_password);
    EXPECT_FALSE(read({"--no-auth-warning", "-a", "x"}).warn_of_password);
    EXPECT_FALSE(read({}).warn_of_password);
}

TEST(CliOptions, TimesAreFractionsOfSeconds)
{
    EXPECT_EQ(read({"-i", "0.25"}).interval, std::chrono::milliseconds(250));
}

TEST(CliOptions, NonsenseIsRefused)
{
    EXPECT_THAT(refusal({"--nonsense"}), HasSubstr("'--nonsense'"));
    EXPECT_THAT(refusal({"-p"}), HasSubstr("-p"));
    EXPECT_THAT(refusal({"-p", "many"}), HasSubstr("many"));
    EXPECT_THAT(refusal({"-p", "65536"}), HasSubstr("65536"));
    EXPECT_THAT(refusal({"-2", "-3"}), HasSubstr("mutually exclusive"));
    EXPECT_THAT(refusal({"-x", "-X", "tag", "get", "tag"}), HasSubstr("mutually exclusive"));
    EXPECT_THAT(refusal({"--show-pushes", "perhaps"}), HasSubstr("perhaps"));
    EXPECT_THAT(refusal({"-u", "http://x"}), HasSubstr("Invalid URI scheme"));
}

TEST(CliOptions, HelpAndVersionAreNoFailures)
{
    for (const Words& words : {Words{"--help"}, Words{"-h"}, Words{"--version"}, Words{"-v"}}) {
        Options options;
        const auto leave = read_options(options, words, {});
        ASSERT_TRUE(leave);
        EXPECT_EQ(leave->code, 0);
        EXPECT_THAT(leave->text, HasSubstr("mini-redis-cli"));
    }
}

TEST(Uri, MayNameAllOrNothing)
{
    Entry entry;
    EXPECT_EQ(read_uri("redis://", entry), std::nullopt);
    EXPECT_EQ(entry.address.text(), "127.0.0.1:6379");
    EXPECT_EQ(read_uri("REDIS://us%65r:p%3A%40ss@host:7/3", entry), std::nullopt);
    EXPECT_EQ(entry.user, "user");
    EXPECT_EQ(entry.password, "p:@ss");
    EXPECT_EQ(entry.address.text(), "host:7");
    EXPECT_EQ(entry.database, 3);
    EXPECT_EQ(read_uri("redis:///5", entry), std::nullopt);
    EXPECT_EQ(entry.address.text(), "host:7");
    EXPECT_EQ(entry.database, 5);
    EXPECT_EQ(read_uri("redis://word@", entry), std::nullopt);
    EXPECT_EQ(entry.password, "word");
}

TEST(Uri, WhatIsNotUnderstoodIsSaid)
{
    Entry entry;
    for (const char* uri : {"", "host", "redis:/host", "redis://a%4@h", "redis://a%zz@h",
                            "redis://h:x", "redis://h:65536", "redis://h/x", "rediss://h"}) {
        EXPECT_TRUE(read_uri(uri, entry)) << uri;
    }
}

}  // namespace
}  // namespace mini_redis::tests
