// SCAN goes over the keys page by page; between two pages the table grows, or shrinks.
#include "server/values/table_definitions.hpp"

#include <algorithm>
#include <cstddef>
#include <set>
#include <string>
#include <string_view>

#include <gtest/gtest.h>

namespace {

using mini_redis::runtime::keyed_hash;

struct Key {
    std::string text;

    std::string_view key() const { return text; }
    static void destroy(Key* entry) { delete entry; }
};
using Keys = mini_redis::values::Table<Key>;
using Seen = std::multiset<std::string>;

void insert(Keys& keys, int number)
{
    const std::string text = std::to_string(number);
    keys.make_room();
    keys.insert(keyed_hash(text), new Key{text});
}

void remove(Keys& keys, int number)
{
    const std::string text = std::to_string(number);
    Key::destroy(keys.remove(keys.find(keyed_hash(text), text)));
    keys.settle();
}

// Yours:
// What some ten slots hold, from the cursor on. The cursor of the next page, or 0 at the end.
std::size_t see_page(const Keys& keys, std::size_t cursor, Seen& seen)
{
    const std::size_t stop = std::min(cursor + 10, keys.slots());
    for (; cursor < stop; ++cursor)
        if (const auto place = keys.at(cursor)) seen.emplace(place.entry()->key());
    return cursor < keys.slots() ? cursor : 0;
}

// The test:
// Half of a thousand keys, then `meanwhile`, then the other half; then looks for the first ones.
template <class Meanwhile>
void scan(int looked_for, Meanwhile meanwhile)
{
    Keys keys;
    for (int i = 0; i < 1000; ++i) insert(keys, i);
    Seen seen;
    std::size_t cursor = 0;
    int pages = 0;
    while (seen.size() < 500 && ++pages < 1000) cursor = see_page(keys, cursor, seen);
    ASSERT_LT(seen.size(), 600) << "a page is ten slots";
    meanwhile(keys);
    while (cursor != 0 && ++pages < 1000) cursor = see_page(keys, cursor, seen);
    int missed = 0;
    int seen_twice = 0;
    for (int i = 0; i < looked_for; ++i) {
        const auto times = seen.count(std::to_string(i));
        if (times == 0) ++missed;
        if (times > 1) ++seen_twice;
    }
    EXPECT_EQ(seen_twice, 0) << "keys were seen twice";
    EXPECT_EQ(missed, 0) << "keys were there all the time, and were missed";
}

TEST(SeenTwice, NoKeyIsWhileTheTableGrows)
{
    scan(1000, [](Keys& keys) {
        for (int i = 1000; i < 4000; ++i) insert(keys, i);
    });
}

TEST(SeenTwice, NoKeyIsMissedWhileItShrinks)
{
    scan(100, [](Keys& keys) {
        for (int i = 100; i < 1000; ++i) remove(keys, i);
    });
}

}  // namespace
