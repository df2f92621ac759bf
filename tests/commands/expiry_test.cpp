// The moment that comes with a value: seconds or milliseconds, from now on or since 1970.
#include "server/commands/expiry.hpp"

#include "tests/support/command_fixture.hpp"

#include <limits>

namespace mini_redis::tests {
namespace {

using commands::Expiry;
using Form = Expiry::Form;
using keyspace::Ttl;

constexpr std::int64_t now = 1'000'000;

// The moment, or the error.
std::string read(Expiry::Form form, std::string_view word)
{
    protocol::Buffer out;
    protocol::Writer reply(out, protocol::Dialect::resp2);
    const auto ttl = Expiry{form, word}.ttl(now, "set", reply);
    return ttl ? std::to_string(static_cast<std::int64_t>(*ttl)) : std::string(out.view());
}

TEST(Expiry, IsAMomentInMilliseconds)
{
    EXPECT_EQ(read(Form::ex, "7"), "1007000");
    EXPECT_EQ(read(Form::px, "7"), "1000007");
    EXPECT_EQ(read(Form::exat, "7"), "7000");
    EXPECT_EQ(read(Form::pxat, "7"), "7");
}

TEST(Expiry, RefusesWhatNoClockReaches)
{
    const std::string invalid = "-ERR invalid expire time in 'set' command\r\n";
    constexpr std::int64_t max = std::numeric_limits<std::int64_t>::max();
    for (const Form form : {Form::ex, Form::px, Form::exat, Form::pxat}) {
        EXPECT_EQ(read(form, "0"), invalid);
        EXPECT_EQ(read(form, "-1"), invalid);
        EXPECT_EQ(read(form, "1.5"), "-ERR value is not an integer or out of range\r\n");
    }
    EXPECT_EQ(read(Form::px, std::to_string(max - now)), std::to_string(max));
    EXPECT_EQ(read(Form::px, std::to_string(max - now + 1)), invalid);
    EXPECT_EQ(read(Form::exat, std::to_string(max / 1000 + 1)), invalid);
    EXPECT_EQ(read(Form::pxat, std::to_string(max)), std::to_string(max));
}

using ExpiryOfKeys = CommandFixture;

TEST_F(ExpiryOfKeys, MayHavePassedWhenItIsAbsolute)
{
    EXPECT_EQ(show("SET", "a", "b", "PXAT", "1"), "OK");
    EXPECT_EQ(show("GET", "a"), "(nil)");
    run("SET", "a", "b");
    EXPECT_EQ(show("GETEX", "a", "EXAT", "1"), "\"b\"");
    EXPECT_EQ(show("GET", "a"), "(nil)");
}

TEST_F(ExpiryOfKeys, ComesWithAValueOfAnyKind)
{
    const std::string large(10'000, 'x');
    for (const std::string& before : {std::string("7"), std::string("text"), large}) {
        for (const std::string& value : {std::string("7"), std::string("text"), large}) {
            run("SET", "a", before);
            EXPECT_EQ(show("SETEX", "a", "5", value), "OK");
            advance(5'000);
            EXPECT_EQ(run("GET", "a").text, value);
            advance(1);
            EXPECT_EQ(show("GET", "a"), "(nil)");
        }
    }
}

}  // namespace
}  // namespace mini_redis::tests
