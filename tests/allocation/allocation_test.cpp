// Memory that runs out, at each allocation of a session: its client gets what it is owed, or a
// prefix of that and the end. Its neighbour and who comes later notice nothing.
//
// What Asio makes of it is part of that. A coroutine's frame that cannot be made throws where the
// coroutine is called. Where an operation begins, its coroutine is suspended already, and what is
// thrown goes out of the loop; so does what dispatch() runs. Waiter and Child keep theirs from
// that. What would still end the program: Asio's own wait for a descriptor or a timer, and a
// wake-up, which is posted, from destructors, too. For a post Asio keeps the memory of a thread's
// last handlers: none of the failures here has reached one.
#include "tests/allocation/failing_new.hpp"
#include "tests/cancellation/sessions.hpp"

#include <cstdio>
#include <exception>
#include <memory>

namespace mini_redis::tests {
namespace {

// One more client of the same worker.
class Other {
public:
    Other(Stepped& stepped, net::Worker& worker)
    {
        auto made = std::make_unique<FakeTransport>(stepped.executor(), FakeTransport::Quality{});
        peer_ = made.get();
        peer_->take(1'000'000);
        connection_ = worker.welcome(std::move(made));
        stepped.tasks.spawn("session", connection_->run(connection_));
        stepped.settle();
    }

    void ask()
    {
        const std::string word = std::to_string(++asked_);
        peer_->send(request({"ECHO", word}));
        expected_ += "$" + std::to_string(word.size()) + "\r\n" + word + "\r\n";
    }
    bool closed() const { return peer_->end_announced(); }
    std::string judge() const
    {
        if (closed()) return expected_.starts_with(peer_->received()) ? "" : "wrong bytes";
        return unequal(peer_->received(), expected_);
    }
    bool forgotten() const { return connection_.use_count() == 1; }

private:
    FakeTransport* peer_;
    std::shared_ptr<net::Connection> connection_;
    std::string expected_;
    std::size_t asked_ = 0;
};

template <class World>
class Run {
public:
    // Of the world's allocations the one of this number fails; 0: none. Returns what is wrong.
    std::string with_failure(std::size_t number, const std::string* reference)
    {
        Allocations::fail_at(number);
        stepped_.thread().post([this] { begin(); });
        try {
            for (std::size_t event = 0; event < World::events; ++event) {
                world_.event(event);
                neighbour_.ask();
                for (int i = 0; i < 3; ++i) step();
            }
            while (step()) {
            }
        } catch (const std::exception& fault) {
            return std::string("a handler throws: ") + fault.what();
        }
        allocations = Allocations::count();
        world_.worker->look_around();
        stepped_.settle();
        received = world_.peer->received();
        if (std::string wrong = judge(reference); !wrong.empty()) return wrong;
        return leave();
    }

    std::size_t allocations = 0;
    std::string received;

private:
    // As a worker begins one: on its thread, and a client that it lacks the memory for has to go.
    void begin()
    {
        try {
            stepped_.tasks.spawn("session", world_.session());
            begun_ = true;
        } catch (const std::bad_alloc&) {
            world_.worker->leave(*world_.connection);
        }
    }

    bool step()
    {
        const Allocations counted;
        return stepped_.step();
    }

    std::string judge(const std::string* reference)
    {
        if (reference && begun_ && !world_.peer->end_announced() && received != *reference)
            return "it is owed something";
        if (reference && !reference->starts_with(received))
            return "what it received is none of the replies";
        if (std::string wrong = neighbour_.judge(); !wrong.empty()) return "neighbour: " + wrong;
        Other later(stepped_, *world_.worker);
        later.ask();
        stepped_.settle();
        neighbour_.ask();
        stepped_.settle();
        if (later.closed()) return "who comes later is turned away";
        if (std::string wrong = later.judge(); !wrong.empty()) return "later: " + wrong;
        if (std::string wrong = neighbour_.judge(); !wrong.empty()) return "neighbour: " + wrong;
        return {};
    }

    // All that are there can be closed, and then nothing is left.
    std::string leave()
    {
        world_.worker->shut_down(runtime::Phase::hard);
        for (int i = 0; i < 3; ++i) stepped_.advance(std::chrono::milliseconds(10));
        if (stepped_.tasks.size() != 0) return "a session does not end";
        if (world_.worker->tasks().size() != 0) return "a writer does not end";
        if (!world_.worker->idle() || world_.worker->load() != 0) return "a connection is left";
        if (world_.services.clients.count() != 0) return "a client is left";
        const auto& theirs = world_.connection->session().subscriptions;
        if (theirs && !theirs->empty()) return "it is still subscribed";
        if (world_.connection.use_count() != 1 || !neighbour_.forgotten())
            return "somebody holds a connection";
        return stepped_.faults.empty() ? "" : "a fault of " + stepped_.faults;
    }

    bool begun_ = false;
    Stepped stepped_;
    World world_{stepped_};
    Other neighbour_{stepped_, *world_.worker};
};

template <class World>
std::string outcome(std::size_t number, const std::string& reference)
{
    auto run = std::make_unique<Run<World>>();
    std::string wrong = run->with_failure(number, &reference);
    if (!wrong.empty()) static_cast<void>(run.release());  // it may be past taking apart
    return wrong;
}

template <class World>
class AllocationFailure : public testing::Test {};
using Worlds = testing::Types<Deserting, Listening, Quitting, Paused, Waiting, Ahead,
                              Pipeline<1000, 1000>, Vanishing, Subscription<1000, 1000>,
                              Pipeline<1, 1000>, Subscription<5, 40>, Staying, Pipeline<16, 3>>;
TYPED_TEST_SUITE(AllocationFailure, Worlds);

TYPED_TEST(AllocationFailure, IsAnEndInGoodOrderOrNothing)
{
    const QuietLog quiet;
    std::set_terminate([] {
        std::fprintf(stderr, "the failure of allocation %zu ends the program\n",
                     Allocations::failing());
        std::abort();
    });
    Run<TypeParam> undisturbed;
    ASSERT_EQ(undisturbed.with_failure(0, nullptr), "");
    std::size_t failed = 0;
    for (std::size_t number = 1; number <= undisturbed.allocations; ++number) {
        const std::string wrong = outcome<TypeParam>(number, undisturbed.received);
        if (!wrong.empty() && ++failed < 4)
            ADD_FAILURE() << "allocation " << number << ": " << wrong;
    }
    std::printf("[allocations] %zu, of which %zu failed\n", undisturbed.allocations, failed);
    EXPECT_EQ(failed, 0U);
    EXPECT_GT(undisturbed.allocations, 10U);
}

// One who waits, and one who pushes and runs out of memory at any allocation.
class Pushed : public ServedClient {
public:
    explicit Pushed(Stepped& stepped) : ServedClient(stepped, {}), stepped_(stepped)
    {
        peer->take(1000);
        stepped.tasks.spawn("session", connection->run(connection));
        peer->send(blpop);
        stepped.settle();
    }

    // What is wrong afterwards.
    std::string push(std::size_t failing)
    {
        const bool refused = !Allocations::survives(failing, [this] { pusher_.push("a"); });
        const bool left = pusher_.ask({"LLEN", "l"}) == ":1\r\n";  // and serves who was not yet
        worker->look_around();
        stepped_.settle();
        const bool came = peer->received() == element_a;
        if (!came && !peer->received().empty()) return "received: " + peer->received();
        if (came && left) return "it came, and is still there";
        if (!came && !left && !refused) return "the element is lost";
        if (left && services.waits.any()) return "it is there, and who waits is not told";
        return {};
    }

    void leave()
    {
        worker->shut_down(runtime::Phase::hard);
        for (int i = 0; i < 3; ++i) stepped_.advance(std::chrono::milliseconds(10));
    }

private:
    Stepped& stepped_;
    Pusher pusher_{*this};
};

TEST(AllocationFailureOfAPush, LosesNoElement)
{
    const QuietLog quiet;
    std::size_t allocations = 1;
    for (std::size_t number = 0; number <= allocations; ++number) {
        Stepped stepped;
        Pushed world(stepped);
        EXPECT_EQ(world.push(number), "") << "allocation " << number;
        if (number == 0) allocations = Allocations::count();
        world.leave();
    }
    std::printf("[allocations] %zu\n", allocations);
    EXPECT_GT(allocations, 3U);
}

}  // namespace
}  // namespace mini_redis::tests
