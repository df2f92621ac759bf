// A table of tasks, each with what it holds and what it waits for. Somebody complains: which
// task should one look at?
#include <algorithm>
#include <string_view>
#include <vector>

#include <gtest/gtest.h>

namespace {

struct Row {
    std::string_view task;
    std::string_view holds;
    std::string_view waits_for;
    int seconds;  // since when
};

struct Table {
    // Who holds it; null if none of the tasks does.
    const Row* holder(std::string_view what) const
    {
        const auto found = std::ranges::find(rows, what, &Row::holds);
        return what.empty() || found == rows.end() ? nullptr : &*found;
    }
    std::vector<Row> rows;
};

// Yours:
std::string_view to_look_at(const Table& table)
{
    return std::ranges::max(table.rows, {}, &Row::seconds).task;
}

// The test:
TEST(WhoToLookAt, IsWhoKeepsTheOthers)
{
    Table table{{{"ann", "", "", 28},
                 {"bob", "the connection", "the database", 28},
                 {"cid", "", "the connection", 30}}};
    EXPECT_EQ(to_look_at(table), "bob") << "who has waited longest does nothing but wait his turn";
    table.rows.push_back({"dan", "", "a request", 3600});
    EXPECT_EQ(to_look_at(table), "bob") << "dan's client is silent, and dan keeps nobody";
    table.rows[2].holds = "the lock";
    table.rows.insert(table.rows.begin(), {"eve", "", "the lock", 20});
    EXPECT_EQ(to_look_at(table), "bob") << "cid keeps eve, and bob keeps cid";
}

TEST(WhoToLookAt, IsNobodyWhereNobodyKeepsAnother)
{
    const Table table{{{"dan", "", "a request", 3600}, {"bob", "the lock", "the disk", 1}}};
    EXPECT_EQ(to_look_at(table), "nobody");
}

}  // namespace
