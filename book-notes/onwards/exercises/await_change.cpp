// AWAITCHANGE key seconds: answers with the value when it is written to, whatever it was before.
// (The seconds are a matter of wait_for(), and are not tested here.)
#include "server/commands/patience.hpp"
#include "server/commands/strings.hpp"
#include "tests/support/world.hpp"

#include <gtest/gtest.h>

namespace mini_redis::commands {
namespace {

void await_change(const Key& key, Patience patience, Context& context, Writer& reply);

struct AwaitChange {
    Key key;
    PatienceInSeconds patience;

    static constexpr Spec spec{
        .name = "AWAITCHANGE",
        .summary = "Waits until a key is written to, and returns its string value.",
        .since = "1.0.0",
        .complexity = "O(1)",
        .flags = Flag::readonly | Flag::noscript | Flag::blocking,
    };
    static constexpr auto syntax =
        sequence(key_arg("key", &AwaitChange::key, Use::ro | Use::access),
                 timeout_arg(&AwaitChange::patience));

    void run(Context& context, Writer& reply) const { await_change(key, patience, context, reply); }
};

constexpr auto our_commands = dispatch::commands<AwaitChange>;
const dispatch::Family ours{"string", Category::string, our_commands};

// Yours:
void await_change(const Key& key, Patience patience, Context& context, Writer& reply)
{
    if (const Entry* entry = context.data.read(key)) return reply_with_string(entry, reply);
    wait_for(context, keyspace::Type::string, 1, patience, reply);
}

// The test:
TEST(AwaitChange, AnswersAllWhoWaitAndNoSooner)
{
    tests::World world{&ours};
    tests::WorldClient ann(world);
    tests::WorldClient bob(world);
    tests::WorldClient writer(world);
    writer.round_trip("SET k old\r\n");
    EXPECT_EQ(ann.round_trip("AWAITCHANGE k 0\r\n"), "") << "nothing has changed yet";
    EXPECT_EQ(bob.round_trip("AWAITCHANGE k 0\r\n"), "");
    writer.round_trip("SET k new\r\n");
    EXPECT_EQ(ann.receive(), "$3\r\nnew\r\n");
    EXPECT_EQ(bob.receive(), "$3\r\nnew\r\n");
}

TEST(AwaitChange, DoesNotWaitInATransaction)
{
    tests::World world{&ours};
    tests::WorldClient client(world);
    EXPECT_EQ(client.round_trip("SET k old\r\nMULTI\r\nAWAITCHANGE k 0\r\nEXEC\r\n"),
              "+OK\r\n+OK\r\n+QUEUED\r\n*1\r\n*-1\r\n");
}

}  // namespace
}  // namespace mini_redis::commands
