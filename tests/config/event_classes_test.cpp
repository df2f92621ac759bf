// Classes of keyspace events: their letters, and when there is anything to publish.
#include "server/config/event_classes.hpp"

#include <gtest/gtest.h>

namespace mini_redis::tests {
namespace {

using config::EventClass;

class EventClassesTest : public testing::Test {
protected:
    // What it becomes, as CONFIG GET says it.
    std::string becomes(std::string_view letters)
    {
        EXPECT_EQ(classes.assign(letters), std::nullopt);
        return classes.text();
    }

    config::Table table;
    config::EventClasses classes{table, "notify-keyspace-events", config::Change::at_run_time, ""};
};

TEST_F(EventClassesTest, ArePrintedInRedisOrder)
{
    EXPECT_EQ(becomes("KEA"), "AKE");
    EXPECT_EQ(becomes("Kg$lshzxetn"), "g$lshzxetnK");
    EXPECT_EQ(becomes("g$lshzxetd"), "A");
    EXPECT_EQ(becomes("nmdteEx"), "xetdnEm");
    EXPECT_EQ(becomes("KEAmn"), "AKEm");
    EXPECT_TRUE(classes.has(EventClass::new_key));
    EXPECT_NE(classes.assign("Kq"), std::nullopt);
    EXPECT_EQ(classes.text(), "AKEm") << "a mistake changes nothing";
    EXPECT_EQ(becomes(""), "");
    EXPECT_EQ(classes.written(), "\"\"");
}

TEST_F(EventClassesTest, PublishOnlyWithAChannelAndAnEvent)
{
    for (const char* nothing : {"", "K", "KE", "A", "mn"}) {
        becomes(nothing);
        EXPECT_FALSE(classes.any()) << nothing;
    }
    for (const char* something : {"Kg", "EA", "Km"}) {
        becomes(something);
        EXPECT_TRUE(classes.any()) << something;
    }
}

}  // namespace
}  // namespace mini_redis::tests
