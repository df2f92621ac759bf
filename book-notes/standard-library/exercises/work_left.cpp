// A thread works for others until it is asked to stop. What it was given before is still done.
#include <condition_variable>
#include <mutex>
#include <stop_token>
#include <thread>

#include <gtest/gtest.h>

namespace {

using Lock = std::unique_lock<std::mutex>;

struct Jobs {
    void give()
    {
        const Lock lock(mutex);
        ++left;
        arrived.notify_one();
    }
    void do_one()
    {
        --left;
        ++done;
        told.notify_one();
    }
    // Until so many are done, or the worker has gone home.
    void wait_for(int many)
    {
        Lock lock(mutex);
        told.wait(lock, [&] { return done == many || gone_home; });
    }
    void go_home()
    {
        const Lock lock(mutex);
        gone_home = true;
        told.notify_one();
    }
    std::mutex mutex;
    std::condition_variable_any arrived, told;
    int left = 0;
    int done = 0;
    bool gone_home = false;
};

// Yours:
void work(const std::stop_token& stop, Jobs& jobs)
{
    Lock lock(jobs.mutex);
    while (!stop.stop_requested())
        if (jobs.arrived.wait(lock, stop, [&jobs] { return jobs.left != 0; })) jobs.do_one();
}

// The test:
TEST(WorkLeft, WhoIsAskedToStopDoesWhatHeHas)
{
    Jobs jobs;
    std::stop_source source;
    for (int i = 0; i < 3; ++i) jobs.give();
    source.request_stop();
    work(source.get_token(), jobs);
    EXPECT_EQ(jobs.left, 0) << "asked to stop, with work left";
}

TEST(WorkLeft, WhoIsNotAskedWaitsForMore)
{
    Jobs jobs;
    jobs.give();
    {
        const std::jthread worker([&jobs](const std::stop_token& stop) {
            work(stop, jobs);
            jobs.go_home();
        });
        jobs.wait_for(1);
        jobs.give();
        jobs.wait_for(2);
    }
    EXPECT_EQ(jobs.done, 2) << "he has gone home, and nobody had asked";
}

}  // namespace
