// Bytes are filled in at the end of a buffer and consumed at its front. What if its end is reached?
#include <algorithm>
#include <cstddef>
#include <stdexcept>

#include <gtest/gtest.h>

namespace {

// Without the bytes themselves: only where they would lie, and how many were copied.
struct Bytes {
    std::size_t capacity = 1024;
    std::size_t begin = 0;
    std::size_t end = 0;
    std::size_t copied = 0;

    std::size_t size() const { return end - begin; }
    void move_to_front()
    {
        copied += size();
        end = size();
        begin = 0;
    }
    void resize(std::size_t wanted)
    {
        move_to_front();
        capacity = wanted;
    }
};

// Yours:
void make_room(Bytes& bytes)
{
    if (bytes.begin > 0) return bytes.move_to_front();
    bytes.resize(bytes.capacity + 1024);
}

// The test:
void receive(Bytes& bytes, std::size_t count)
{
    while (count > 0) {
        if (bytes.end == bytes.capacity) make_room(bytes);
        if (bytes.end >= bytes.capacity) throw std::length_error("there is no room yet");
        const std::size_t read = std::min(count, bytes.capacity - bytes.end);
        bytes.end += read;
        count -= read;
    }
}

TEST(HalfGained, ALargeRequestIsCopiedOnce)
{
    constexpr std::size_t request = 1024 * 1024;
    Bytes bytes;
    receive(bytes, request);
    EXPECT_LE(bytes.copied, request) << "each byte moves " << bytes.copied / request << " times";
}

TEST(HalfGained, AClientThatIsAlwaysAStepAheadNeedsNoMoreRoom)
{
    constexpr std::size_t unconsumed = 1000;
    constexpr std::size_t piece = 10;
    Bytes bytes;
    receive(bytes, unconsumed);
    std::size_t received = unconsumed;
    for (; received < 1024 * 1024; received += piece) {
        receive(bytes, piece);
        bytes.begin += piece;
    }
    EXPECT_LE(bytes.copied, received) << "each byte moves " << bytes.copied / received << " times";
    EXPECT_LE(bytes.capacity, 4 * unconsumed);
}

}  // namespace
