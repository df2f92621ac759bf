// Buffer: content stays itself, however it was written, consumed and moved.
#include "protocol/buffer.hpp"

#include <random>
#include <string>

#include <gtest/gtest.h>

namespace mini_redis::protocol {
namespace {

TEST(Buffer, OwnsNothingUntilItIsWritten)
{
    const Buffer buffer;
    EXPECT_TRUE(buffer.empty());
    EXPECT_EQ(buffer.capacity(), 0U);
    EXPECT_EQ(buffer.view(), "");
}

TEST(Buffer, IsWrittenAtTheEndAndConsumedAtTheFront)
{
    Buffer buffer;
    buffer.append("hello ");
    buffer.append("");
    std::memcpy(buffer.room(5), "world", 5);
    buffer.grew(5);
    EXPECT_EQ(buffer.view(), "hello world");
    buffer.consume(6);
    EXPECT_EQ(buffer.view(), "world");
    buffer.truncate(2);
    EXPECT_EQ(buffer.view(), "wo");
}

TEST(Buffer, BeginsAnewWhenAllIsConsumed)
{
    Buffer buffer;
    buffer.append("hello");
    const char* const front = buffer.data();
    buffer.consume(5);
    buffer.append("x");
    EXPECT_EQ(buffer.data(), front);
}

TEST(Buffer, KeepsItsMemoryUntilReleased)
{
    Buffer buffer;
    buffer.append(std::string(10000, 'x'));
    const auto capacity = buffer.capacity();
    buffer.clear();
    EXPECT_EQ(buffer.capacity(), capacity);
    buffer.release();
    EXPECT_EQ(buffer.capacity(), 0U);
    buffer.append("again");
    EXPECT_EQ(buffer.view(), "again");
}

TEST(Buffer, ReusesWhatWasConsumedInsteadOfGrowing)
{
    Buffer buffer;
    buffer.append(std::string(1000, 'a'));
    const auto capacity = buffer.capacity();
    for (int i = 0; i < 1000; ++i) {
        buffer.append(std::string(100, 'b'));
        buffer.consume(100);
    }
    EXPECT_EQ(buffer.size(), 1000U);
    EXPECT_LE(buffer.capacity(), 4 * capacity);
}

TEST(Buffer, MovesItsContent)
{
    Buffer a;
    a.append("content");
    Buffer b = std::move(a);
    EXPECT_EQ(b.view(), "content");
    Buffer c;
    c.append("old");
    c = std::move(b);
    EXPECT_EQ(c.view(), "content");
    Buffer d;
    d.swap(c);
    EXPECT_EQ(d.view(), "content");
    EXPECT_TRUE(c.empty());
}

TEST(Buffer, RefusesWhatCannotBe)
{
    Buffer buffer;
    buffer.append("kept");
    EXPECT_THROW(buffer.room(static_cast<std::size_t>(-1)), std::bad_alloc);
    EXPECT_EQ(buffer.view(), "kept");
}

TEST(Buffer, EqualsAStringAfterAnySequenceOfWritesAndReads)
{
    std::mt19937 random(1);
    Buffer buffer;
    std::string model;
    for (int i = 0; i < 20000; ++i) {
        const std::size_t size = random() % (i % 100 == 0 ? 5000 : 50);
        if (random() % 2 == 0) {
            const std::string bytes(size, static_cast<char>('a' + i % 26));
            buffer.append(bytes);
            model += bytes;
        } else {
            const auto taken = std::min(size, model.size());
            buffer.consume(taken);
            model.erase(0, taken);
        }
        ASSERT_EQ(buffer.view(), model);
    }
}

}  // namespace
}  // namespace mini_redis::protocol
