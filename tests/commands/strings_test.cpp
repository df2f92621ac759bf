// Strings as whole values: what SET leaves behind and GET finds.
#include "tests/support/command_fixture.hpp"

namespace mini_redis::tests {
namespace {

using Strings = CommandFixture;

TEST_F(Strings, GetReturnsWhatSetStored)
{
    EXPECT_EQ(show("SET", "a", "b"), "OK");
    EXPECT_EQ(show("GET", "a"), "\"b\"");
    EXPECT_EQ(show("GET", "missing"), "(nil)");
}

}  // namespace
}  // namespace mini_redis::tests
