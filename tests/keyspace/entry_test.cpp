// One key with its value: whatever is added to it or taken from it, the rest stays.
#include "server/keyspace/entry.hpp"

#include <array>
#include <random>
#include <string>

#include <gtest/gtest.h>

namespace mini_redis::keyspace {
namespace {

constexpr std::array<std::size_t, 10> key_sizes{0, 1, 7, 8, 16, 120, 65534, 65535, 65536, 70000};
constexpr std::array<std::size_t, 8> value_sizes{0, 1, 8, 20, 44, 45, 4000, 4096};

OwnedEntry make(std::string_view key, std::string_view value, bool expires)
{
    OwnedEntry entry(Entry::create(
        key, {.encoding = Encoding::raw, .expires = expires, .value_size = value.size()}));
    std::memcpy(entry->value(), value.data(), value.size());
    if (expires) entry->set_expiry(4711);
    entry->set_clock(0xabcdef);
    return entry;
}

void expect_same(const Entry& entry, std::string_view key, std::string_view value, bool expires)
{
    EXPECT_EQ(entry.key(), key);
    char scratch[24];
    EXPECT_EQ(entry.text(scratch), value);
    EXPECT_EQ(entry.text_size(), value.size());
    EXPECT_EQ(entry.expires(), expires);
    EXPECT_EQ(entry.expiry(), expires ? 4711 : no_expiry);
    EXPECT_EQ(entry.clock(), 0xabcdefU);
}

TEST(Entry, KeepsKeyAndValueOfEverySize)
{
    for (const std::size_t key_size : key_sizes)
        for (const std::size_t value_size : value_sizes)
            for (const bool expires : {false, true}) {
                const std::string key(key_size, 'k');
                const std::string value(value_size, 'v');
                expect_same(*make(key, value, expires), key, value, expires);
            }
}

TEST(Entry, KeepsTheRestWhenAnExpiryComesAndGoes)
{
    for (const std::size_t key_size : key_sizes)
        for (const std::size_t value_size : value_sizes) {
            const std::string key(key_size, 'k');
            const std::string value(value_size, 'v');
            OwnedEntry entry = make(key, value, false);
            Entry::Shape shape = entry->shape();
            shape.expires = true;
            entry.reset(Entry::reshape(entry.release(), shape));
            entry->set_expiry(4711);
            expect_same(*entry, key, value, true);
            shape.expires = false;
            entry.reset(Entry::reshape(entry.release(), shape));
            expect_same(*entry, key, value, false);
        }
}

TEST(Entry, KeepsAsMuchOfTheValueAsBothShapesHave)
{
    for (const std::size_t before : value_sizes)
        for (const std::size_t after : value_sizes) {
            OwnedEntry entry = make("key", std::string(before, 'v'), true);
            Entry::Shape shape = entry->shape();
            shape.value_size = after;
            entry.reset(Entry::reshape(entry.release(), shape));
            ASSERT_EQ(entry->inline_text().size(), after);
            const std::size_t kept = std::min(before, after);
            EXPECT_EQ(entry->inline_text().substr(0, kept), std::string(kept, 'v'));
        }
}

TEST(Entry, TakesItsTypeFromItsNewShape)
{
    OwnedEntry entry = make("key", "12345678", false);
    entry.reset(
        Entry::reshape(entry.release(), {.type = Type::list, .encoding = Encoding::integer}));
    EXPECT_EQ(entry->type(), Type::list);
    EXPECT_EQ(entry->encoding(), Encoding::integer);
}

TEST(Entry, ShowsIntegersAsText)
{
    for (const std::int64_t number :
         {std::int64_t{0}, std::int64_t{-1}, std::int64_t{10'000},
          std::numeric_limits<std::int64_t>::min(), std::numeric_limits<std::int64_t>::max()}) {
        const OwnedEntry entry(Entry::create("key", {.encoding = Encoding::integer}));
        entry->set_integer(number);
        EXPECT_EQ(entry->integer(), number);
        char scratch[24];
        EXPECT_EQ(entry->text(scratch), std::to_string(number));
        EXPECT_EQ(entry->text_size(), std::to_string(number).size());
    }
}

TEST(Entry, LeavesItsValueToItsTwin)
{
    for (const std::size_t key_size : key_sizes) {
        const std::string key(key_size, 'n');
        OwnedEntry entry = make("old", "value", true);
        const OwnedEntry twin(Entry::twin(*entry, key));
        Entry::give_up(entry.release());
        expect_same(*twin, key, "value", true);
    }
}

TEST(Entry, SharesNothingWithItsCopy)
{
    OwnedEntry entry(Entry::create("key", {.encoding = Encoding::large}));
    entry->set_clock(0xabcdef);
    entry->set_large(LargeString::create(9000, 9000));
    std::memset(entry->large()->data(), 'v', 9000);
    const OwnedEntry copy(Entry::copy(*entry, "twin"));
    std::memset(entry->large()->data(), 'w', 9000);
    entry.reset();
    expect_same(*copy, "twin", std::string(9000, 'v'), false);
}

TEST(Entry, WeighsWhatItAllocates)
{
    EXPECT_EQ(make(std::string(16, 'k'), std::string(32, 'v'), true)->weight(), 64U);
    EXPECT_EQ(make(std::string(16, 'k'), std::string(33, 'v'), true)->weight(), 80U);
    OwnedEntry entry(Entry::create("12345678", {.encoding = Encoding::large}));
    entry->set_large(LargeString::create(5000, 5000));
    EXPECT_EQ(entry->weight(), 32U + 5120U);
}

}  // namespace
}  // namespace mini_redis::keyspace
