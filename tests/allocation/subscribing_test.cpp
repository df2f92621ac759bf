// Memory that runs out while somebody subscribes: who hears what is published afterwards is who is
// counted as subscribed.
#include "tests/allocation/failing_new.hpp"
#include "tests/support/command_fixture.hpp"

namespace mini_redis::tests {
namespace {

class Subscribing : public testing::TestWithParam<const char*> {};

TEST_P(Subscribing, ShortOfMemoryIsToBeOnBothListsOrOnNone)
{
    std::size_t failing = 1;
    for (bool done = false; !done; ++failing) {
        ASSERT_LT(failing, 100U);
        TestServer server;
        TestClient publisher(server), first(server);
        first.raw({GetParam(), "news"});
        {
            TestClient second(server);
            done = Allocations::survives(failing, [&] { second.raw({GetParam(), "news"}); });
            const auto& theirs = second.session.subscriptions;
            const bool counted = theirs && !theirs->empty();
            EXPECT_TRUE(counted || !done) << "allocation " << failing;
            EXPECT_EQ(publisher.raw({"PUBLISH", "news", "one"}), counted ? ":2\r\n" : ":1\r\n");
            EXPECT_EQ(!second.pushed.empty(), counted) << "allocation " << failing;
        }
        first.pushed.clear();
        EXPECT_EQ(publisher.raw({"PUBLISH", "news", "two"}), ":1\r\n");
        EXPECT_NE(first.pushed.find("two"), std::string::npos) << "allocation " << failing;
    }
    EXPECT_GT(failing, 4U);
}

INSTANTIATE_TEST_SUITE_P(Commands, Subscribing, testing::Values("SUBSCRIBE", "PSUBSCRIBE"));

}  // namespace
}  // namespace mini_redis::tests
