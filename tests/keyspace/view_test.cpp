// One database as commands see it, against a model: values, encodings, expiries, and what is said
// of the changes.
#include "server/keyspace/access_clock.hpp"
#include "tests/keyspace/world.hpp"

#include <map>
#include <optional>
#include <random>

#include <gtest/gtest.h>

namespace mini_redis::tests {
namespace {

using keyspace::Encoding;
using keyspace::Entry;
using keyspace::Event;
using keyspace::Key;
using keyspace::Milliseconds;
using keyspace::Ttl;
using keyspace::View;
using testing::Test;

struct Expected {
    std::string text;
    Milliseconds expiry = keyspace::no_expiry;
};

// Two databases with what ought to be in them.
class Checked {
public:
    explicit Checked(std::uint64_t seed) : chance_(seed)
    {
        for (const std::size_t size : {0U, 1U, 16U, 65534U, 65535U, 70000U})
            names_.emplace_back(size, 'k');
        while (names_.size() < 40) names_.push_back("key " + std::to_string(names_.size()));
    }

    void step()
    {
        world_.now += static_cast<Milliseconds>(roll(3));
        database_ = static_cast<unsigned>(roll(2));
        std::erase_if(model(), [&](const auto& item) { return is_past(item.second.expiry); });
        act();
        compare();
    }

    // Every key in every database, at the end.
    void check()
    {
        for (database_ = 0; database_ < 2; ++database_)
            for (name_ = 0; name_ < names_.size(); ++name_) compare();
    }

private:
    std::uint64_t roll(std::uint64_t sides) { return chance_() % sides; }
    bool is_past(Milliseconds at) const { return at != keyspace::no_expiry && at < world_.now; }
    std::map<std::string, Expected>& model() { return models_[database_]; }
    View view() { return world_.view(database_); }
    const std::string& name() const { return names_[name_]; }

    std::string any_text()
    {
        if (roll(3) == 0) return std::to_string(static_cast<std::int64_t>(chance_()) >> roll(64));
        const std::uint64_t size = roll(2) == 0 ? roll(60) : roll(10'001);
        return std::string(size, static_cast<char>('a' + roll(26)));
    }

    void act()
    {
        name_ = roll(names_.size());
        const Key key(name());
        const auto known = model().find(name());
        const bool there = known != model().end();
        switch (roll(10)) {
            case 0:
            case 1:
                return set(key, roll(2) == 0 ? Ttl::keep : Ttl::drop);
            case 2:
                return edit(key);
            case 9:
                return resize(key);
            case 3:
                EXPECT_EQ(view().remove(key), there);
                model().erase(name());
                return;
            case 4:
            case 5:
                return there ? expire(key, known->second) : void();
            case 6:
                EXPECT_EQ(view().persist(key), there && known->second.expiry != -1);
                if (there) known->second.expiry = -1;
                return;
            case 7:
                return there ? copy(key, known->second) : void();
            default:
                return there ? move(key, known->second) : void();
        }
    }

    void set(const Key& key, Ttl ttl)
    {
        const std::string text = any_text();
        view().set(key, text, ttl, Event::set);
        Expected& expected = model()[name()];
        expected.text = text;
        if (ttl == Ttl::drop) expected.expiry = keyspace::no_expiry;
    }

    // Writes two bytes somewhere, as SETRANGE would.
    void edit(const Key& key)
    {
        const std::size_t at = roll(roll(2) == 0 ? 50 : 9000);
        const std::span<char> bytes = view().edit(key, at + 2);
        Expected& expected = model()[name()];
        if (expected.text.size() < at + 2) expected.text.resize(at + 2, '\0');
        ASSERT_EQ(bytes.size(), expected.text.size());
        bytes[at] = expected.text[at] = '!';
        bytes[at + 1] = expected.text[at + 1] = '?';
    }

    void resize(const Key& key)
    {
        const std::size_t size = roll(roll(2) == 0 ? 50 : 9000);
        const std::span<char> bytes = view().resize(key, size);
        model()[name()].text.resize(size, '\0');
        ASSERT_EQ(bytes.size(), size);
    }

    void expire(const Key& key, Expected& expected)
    {
        const Milliseconds at = world_.now + static_cast<Milliseconds>(roll(100)) - 3;
        view().expire_at(key, at);
        expected.expiry = at;
        if (at <= world_.now) model().erase(name());
    }

    void copy(const Key& key, const Expected& expected)
    {
        const std::string& to = names_[roll(names_.size())];
        const auto database = static_cast<unsigned>(roll(2));
        if (to == name() && database == database_) return;
        world_.view(database).put_copy(Key(to), *view().find(key));
        models_[database][to] = expected;
    }

    void move(const Key& key, const Expected& known)
    {
        const Expected expected = known;
        const std::string& to = names_[roll(names_.size())];
        const auto database = static_cast<unsigned>(roll(2));
        View there = world_.view(database);
        view().move(key, there, Key(to));
        model().erase(name());
        models_[database][to] = expected;
    }

    void compare()
    {
        const auto known = model().find(name());
        const Entry* entry = view().find(Key(name()));
        ASSERT_EQ(entry != nullptr, known != model().end() && !is_past(known->second.expiry));
        if (!entry) return;
        EXPECT_EQ(entry->key(), name());
        EXPECT_EQ(text_of(*entry), known->second.text);
        EXPECT_EQ(entry->expiry(), known->second.expiry);
    }

    std::mt19937_64 chance_;
    World world_;
    std::vector<std::string> names_;
    std::map<std::string, Expected> models_[2];
    unsigned database_ = 0;
    std::size_t name_ = 0;
};

TEST(View, HoldsWhatItShould)
{
    for (std::uint64_t seed = 1; seed <= 20; ++seed) {
        Checked it(seed);
        for (int step = 0; step < 3000 && !Test::HasFatalFailure(); ++step) it.step();
        it.check();
    }
}

TEST(View, ChoosesTheEncodingThatRedisChooses)
{
    World world;
    const auto encoding_of = [&](const std::string& text) {
        world.view().set(Key("a"), text, Ttl::drop, Event::set);
        EXPECT_EQ(text_of(*world.view().find(Key("a"))), text);
        return world.view().find(Key("a"))->encoding();
    };
    for (const char* text : {"0", "-1", "9223372036854775807", "-9223372036854775808"})
        EXPECT_EQ(encoding_of(text), Encoding::integer) << text;
    for (const char* text : {"", "-", "01", "+1", "-0", " 1", "1.0", "9223372036854775808"})
        EXPECT_EQ(encoding_of(text), Encoding::embedded) << text;
    EXPECT_EQ(encoding_of(std::string(44, 'x')), Encoding::embedded);
    EXPECT_EQ(encoding_of(std::string(45, 'x')), Encoding::raw);
    EXPECT_EQ(encoding_of(std::string(4096, 'x')), Encoding::raw);
    EXPECT_EQ(encoding_of(std::string(4097, 'x')), Encoding::large);
}

TEST(View, SaysWhatHappened)
{
    World world;
    View view = world.view();
    const Key a("a");
    view.set(a, "1", Ttl::drop, Event::set);
    view.expire_at(a, world.now + 1000);
    view.persist(a);
    view.persist(a);
    view.put_copy(Key("b"), *view.find(a));
    view.report(Event::copy_to, Key("b"));
    view.move(a, view, Key("c"));
    view.report(Event::rename_from, a);
    view.tell(Event::rename_to, Key("c"));
    view.remove(a);
    view.expire_at(Key("b"), world.now);
    view.expire_at(Key("c"), world.now + 1);
    world.now += 1;
    EXPECT_TRUE(world.view().find(Key("c")));  // it lives through its last millisecond
    world.now += 1;
    EXPECT_FALSE(world.view().find(Key("c")));
    EXPECT_EQ(world.take_events(),
              (std::vector<std::string>{"new 0 a", "set 0 a", "expire 0 a", "persist 0 a",
                                        "new 0 b", "copy_to 0 b", "new 0 c", "rename_from 0 a",
                                        "rename_to 0 c", "del 0 b", "expire 0 c", "expired 0 c"}));
    EXPECT_EQ(world.local.changes.get(), 7U);  // renaming is one, expiring none
    EXPECT_EQ(world.local.expired.get(), 1U);
}

TEST(View, CountsLooksByTheirIntention)
{
    World world;
    world.view().set(Key("a"), "1", Ttl::drop, Event::set);
    const auto seconds_idle = [&] {
        return keyspace::lru_idle(world.view().peek(Key("a"))->clock(), world.now) / 1000;
    };
    const auto hits_and_misses = [&] {
        return std::pair(world.local.hits.get(), world.local.misses.get());
    };
    using Pair = std::pair<std::uint64_t, std::uint64_t>;
    world.now += 5000;
    world.view().inspect(Key("a"));
    world.view().inspect(Key("b"));
    EXPECT_EQ(seconds_idle(), 5);
    EXPECT_EQ(hits_and_misses(), (Pair{1, 1}));
    world.view().find(Key("a"));
    world.view().find(Key("b"));
    EXPECT_EQ(seconds_idle(), 0);
    EXPECT_EQ(hits_and_misses(), (Pair{1, 1}));
    world.now += 5000;
    world.view().read(Key("a"));
    world.view().read(Key("b"));
    EXPECT_EQ(seconds_idle(), 0);
    EXPECT_EQ(hits_and_misses(), (Pair{2, 2}));
}

TEST(View, HandsAClearedDatabaseBack)
{
    World world;
    EXPECT_EQ(world.view().clear(), nullptr);
    for (int i = 0; i < 100; ++i)
        world.view(1).set(Key(std::to_string(i)), std::string(5000, 'x'), Ttl::drop, Event::set);
    world.take_events();
    EXPECT_EQ(world.view(0).clear(), nullptr);
    const std::unique_ptr<keyspace::Database> cleared = world.view(1).clear();
    EXPECT_EQ(world.view(1).size(), 0U);
    std::size_t keys = 0;
    for (const keyspace::Table& table : cleared->tables) keys += table.size();
    EXPECT_EQ(keys, 100U);
    EXPECT_EQ(world.take_events(), std::vector<std::string>()) << "the command tells of it";
}

TEST(View, SwapsDatabases)
{
    World world;
    world.view(0).set(Key("a"), "1", Ttl::drop, Event::set);
    world.view(0).swap_with(2);
    EXPECT_FALSE(world.view(0).find(Key("a")));
    EXPECT_TRUE(world.view(2).find(Key("a")));
    world.view(2).swap_with(2);
    EXPECT_TRUE(world.view(2).find(Key("a")));
}

}  // namespace
}  // namespace mini_redis::tests
