// The manual that is written from the table.
#include "server/config/reference.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace mini_redis::config {
namespace {

using testing::HasSubstr;

TEST(Reference, HasARowForEachDirective)
{
    const Config config;
    const std::string page = reference(config);
    for (const Setting* setting : config.settings()) {
        EXPECT_THAT(page, HasSubstr("\n| `" + std::string(setting->name()) + "` | `"));
    }
    EXPECT_THAT(page, HasSubstr("\n## Memory\n"));
    EXPECT_THAT(page, HasSubstr("| `port` | `6379` | 0 to 65535 | yes | TCP port"));
    EXPECT_THAT(page, HasSubstr("| `timeout` | `0` | 0 or more seconds | yes |"));
    EXPECT_THAT(page, HasSubstr("| `proto-max-bulk-len` | `512mb` | 1mb or more,"));
}

TEST(Reference, SaysTheSameWhateverIsConfiguredAndWhereverItIsBuilt)
{
    Config config;
    const std::string page = reference(config);
    ASSERT_EQ(config.port.assign("1"), std::nullopt);
    ASSERT_EQ(config.io_threads.assign("128"), std::nullopt);
    EXPECT_EQ(reference(config), page);
    EXPECT_THAT(page, HasSubstr("| `io-threads` | `the machine's cores` | 1 to 128 |"));
}

TEST(Reference, EveryHelpIsASentence)
{
    const Config config;
    for (const Setting* setting : config.settings()) {
        EXPECT_TRUE(setting->help().ends_with('.')) << setting->name();
    }
}

}  // namespace
}  // namespace mini_redis::config
