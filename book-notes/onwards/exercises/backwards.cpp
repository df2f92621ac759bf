// REVERSE key: the string value of a key, read backwards. The real server has this command here.
#include "server/commands/strings.hpp"
#include "tests/support/world.hpp"

#include <algorithm>
#include <string>

#include <gmock/gmock.h>

namespace mini_redis::commands {
namespace {

void reverse(const Key& key, Context& context, Writer& reply);

struct Reverse {
    Key key;

    static constexpr Spec spec{
        .name = "REVERSE",
        .summary = "Returns the string value of a key, read backwards.",
        .since = "1.0.0",
        .complexity = "O(N), N being the length of the string",
        .flags = Flag::readonly,
    };
    static constexpr auto syntax = sequence(key_arg("key", &Reverse::key, Use::ro | Use::access));

    void run(Context& context, Writer& reply) const { reverse(key, context, reply); }
};

constexpr auto our_commands = dispatch::commands<Reverse>;
const dispatch::Family ours{"string", Category::string, our_commands};

// Yours:
void reverse(const Key& key, Context& context, Writer& reply)
{
    reply_with_string(context.data.read(key), reply);
}

// The test:
TEST(Backwards, IsHowAStringIsRead)
{
    tests::World world{&ours};
    tests::WorldClient client(world);
    EXPECT_EQ(client.round_trip("SET k abc\r\nREVERSE k\r\n"), "+OK\r\n$3\r\ncba\r\n")
        << "abc is read forwards";
    EXPECT_EQ(client.round_trip("SET number 120\r\nREVERSE number\r\n"), "+OK\r\n$3\r\n021\r\n");
}

TEST(Backwards, ThereIsNothingInWhatIsNoString)
{
    tests::World world{&ours};
    tests::WorldClient client(world);
    EXPECT_EQ(client.round_trip("REVERSE nothing\r\n"), "$-1\r\n");
    EXPECT_THAT(client.round_trip("RPUSH list a b\r\nREVERSE list\r\n"),
                testing::StartsWith(":2\r\n-WRONGTYPE "));
}

}  // namespace
}  // namespace mini_redis::commands
