// Eviction: each policy takes the keys it names, the best of them first, as far as sampling can
// tell.
#include "server/keyspace/eviction.hpp"

#include "tests/keyspace/world.hpp"

#include <gtest/gtest.h>

namespace mini_redis::tests {
namespace {

using keyspace::Event;
using keyspace::EvictionPolicy;
using keyspace::Evictor;
using keyspace::Key;
using keyspace::Ttl;

constexpr int key_count = 2000;

class Eviction : public testing::Test {
protected:
    void use(EvictionPolicy policy, std::uint32_t samples = 5)
    {
        world.keyspace.eviction.policy = policy;
        world.keyspace.eviction.samples = samples;
    }
    void set(int i) { world.view().set(Key(std::to_string(i)), "1", Ttl::drop, Event::set); }
    void expire(int i, keyspace::Milliseconds in)
    {
        world.view().expire_at(Key(std::to_string(i)), world.now + in);
    }
    bool there(int i) { return world.view().peek(Key(std::to_string(i))) != nullptr; }
    int evict(int count)
    {
        int evicted = 0;
        while (evicted < count && evictor.evict_one(world.now)) ++evicted;
        return evicted;
    }
    // How many of the keys from `first` to before `last` are gone.
    int gone(int first, int last)
    {
        int count = 0;
        for (int i = first; i < last; ++i) count += there(i) ? 0 : 1;
        return count;
    }

    World world;
    Evictor evictor{world.keyspace, world.local};
};

TEST_F(Eviction, NeverHappensUnlessAllowed)
{
    set(1);
    EXPECT_EQ(evict(1), 0);
    use(EvictionPolicy::allkeys_lru);
    EXPECT_EQ(evict(2), 1);
    EXPECT_FALSE(there(1));
    EXPECT_EQ(world.local.evicted.get(), 1U);
    EXPECT_EQ(world.take_events().back(), "evicted 0 1");
}

TEST_F(Eviction, FindsTheOnlyKeyInTheLastDatabase)
{
    for (const auto policy : {EvictionPolicy::allkeys_lru, EvictionPolicy::allkeys_random,
                              EvictionPolicy::allkeys_lfu}) {
        use(policy);
        world.view(2).set(Key("a"), "1", Ttl::drop, Event::set);
        EXPECT_EQ(evict(2), 1);
        EXPECT_EQ(world.view(2).size(), 0U);
    }
}

TEST_F(Eviction, ByLeastRecentUseTakesOldKeysFirst)
{
    use(EvictionPolicy::allkeys_lru, 10);
    for (int i = 0; i < key_count; ++i) {
        set(i);
        world.now += 1000;
    }
    for (int i = 0; i < key_count / 2; i += 2) world.view().read(Key(std::to_string(i)));
    EXPECT_EQ(evict(key_count / 20), key_count / 20);
    int old = 0;
    for (int i = 1; i < key_count / 2; i += 2) old += there(i) ? 0 : 1;
    EXPECT_GT(old, key_count / 20 * 9 / 10);
}

TEST_F(Eviction, ByLeastFrequentUseTakesRarelyUsedKeysFirst)
{
    use(EvictionPolicy::allkeys_lfu, 10);
    for (int i = 0; i < key_count; ++i) set(i);
    for (int i = key_count / 2; i < key_count; ++i)
        for (int use = 0; use < 100; ++use) world.view().read(Key(std::to_string(i)));
    EXPECT_EQ(evict(key_count / 4), key_count / 4);
    EXPECT_GT(gone(0, key_count / 2), key_count / 4 * 95 / 100);
}

TEST_F(Eviction, ByTimeToLiveTakesThoseThatEndSoonestFirst)
{
    use(EvictionPolicy::volatile_ttl);
    for (int i = 0; i < key_count; ++i) {
        set(i);
        expire(i, 1'000'000 + i);
    }
    EXPECT_EQ(evict(key_count / 4), key_count / 4);
    EXPECT_GT(gone(0, key_count / 2), key_count / 4 * 95 / 100);
}

TEST_F(Eviction, OfVolatileKeysLeavesAllOthers)
{
    for (const auto policy : {EvictionPolicy::volatile_lru, EvictionPolicy::volatile_lfu,
                              EvictionPolicy::volatile_random, EvictionPolicy::volatile_ttl}) {
        use(policy);
        for (int i = 0; i < 300; ++i) {
            set(i);
            if (i % 3 == 0) expire(i, 1000);
        }
        EXPECT_EQ(evict(300), 100);
        for (int i = 0; i < 300; ++i) EXPECT_EQ(there(i), i % 3 != 0) << i;
    }
}

TEST_F(Eviction, OfVolatileKeysSparesThoseThatLostTheirExpiry)
{
    use(EvictionPolicy::volatile_lru);
    for (int i = 0; i < 20; ++i) {
        set(i);
        expire(i, 1000);
    }
    EXPECT_EQ(evict(1), 1);  // the others are candidates now
    for (int i = 0; i < 20; ++i) world.view().persist(Key(std::to_string(i)));
    EXPECT_EQ(evict(1), 0);
}

TEST_F(Eviction, ByChanceTakesAnyKey)
{
    use(EvictionPolicy::allkeys_random);
    for (int i = 0; i < key_count; ++i) set(i);
    EXPECT_EQ(evict(key_count / 2), key_count / 2);
    EXPECT_NEAR(gone(0, key_count / 2), key_count / 4, key_count / 16);
    EXPECT_EQ(evict(key_count), key_count / 2);
}

}  // namespace
}  // namespace mini_redis::tests
