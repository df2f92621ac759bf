// A task saves a letter, and whoever wrote it does not keep it. (A letter that has gone
// is not read: it says that it is gone.)
#include "tests/support/stepped.hpp"

#include <chrono>
#include <map>
#include <optional>
#include <string>
#include <utility>

#include <gtest/gtest.h>

namespace {

namespace runtime = mini_redis::runtime;
using runtime::awaitable;

struct Letter {
    explicit Letter(std::string text) { texts[this] = std::move(text); }
    Letter(const Letter& other) { texts[this] = text_of(other); }
    Letter& operator=(const Letter&) = delete;
    ~Letter() { texts.erase(this); }

    static std::string text_of(const Letter& letter)
    {
        const auto found = texts.find(&letter);
        return found == texts.end() ? "(gone)" : found->second;
    }
    static inline std::map<const Letter*, std::string> texts;  // of the letters that there are
};

struct World : mini_redis::tests::Stepped {
    std::string disk;
};

// Yours:
awaitable<void> save(World& world, const Letter& letter)
{
    co_await world.pause(std::chrono::seconds(1));
    world.disk = Letter::text_of(letter);
}

// The test:
TEST(GoneLetter, IsSavedByATask)
{
    World world;
    std::optional<Letter> letter("dear reader");
    world.tasks.spawn("save", save(world, *letter));
    letter.reset();
    world.settle();
    world.advance(std::chrono::seconds(1));
    EXPECT_EQ(world.disk, "dear reader") << "on the disk: " << world.disk;
}

}  // namespace
