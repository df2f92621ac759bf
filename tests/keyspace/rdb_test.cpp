// Entries of every type and encoding, written and read again under another key.
#include "server/keyspace/rdb.hpp"

#include "tests/keyspace/world.hpp"

#include <string>

#include <gtest/gtest.h>

namespace mini_redis::tests {
namespace {

using keyspace::Encoding;
using keyspace::Entry;
using keyspace::OwnedEntry;
using keyspace::Type;

constexpr values::RdbLimits usual_limits{{512, 64}, {8192, 1'000'000}, {512}, {128, 64}};

std::string rdb_of(const Entry& entry)
{
    values::RdbWriter out;
    write_value(out, entry);
    return out.take();
}

OwnedEntry read_back(const std::string& bytes, keyspace::Milliseconds expiry)
{
    values::RdbReader in(bytes);
    return keyspace::read_entry(in, usual_limits, "another key", expiry);
}

TEST(RdbEntry, BringsStringsBackAsTheyWouldBeSet)
{
    World world;
    const keyspace::Key key("key");
    for (const std::string& text :
         {std::string("12"), std::string("-9223372036854775808"), std::string("text"),
          std::string(44, 'x'), std::string(45, 'x'), std::string(4096, 'x'),
          std::string(4097, 'x'), std::string(1'000'000, 'x'), std::string()}) {
        world.view().set(key, text, keyspace::Ttl::drop, keyspace::Event::set);
        const Entry& entry = *world.view().peek(key);
        for (const keyspace::Milliseconds expiry : {keyspace::no_expiry, world.now + 1}) {
            const OwnedEntry again = read_back(rdb_of(entry), expiry);
            ASSERT_TRUE(again);
            EXPECT_EQ(text_of(*again), text);
            EXPECT_EQ(again->encoding(), entry.encoding());
            EXPECT_EQ(again->expiry(), expiry);
            EXPECT_EQ(again->key(), "another key");
        }
    }
}

TEST(RdbEntry, BringsCollectionsBack)
{
    const std::string bytes("\x02\x02\xc0\x01\xc0\x02", 6);
    const OwnedEntry set = read_back(bytes, keyspace::no_expiry);
    ASSERT_TRUE(set);
    EXPECT_EQ(set->type(), Type::set);
    EXPECT_EQ(set->encoding(), Encoding::packed);
    EXPECT_EQ(rdb_of(*set), std::string("\x0b\x0c\2\0\0\0\2\0\0\0\1\0\2\0", 14));
}

TEST(RdbEntry, IsOfAKnownType)
{
    for (int type = 0; type < 256; ++type)
        EXPECT_FALSE(read_back(std::string(1, static_cast<char>(type)), keyspace::no_expiry));
    EXPECT_FALSE(read_back("", keyspace::no_expiry));
}

}  // namespace
}  // namespace mini_redis::tests
