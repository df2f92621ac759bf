// Memory that runs out while somebody subscribes: who hears what is published afterwards is who is
// counted as subscribed.
#include "tests/allocation/failing_new.hpp"
#include "tests/support/command_fixture.hpp"

#include <new>

namespace mini_redis::tests {
namespace {

// Subscribes short of memory; false if an allocation of that number failed.
bool subscribe(TestClient& client, const char* command, std::size_t failing)
{
    Allocations::fail_at(failing);
    try {
        const Allocations counted;
        client.raw({command, "news"});
    } catch (const std::bad_alloc&) {
        return false;
    }
    return true;
}

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
            done = subscribe(second, GetParam(), failing);
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
