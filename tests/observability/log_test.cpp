// The log: what is written where, and what is not.
#include "server/observability/log.hpp"

#include "server/observability/trace.hpp"
#include "tests/config/temporary_folder.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace mini_redis::observability {
namespace {

using testing::EndsWith;
using testing::HasSubstr;
using testing::MatchesRegex;

class Log : public testing::Test {
protected:
    Log() { EXPECT_EQ(open_log(folder.path("log")), std::nullopt); }
    ~Log() override
    {
        set_log_level(LogLevel::notice);
        open_log("");
    }

    std::string text() const { return folder.read("log"); }

    const TemporaryFolder folder;
};

TEST_F(Log, ALineHasTimeThreadLevelAndMessage)
{
    log_notice("listening on port {}", 6379);
    EXPECT_THAT(text(), MatchesRegex("[0-9]+-[0-9]+-[0-9]+ [0-9]+:[0-9]+:[0-9]+\\.[0-9]+ "
                                     "[0-9]+ info listening on port 6379\n"));
}

TEST_F(Log, SaysNothingBelowItsLevelAndTheLevelCanChange)
{
    log_verbose("one");
    EXPECT_EQ(text(), "");
    set_log_level(log_level("verbose"));
    log_debug("two");
    EXPECT_EQ(text(), "");
    log_verbose("three");
    EXPECT_THAT(text(), MatchesRegex(".* debug three\n"));
    set_log_level(log_level("warning"));
    log_notice("four");
    EXPECT_THAT(text(), MatchesRegex("[^\n]*three\n"));
    log_warning("five");
    EXPECT_THAT(text(), MatchesRegex(".*three\n.* warning five\n"));
}

TEST_F(Log, AppendsToItsFile)
{
    log_notice("one");
    EXPECT_EQ(open_log(folder.path("log")), std::nullopt);
    log_notice("two");
    EXPECT_THAT(text(), MatchesRegex(".*one\n.*two\n"));
}

TEST_F(Log, ALineCanBeAJsonObject)
{
    EXPECT_EQ(open_log(folder.path("json"), LogFormat::json), std::nullopt);
    log_warning("client {} says {}", 7, "\"a\\b\"\n\xff");
    EXPECT_THAT(folder.read("json"),
                MatchesRegex("\\{\"time\":\"[0-9]+-[0-9]+-[0-9]+T[0-9]+:[0-9]+:[0-9]+\\.[0-9]+Z\","
                             "\"thread\":[0-9]+,\"level\":\"warning\",\"message\":"
                             "\"client 7 says \\\\\"a\\\\\\\\b\\\\\"\\\\u000a\\\\u00ff\"\\}\n"));
}

TEST_F(Log, BearsTheIdsOfWhatItsThreadWorksOn)
{
    const SpanContext context{.trace_high = 1, .trace_low = 2, .span = 0xabc};
    {
        const Trace::Step step(context);
        log_notice("one");
        EXPECT_EQ(open_log(folder.path("json"), LogFormat::json), std::nullopt);
        log_notice("two");
    }
    log_notice("three");
    EXPECT_THAT(text(), EndsWith(" one trace_id=00000000000000010000000000000002 "
                                 "span_id=0000000000000abc\n"));
    const std::string json = folder.read("json");
    EXPECT_THAT(json, HasSubstr("\"message\":\"two\",\"trace_id\":"
                                "\"00000000000000010000000000000002\",\"span_id\":"
                                "\"0000000000000abc\"}\n"));
    EXPECT_THAT(json, EndsWith("\"message\":\"three\"}\n"));
}

TEST_F(Log, SaysWhyAFileCannotBeOpenedAndGoesOnAsBefore)
{
    const auto error = open_log(folder.path("log/none"));
    ASSERT_TRUE(error);
    EXPECT_THAT(*error, HasSubstr("Not a directory"));
    log_notice("one");
    EXPECT_THAT(text(), MatchesRegex(".*one\n"));
}

TEST_F(Log, TheNamesOfLevelsAreRedis)
{
    EXPECT_EQ(log_level("debug"), LogLevel::debug);
    EXPECT_EQ(log_level("verbose"), LogLevel::verbose);
    EXPECT_EQ(log_level("notice"), LogLevel::notice);
    EXPECT_EQ(log_level("warning"), LogLevel::warning);
}

}  // namespace
}  // namespace mini_redis::observability
