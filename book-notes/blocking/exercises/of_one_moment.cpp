// A bank counts its money, in portions, while money is moved from one account to another.
#include "tests/support/stepped.hpp"

#include <algorithm>
#include <cstddef>
#include <utility>
#include <vector>

#include <gtest/gtest.h>

namespace {

namespace runtime = mini_redis::runtime;
using runtime::awaitable;

struct Bank : mini_redis::tests::Stepped {
    std::vector<int> accounts = std::vector<int>(1000, 1);
    int counted = 0;  // accounts, since the others had their turn
    int longest = 0, in_all = 0, turned = 0;

    // Takes as long as a piece of work does.
    int count(int account)
    {
        ++in_all;
        longest = std::max(longest, ++counted);
        return account;
    }
    awaitable<void> turn_of_the_loop()
    {
        counted = 0;
        ++turned;
        co_await turns();
    }
};

// Yours:
awaitable<void> count_all(Bank& bank, int& sum)
{
    for (std::size_t i = 0; i < bank.accounts.size(); ++i) {
        sum += bank.count(bank.accounts[i]);
        if (i % 100 == 99) co_await bank.turn_of_the_loop();
    }
}

// The test:
awaitable<void> move_money(Bank& bank)
{
    for (std::size_t i = 0; i < 10; ++i) {
        bank.accounts[i] += std::exchange(bank.accounts[999 - i], 0);
        co_await bank.turns();
    }
}

TEST(OfOneMoment, IsTheSumAndNobodyWaitsForLong)
{
    Bank bank;
    int sum = 0;
    bank.tasks.spawn("count all", count_all(bank, sum));
    bank.tasks.spawn("move money", move_money(bank));
    bank.settle();
    EXPECT_EQ(sum, 1000) << "lost on the way: " << 1000 - sum;
    EXPECT_LE(bank.longest, 100);
    EXPECT_EQ(bank.in_all, 1000) << "accounts counted";
    EXPECT_GE(bank.turned, 9) << "turns for the others";
}

}  // namespace
