// How a syntax is printed for people.
#include "server/dispatch/argument.hpp"

#include <gtest/gtest.h>

namespace mini_redis::dispatch {
namespace {

TEST(Argument, IsPrintedAsAManualPrintsIt)
{
    const Argument key{.name = "key", .type = ArgumentType::key};
    const Argument seconds{.name = "seconds", .type = ArgumentType::integer, .token = "EX"};
    const Argument persist{.name = "persist", .type = ArgumentType::pure_token, .token = "PERSIST"};
    Argument choice{
        .name = "expiration", .type = ArgumentType::one_of, .children = {seconds, persist}};
    EXPECT_EQ(usage({key, choice}), "key <EX seconds | PERSIST>");
    choice.optional = true;
    EXPECT_EQ(usage({key, choice}), "key [EX seconds | PERSIST]");
    Argument many = key;
    many.multiple = true;
    EXPECT_EQ(usage({many}), "key [key ...]");
}

}  // namespace
}  // namespace mini_redis::dispatch
