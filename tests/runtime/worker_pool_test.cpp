// Calls that block: made elsewhere, waited for here, bounded in number.
#include "server/runtime/worker_pool.hpp"

#include "server/runtime/race.hpp"
#include "tests/support/stepped.hpp"

#include <atomic>
#include <future>
#include <memory>
#include <stdexcept>
#include <string>
#include <thread>

#include <gtest/gtest.h>

namespace mini_redis::tests {
namespace {

using runtime::awaitable;
using runtime::WorkerPool;

// A call that blocks until it is let through, as a slow disk would.
struct Gate {
    std::promise<void> open;
    std::shared_future<void> opened{open.get_future()};
    std::promise<void> reached;
};

struct Office {
    explicit Office(WorkerPool::Bounds bounds = {}) : pool(bounds) {}

    awaitable<void> pass(Gate& gate)
    {
        co_await pool.run([this, &gate] {
            called_on = std::this_thread::get_id();
            gate.reached.set_value();
            gate.opened.wait();
            ++made;
        });
        ended_on = std::this_thread::get_id();
        ++passed;
    }
    void run_until_all_have_ended()
    {
        while (stepped.tasks.size() != 0) stepped.context().run_one();
    }

    Stepped stepped;
    std::atomic<int> made{0};
    int passed = 0;
    std::thread::id called_on;
    std::thread::id ended_on;
    WorkerPool pool;
};

TEST(WorkerPool, MakesTheCallElsewhereAndGoesOnHere)
{
    Office office;
    Gate gate;
    office.stepped.tasks.spawn("calls", office.pass(gate));
    office.stepped.settle();
    gate.reached.get_future().wait();
    EXPECT_EQ(office.pool.calls(), 1U);
    EXPECT_EQ(office.stepped.settle(), 0U);  // this thread is free meanwhile
    EXPECT_EQ(office.passed, 0);
    gate.open.set_value();
    office.run_until_all_have_ended();
    EXPECT_EQ(office.passed, 1);
    EXPECT_NE(office.called_on, std::this_thread::get_id());
    EXPECT_EQ(office.ended_on, std::this_thread::get_id());
    EXPECT_EQ(office.pool.calls(), 0U);
}

TEST(WorkerPool, WaitsForACallThatIsCancelled)
{
    Office office;
    Gate gate;
    office.stepped.tasks.spawn("calls", office.pass(gate));
    office.stepped.settle();
    office.stepped.tasks.cancel();
    office.stepped.settle();
    EXPECT_EQ(office.stepped.tasks.size(), 1U);
    gate.open.set_value();
    office.run_until_all_have_ended();
    EXPECT_EQ(office.made, 1);
    EXPECT_EQ(office.passed, 1);
    EXPECT_EQ(office.stepped.faults, "");
}

TEST(WorkerPool, HandsAFaultOfTheCallToWhoWaits)
{
    struct Fails {
        static awaitable<void> run(WorkerPool& pool, std::string& caught)
        {
            try {
                co_await pool.run([] { throw std::runtime_error("no space left"); });
            } catch (const std::runtime_error& fault) {
                caught = fault.what();
            }
        }
    };
    Office office;
    std::string caught;
    office.stepped.tasks.spawn("fails", Fails::run(office.pool, caught));
    office.run_until_all_have_ended();
    EXPECT_EQ(caught, "no space left");
}

TEST(WorkerPool, TakesNoMoreCallsThanItsBound)
{
    struct Tries {
        static awaitable<void> run(WorkerPool& pool, std::atomic<int>& made, std::string& caught)
        {
            try {
                co_await pool.run([&made] { ++made; });
            } catch (const boost::system::system_error& refused) {
                if (refused.code() == runtime::asio::error::no_buffer_space) caught += '!';
            }
        }
    };
    Office office({.threads = 1, .calls_max = 2});
    Gate gate;
    std::string caught;
    office.stepped.tasks.spawn("calls", office.pass(gate));
    for (int i = 0; i != 3; ++i)
        office.stepped.tasks.spawn("tries", Tries::run(office.pool, office.made, caught));
    office.stepped.settle();
    EXPECT_EQ(caught, "!!");
    EXPECT_EQ(office.pool.calls(), 2U);
    gate.open.set_value();
    office.run_until_all_have_ended();
    EXPECT_EQ(office.made, 2);  // the one at the gate, and the one that had a place
    office.stepped.tasks.spawn("tries", Tries::run(office.pool, office.made, caught));
    office.run_until_all_have_ended();
    EXPECT_EQ(office.made, 3);
}

TEST(WorkerPool, MakesEveryCallItAcceptedBeforeItGoes)
{
    struct Counts {
        static awaitable<void> run(WorkerPool& pool, std::atomic<int>& made)
        {
            co_await pool.run([&made] { ++made; });
        }
    };
    Stepped stepped;
    std::atomic<int> made{0};
    auto pool = std::make_unique<WorkerPool>(WorkerPool::Bounds{.threads = 2, .calls_max = 100});
    for (int i = 0; i != 100; ++i) stepped.tasks.spawn("counts", Counts::run(*pool, made));
    stepped.settle();
    pool->join();
    EXPECT_EQ(made, 100);
    stepped.settle();
    EXPECT_EQ(stepped.tasks.size(), 0U);
}

TEST(WorkerPool, LosesARaceOnlyWhenItsCallHasEnded)
{
    struct Races {
        static awaitable<void> run(Office& office, Gate& gate)
        {
            co_await runtime::with_timeout(office.pass(gate), std::chrono::milliseconds(5),
                                           office.stepped.clock);
            EXPECT_EQ(office.made, 1);
        }
    };
    Office office;
    Gate gate;
    office.stepped.tasks.spawn("races", Races::run(office, gate));
    office.stepped.settle();
    office.stepped.advance(std::chrono::milliseconds(5));
    EXPECT_EQ(office.stepped.tasks.size(), 1U);
    gate.open.set_value();
    office.run_until_all_have_ended();
    EXPECT_EQ(office.passed, 1);
}

}  // namespace
}  // namespace mini_redis::tests
