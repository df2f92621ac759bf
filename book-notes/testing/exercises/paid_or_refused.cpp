// An account that asks its bank before it pays. Whatever happens when, what was allowed was paid.
#include "tests/support/stepped.hpp"

#include <cstdint>

#include <gtest/gtest.h>

namespace {

namespace runtime = mini_redis::runtime;
using runtime::awaitable;

// One run: what happens when, and what the bank says, a seed decides.
struct World : mini_redis::tests::Stepped {
    explicit World(std::uint64_t from) : seed(from) {}

    std::uint64_t chance(std::uint64_t below)
    {
        seed = seed * 6364136223846793005 + 1442695040888963407;
        return (seed >> 33) % below;
    }
    void deposit(int amount)
    {
        deposited += amount;
        balance += amount;
    }
    // Takes a turn of the loop.
    awaitable<bool> bank_allows(int amount)
    {
        co_await turns();
        const bool yes = chance(4) != 0;
        allowed += yes ? amount : 0;
        co_return yes;
    }

    std::uint64_t seed;
    int balance = 100, deposited = 0, allowed = 0;
};

// Yours:
awaitable<void> withdraw(World& world, int amount)
{
    if (world.balance < amount) co_return;
    if (co_await world.bank_allows(amount)) world.balance -= amount;
}

// The test:
TEST(PaidOrRefused, KeepsTheLawsFromEverySeed)
{
    int allowed = 0;
    for (std::uint64_t seed = 1; seed <= 1000; ++seed) {
        World world(seed);
        for (int decision = 0; decision < 12; ++decision) {
            const std::uint64_t chosen = world.chance(8);
            if (chosen == 0) world.tasks.spawn("withdraw", withdraw(world, 80));
            if (chosen == 1) world.deposit(20);
            if (chosen > 1) world.step();
            ASSERT_GE(world.balance, 0) << "seed " << seed << " overdraws the account";
        }
        world.settle();
        ASSERT_EQ(world.balance, 100 + world.deposited - world.allowed)
            << "seed " << seed << " pays another sum than is allowed";
        allowed += world.allowed;
    }
    EXPECT_GT(allowed, 1000 * 20) << "nobody gets any money";
}

}  // namespace
