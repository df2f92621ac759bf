// INFO cut into fields.
#include "server/admin/info_text.hpp"

#include <gmock/gmock.h>

namespace mini_redis::admin {
namespace {

TEST(InfoText, HasPartsAndFieldsInTheirOrder)
{
    const auto parts = read_info("# Server\r\nrun_id:ab\r\ntime:12:30\r\n\r\n# Clients\r\nx:\r\n");
    ASSERT_EQ(parts.size(), 2U);
    EXPECT_EQ(parts[0].title, "Server");
    ASSERT_EQ(parts[0].fields.size(), 2U);
    EXPECT_EQ(parts[0].fields[0].name, "run_id");
    EXPECT_EQ(parts[0].fields[0].value, "ab");
    EXPECT_EQ(parts[0].fields[1].value, "12:30");
    EXPECT_EQ(parts[1].title, "Clients");
    EXPECT_EQ(parts[1].fields[0].value, "");
}

TEST(InfoText, PassesOverWhatIsNeither)
{
    EXPECT_TRUE(read_info("").empty());
    EXPECT_TRUE(read_info("a:1\nwords\n").empty());
    const auto parts = read_info("# A\nwords\nb:2");
    ASSERT_EQ(parts.size(), 1U);
    ASSERT_EQ(parts[0].fields.size(), 1U);
    EXPECT_EQ(parts[0].fields[0].value, "2");
}

TEST(InfoText, FindsThePartsOfAValue)
{
    EXPECT_EQ(part_of("calls=21,usec=175", "calls"), "21");
    EXPECT_EQ(part_of("calls=21,usec=175", "usec"), "175");
    EXPECT_EQ(part_of("calls=21,usec=175", "us"), "");
    EXPECT_EQ(part_of("calls", "calls"), "");
    EXPECT_EQ(part_of("", "calls"), "");
}

}  // namespace
}  // namespace mini_redis::admin
