// A test of tests: three ways to withdraw money, two of them wrong. The usual test notices neither.
#include "tests/support/stepped.hpp"

#include <chrono>

#include <gtest/gtest.h>

namespace {

using mini_redis::runtime::awaitable;

struct Account : mini_redis::tests::Stepped {
    awaitable<void> bank() { return pause(std::chrono::seconds(1)); }
    int balance = 100, paid = 0;
};
using Withdraw = awaitable<void> (*)(Account&, int);

awaitable<void> right(Account& account, int amount)
{
    if (account.balance < amount) co_return;
    account.balance -= amount;
    co_await account.bank();
    account.paid += amount;
}

awaitable<void> takes_too_late(Account& account, int amount)
{
    if (account.balance < amount) co_return;
    co_await account.bank();
    account.balance -= amount;
    account.paid += amount;
}

awaitable<void> remembers_too_long(Account& account, int amount)
{
    const int before = account.balance;
    if (before < amount) co_return;
    co_await account.bank();
    account.balance = before - amount;
    account.paid += amount;
}

// Yours:
// Whether a law is broken.
bool notices(Withdraw withdraw)
{
    Account account;
    for (int i = 0; i < 2; ++i) {
        account.tasks.spawn("withdraw", withdraw(account, 80));
        account.settle();
        account.advance(std::chrono::seconds(1));
    }
    account.balance += 20;
    return account.balance < 0;
}

// The test:
awaitable<void> also_right(Account& account, int amount)
{
    co_await account.bank();
    if (account.balance < amount) co_return;
    account.balance -= amount;
    account.paid += amount;
}

TEST(NoticesBoth, AndAccusesNobodyElse)
{
    EXPECT_TRUE(notices(takes_too_late)) << "not noticed: it takes too late";
    EXPECT_TRUE(notices(remembers_too_long)) << "not noticed: it remembers too long";
    EXPECT_FALSE(notices(right)) << "what is right is accused";
    EXPECT_FALSE(notices(also_right)) << "what is right is accused";
}

}  // namespace
