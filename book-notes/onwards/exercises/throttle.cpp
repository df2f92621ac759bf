// THROTTLE name: 0 is "go on", and 1 is "not so fast", for ten seconds after each 0.
#include "server/commands/grammar.hpp"
#include "tests/support/world.hpp"

#include <string>

#include <gtest/gtest.h>

namespace mini_redis::commands {
namespace {

void throttle(const Key& name, Context& context, Writer& reply);

struct Throttle {
    Key name;

    static constexpr Spec spec{
        .name = "THROTTLE",
        .summary = "Tells whether one may go on: not within ten seconds of the last time.",
        .since = "1.0.0",
        .complexity = "O(1)",
        .flags = Flag::write | Flag::denyoom,
    };
    static constexpr auto syntax =
        sequence(key_arg("name", &Throttle::name, Use::rw | Use::access | Use::update));

    void run(Context& context, Writer& reply) const { throttle(name, context, reply); }
};

constexpr auto our_commands = dispatch::commands<Throttle>;
const dispatch::Family ours{"generic", Category::keyspace, our_commands};

// Yours:
void throttle(const Key& name, Context& context, Writer& reply)
{
    reply.integer(context.data.peek(name) ? 1 : 0);
    context.data.set(name, "asked", Ttl::drop, Event::set);
}

// The test:
TEST(Throttle, LetsEveryoneGoOnOnceInAWhile)
{
    tests::World world{&ours};
    tests::WorldClient bob(world);
    for (int second = 0; second < 30; ++second) {
        const bool may = second % 10 == 0;
        ASSERT_EQ(bob.round_trip("THROTTLE bob\r\n"), may ? ":0\r\n" : ":1\r\n")
            << "asks again after " << second << " seconds";
        world.advance(1001);  // or the tenth would lie on the boundary
    }
}

TEST(Throttle, ForgetsWhoDoesNotComeBack)
{
    tests::World world{&ours};
    tests::WorldClient client(world);
    for (int i = 0; i < 100; ++i)
        client.round_trip("THROTTLE visitor-" + std::to_string(i) + "\r\n");
    world.advance(60 * 60 * 1000);
    for (int round = 0; round < 100; ++round) world.next_round();
    EXPECT_EQ(client.round_trip("DBSIZE\r\n"), ":0\r\n");
}

}  // namespace
}  // namespace mini_redis::commands
