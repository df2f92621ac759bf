// A client that runs out of memory, at every allocation: who asked gets the right answer, or an
// error, or std::bad_alloc; whoever asks later gets the own answer or an error that says why; and
// nobody waits for ever.
//
// For every n, until there are no more than n allocations, the n-th fails.
#include "client/blocking_client.hpp"
#include "tests/client_allocation/short_of_memory.hpp"

#include <cstdio>
#include <cstdlib>

namespace mini_redis::tests {
namespace {

using namespace std::chrono_literals;
using asio::cancellation_type;
using client::Item;
using client::Listener;
using client::Pipeline;
using client::Subscriber;
using client::Transaction;

// Returns how many allocations there are: `run(n)` returns whether the n-th failed.
template <class Run>
std::size_t every_allocation(const char* name, const Run& run)
{
    std::size_t useful = 0;
    for (std::size_t n = 0;; ++n) {
        const bool failed = run(n, useful);
        if (testing::Test::HasFailure()) {
            ADD_FAILURE() << name << ", allocation " << n;
            return n;
        }
        if (failed) continue;
        std::printf("[  memory  ] %s: %zu allocations, after %zu the client went on\n", name, n,
                    useful);
        return n;
    }
}

// `act` in a world of its own, in which the n-th allocation fails.
template <class Act>
void out_of_memory(const char* name, const Manner& manner, const Options& options, bool warm,
                   const Act& act)
{
    const std::size_t count = every_allocation(name, [&](std::size_t n, std::size_t& useful) {
        ShortOfMemory world(manner, options);
        if (warm) {
            world.get("w", By::handler);
            world.settle_and_wait();
        }
        {
            const Armed armed(n);
            act(world);
        }
        const bool failed = Failing::failed != 0;
        world.judge();
        if (failed && world.useful) ++useful;
        return failed;
    });
    EXPECT_GT(count, 0U);
}

struct Case {
    const char* name;
    Manner manner;
    By by = By::handler;
    bool idempotent = false;
    bool warm = false;
    std::size_t queue_bytes_max = 16 << 20;

    friend std::ostream& operator<<(std::ostream& out, const Case& is) { return out << is.name; }
};

const Case cases[] = {
    {"at once", {}},
    {"at once by coroutines", {}, By::coroutine},
    {"at once, warm", {}, By::handler, false, true},
    {"in pieces", {.read_max = 3, .write_max = 5, .refusals = 1}, By::handler, true},
    {"in pieces by coroutines", {.read_max = 3, .write_max = 5, .refusals = 1}, By::coroutine},
    {"in pieces, warm", {.read_max = 3, .write_max = 5, .refusals = 1}, By::handler, false, true},
    {"in line", {.write_max = 5, .refusals = 1}, By::coroutine, false, true, 20},
    {"in line, to be sent again", {.write_max = 5, .refusals = 1}, By::handler, true, true, 20},
};

class OutOfMemory : public testing::TestWithParam<Case> {
protected:
    // To cancel a coroutine takes memory of Asio's; to cancel an operation takes none.
    static void cancel(Caller<std::optional<std::string>>& caller, By by)
    {
        try {
            caller.asked.signal.emit(cancellation_type::terminal);
        } catch (const std::bad_alloc&) {
            EXPECT_EQ(by, By::coroutine);
        }
    }
    template <class Then>
    void three_requests(const Then& then)
    {
        const Case& is = GetParam();
        Options options;
        options.queue_bytes_max = is.queue_bytes_max;
        out_of_memory(is.name, is.manner, options, is.warm, [&](ShortOfMemory& world) {
            for (const char* key : {"x", "a", "y"}) world.get(key, is.by, is.idempotent);
            then(world);
            world.settle_and_wait(2);
        });
    }
};

TEST_P(OutOfMemory, TellsWhoeverAsks)
{
    three_requests([](ShortOfMemory&) {});
}

TEST_P(OutOfMemory, TellsWhoeverIsCancelled)
{
    for (const int steps : {0, 4, 12})
        three_requests([steps](ShortOfMemory& world) {
            world.steps(steps);
            for (auto& caller : world.texts)
                if (caller.asks == "a") cancel(caller, GetParam().by);
        });
}

TEST_P(OutOfMemory, TellsWhoeverIsLate)
{
    three_requests([](ShortOfMemory& world) {
        world.network.server.silent = true;
        world.settle();
        world.network.advance(61s);
        world.settle();
        world.network.server.silent = false;
        world.network.hang_up();
    });
}

TEST_P(OutOfMemory, TellsWhoeverIsCutOff)
{
    for (const int tries : {1, 3, 4, 6})
        three_requests([tries](ShortOfMemory& world) {
            world.network.manner.fails_at = world.network.tries + tries;
            world.settle_and_wait(1);
        });
}

TEST_P(OutOfMemory, TellsWhoeverWaitsWhenTheClientIsDestroyed)
{
    for (const int steps : {3, 8, 20})
        three_requests([steps](ShortOfMemory& world) {
            world.steps(steps);
            world.client.reset();
        });
}

INSTANTIATE_TEST_SUITE_P(Cases, OutOfMemory, testing::ValuesIn(cases));

TEST(OutOfMemory, LeavesNoHalfOfAPipelineOrATransaction)
{
    const std::string much(300, 'k');
    std::deque<Caller<client::Replies>> piped;
    std::deque<Caller<client::Outcome>> done;
    out_of_memory("pipeline and transaction", {}, {}, true, [&](ShortOfMemory& world) {
        piped.clear();
        done.clear();
        Pipeline pipeline;
        std::optional<Transaction> transaction;
        const auto try_to = [](const auto& act) {
            try {
                act();
            } catch (const std::bad_alloc&) {
            }
        };
        try_to([&] { transaction.emplace(); });
        for (int i = 0; i < 3; ++i) {
            try_to([&] { pipeline.get(much); });
            if (transaction) try_to([&] { transaction->get(much); });
        }
        for (int i = 0; i < 2; ++i) {
            world.ask(piped, "pipeline", world.client->exec(pipeline), By::handler);
            if (!transaction) continue;
            try_to([&] {
                world.ask(done, "transaction", world.client->exec(*transaction), By::handler);
            });
        }
        world.get("a", By::handler);
        world.settle_and_wait(2);
        const Spared ours;
        for (const auto& caller : piped) EXPECT_TRUE(caller.told()) << caller.asks;
        for (const auto& caller : done) EXPECT_TRUE(caller.told()) << caller.asks;
    });
}

// Subscribes, hears, is cut off, hears again.
void hear(ShortOfMemory& world, Subscriber& subscriber, std::deque<Caller<void>>& confirmed,
          std::deque<Caller<Item>>& heard)
{
    const auto say = [&](const char* text) {
        const Spared ours;
        world.network.say(world.pubsub.message("a", text));
    };
    world.ask(confirmed, "subscribe", subscriber.subscribe("a", "b"), By::handler);
    world.settle_and_wait(1);
    world.ask(confirmed, "psubscribe", subscriber.psubscribe("p*"), By::coroutine);
    world.settle();
    world.ask(heard, "next", subscriber.next().timeout(10s), By::coroutine);
    say("1");
    say("a rather long text, for which a string has to allocate");
    world.settle();
    world.network.hang_up();
    world.settle_and_wait(2);
    for (int i = 0; i < 2; ++i)
        world.ask(heard, "next", subscriber.next().timeout(10s), By::handler);
    world.ask(confirmed, "unsubscribe", subscriber.unsubscribe("b"), By::handler);
    world.settle_and_wait(1);
}

TEST(OutOfMemory, TellsASubscriberAndIsNeverSilentAboutAGap)
{
    every_allocation("subscriber", [](std::size_t n, std::size_t& useful) {
        ShortOfMemory world({.read_max = 7, .write_max = 9, .refusals = 1});
        Subscriber subscriber(world.context, world.options(), spared(world.network));
        std::deque<Caller<void>> confirmed;
        std::deque<Caller<Item>> heard;
        {
            const Armed armed(n);
            hear(world, subscriber, confirmed, heard);
        }
        const bool failed = Failing::failed != 0;
        world.settle_and_wait();
        for (const auto& caller : confirmed) EXPECT_TRUE(caller.told()) << caller.asks;
        // What it takes from now on is in order, up to an end or an error.
        world.ask(confirmed, "later", subscriber.subscribe("later"), By::handler);
        world.settle_and_wait();
        EXPECT_TRUE(confirmed.back().told());
        world.network.say(world.pubsub.message("later", "end"));
        std::string all;
        for (const auto& caller : heard) {
            EXPECT_TRUE(caller.told()) << "next";
            if (caller.asked.ok()) all += in_short(**caller.asked.result) + ";";
        }
        bool ended = false;
        for (int i = 0; i < 10 && !ended; ++i) {
            std::deque<Caller<Item>> more;
            world.ask(more, "more", subscriber.next().timeout(1s), By::handler);
            world.settle_and_wait(1);
            EXPECT_TRUE(more.back().told());
            const auto& asked = more.back().asked;
            ended = !asked.ok() || (**asked.result).text == "end";
            if (asked.ok()) all += in_short(**asked.result) + ";";
            EXPECT_TRUE(asked.ok() || asked.error() != Errc::timed_out) << all;
            useful += asked.ok() && ended && failed;
        }
        EXPECT_TRUE(ended) << all;
        const auto first = all.find("a: 1;");
        const auto second = all.find("a: a rather long");
        EXPECT_TRUE(first == all.npos || second == all.npos || first < second) << all;
        if (!failed) {
            EXPECT_EQ(first, 0U) << all;
            EXPECT_NE(all.find("gap: connection lost"), all.npos) << all;
        }
        return failed;
    });
}

TEST(OutOfMemory, LeavesAListenerWholeRequests)
{
    every_allocation("listener", [](std::size_t n, std::size_t& useful) {
        ShortOfMemory world({.write_max = 9, .refusals = 1});
        Listener listener(world.context, world.options(), spared(world.network));
        std::deque<Caller<Listener::Said>> said;
        {
            const Armed armed(n);
            for (const char* const key : {"a", "b"}) {
                try {
                    listener.send("GET", key, std::string_view("some more, for a larger buffer"));
                } catch (const std::bad_alloc&) {
                }
                world.ask(said, key, listener.next(), By::handler);
                world.settle_and_wait(1);
            }
        }
        const bool failed = Failing::failed != 0;
        world.network.hang_up();
        world.settle_and_wait();
        for (const auto& caller : said) EXPECT_TRUE(caller.told());
        for (const auto& [words, count] : world.network.server.executed) {
            EXPECT_TRUE(words.starts_with("HELLO") || words.ends_with("buffer")) << words;
            EXPECT_EQ(count, words.starts_with("HELLO") ? count : 1) << words;
        }
        EXPECT_EQ(world.network.server.half_heard, 0);
        useful += failed && said.back().asked.ok();
        return failed;
    });
}

// Its calls either return or throw, and leave nothing behind that refers to them.
TEST(OutOfMemory, IsThrownOrReturnedByABlockingClient)
{
    every_allocation("blocking client", [](std::size_t n, std::size_t& useful) {
        FakeNetwork network;
        client::BlockingClient client(Options(), spared(network));
        try {
            const Armed armed(n);
            const auto a = client.get("a");
            EXPECT_TRUE(!a || *a == "aa");
        } catch (const std::bad_alloc&) {
        }
        const bool failed = Failing::failed != 0;
        try {
            const auto b = client.get("b");
            EXPECT_TRUE(b ? *b == "bb" : b.error().code == Errc::no_memory);
            useful += b && failed;
        } catch (const std::bad_alloc&) {  // of a task that failed before, told late
        }
        const auto c = client.get("c");
        EXPECT_TRUE(c ? *c == "cc" : c.error().code == Errc::no_memory);
        return failed;
    });
}

}  // namespace
}  // namespace mini_redis::tests

// NOLINTBEGIN: names that the linker gives (--wrap)
extern "C" void* __real_realloc(void*, std::size_t);
extern "C" void* __wrap_realloc(void* memory, std::size_t bytes)
{
    return mini_redis::tests::Failing::now() ? nullptr : __real_realloc(memory, bytes);
}
extern "C" void* __real_aligned_alloc(std::size_t, std::size_t);
extern "C" void* __wrap_aligned_alloc(std::size_t alignment, std::size_t bytes)
{
    return mini_redis::tests::Failing::now() ? nullptr : __real_aligned_alloc(alignment, bytes);
}
// NOLINTEND

void* operator new(std::size_t bytes)
{
    void* const memory = mini_redis::tests::Failing::now() ? nullptr : std::malloc(bytes);
    if (memory == nullptr) throw std::bad_alloc();
    return memory;
}
void operator delete(void* memory) noexcept
{
    std::free(memory);
}
void operator delete(void* memory, std::size_t) noexcept
{
    std::free(memory);
}
