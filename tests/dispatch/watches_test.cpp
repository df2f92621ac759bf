// Who is told of a change: those who watch the key, in its database, as long as they do.
#include "server/dispatch/watches.hpp"

#include <gtest/gtest.h>

namespace mini_redis::dispatch {
namespace {

using keyspace::Event;

class Watched : public testing::Test {
protected:
    bool touched_by(Event event, unsigned database, std::string_view key)
    {
        watcher.touched = false;
        effects.report({event, database, key});
        return watcher.touched;
    }

    keyspace::Effects effects;
    Watches watches{effects};
    Watcher watcher;
};

TEST_F(Watched, AChangeTouchesItsKeyAlone)
{
    watches.watch(watcher, 0, "k", true);
    EXPECT_TRUE(touched_by(Event::set, 0, "k"));
    EXPECT_TRUE(touched_by(Event::expired, 0, "k"));
    EXPECT_FALSE(touched_by(Event::set, 0, "other"));
    EXPECT_FALSE(touched_by(Event::set, 1, "k"));
    EXPECT_FALSE(touched_by(Event::missed, 0, "k"));
    EXPECT_FALSE(touched_by(Event::created, 0, "k"));
}

TEST_F(Watched, AClearedDatabaseTouchesWhatWasThere)
{
    watches.watch(watcher, 1, "nothing", false);
    EXPECT_FALSE(touched_by(Event::flushdb, 1, {}));
    watches.watch(watcher, 1, "k", true);
    EXPECT_TRUE(touched_by(Event::flushdb, 1, {}));
    EXPECT_FALSE(touched_by(Event::flushdb, 0, {}));
    EXPECT_TRUE(touched_by(Event::flushall, 0, {}));
    EXPECT_TRUE(touched_by(Event::swapdb, 1, {}));
}

TEST_F(Watched, OneThatHasForgottenIsNotTouched)
{
    Watcher other;
    for (Watcher* each : {&watcher, &other}) watches.watch(*each, 0, "k", true);
    watches.watch(watcher, 0, "k", true);
    EXPECT_EQ(watcher.keys.size(), 1U);
    EXPECT_TRUE(touched_by(Event::set, 0, "k"));
    watches.forget(watcher);
    EXPECT_FALSE(watcher.touched);
    EXPECT_TRUE(watcher.keys.empty());
    EXPECT_FALSE(touched_by(Event::set, 0, "k"));
    EXPECT_TRUE(other.touched);
    watches.forget(other);
}

}  // namespace
}  // namespace mini_redis::dispatch
