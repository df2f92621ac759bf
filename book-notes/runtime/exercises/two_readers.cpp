// A reactor keeps word of who waits for which socket, and for what of it.
#include <coroutine>
#include <exception>
#include <map>
#include <utility>
#include <vector>

#include <gmock/gmock.h>

namespace {

using Coroutine = std::coroutine_handle<>;
enum class For { reading, writing };

// Begins when it is called, and is kept until the test is over.
struct Task {
    struct promise_type {
        Task get_return_object() { return Task(*this); }
        std::suspend_never initial_suspend() noexcept { return {}; }
        std::suspend_always final_suspend() noexcept { return {}; }
        void return_void() {}
        void unhandled_exception() { std::terminate(); }
    };
    explicit Task(promise_type& promise)
        : coroutine(std::coroutine_handle<promise_type>::from_promise(promise))
    {
    }
    Task(const Task&) = delete;
    Task& operator=(const Task&) = delete;
    ~Task() { coroutine.destroy(); }
    bool ended() const { return coroutine.done(); }
    Coroutine coroutine;
};

// Yours:
struct Reactor {
    void watch(int socket, For, Coroutine who) { waiting[socket] = who; }
    // Those who can go on, now that the socket is ready.
    std::vector<Coroutine> ready(int socket, For)
    {
        if (auto word = waiting.extract(socket)) return {word.mapped()};
        return {};
    }
    std::map<int, Coroutine> waiting;
};

// The test:
struct Until {
    Reactor& reactor;
    int socket;
    For what;
    bool await_ready() const { return false; }
    void await_suspend(Coroutine who) { reactor.watch(socket, what, who); }
    void await_resume() const {}
};

Task wait(Reactor& reactor, int socket, For what)
{
    co_await Until{reactor, socket, what};
}

void resume(const std::vector<Coroutine>& all)
{
    for (const Coroutine who : all)
        if (!who.done()) who.resume();
}

TEST(TwoReaders, OfOneSocketAreBothWoken)
{
    Reactor reactor;
    const Task one = wait(reactor, 5, For::reading), other = wait(reactor, 5, For::reading);
    resume(reactor.ready(5, For::reading));
    EXPECT_TRUE(one.ended()) << "the first of two readers is forgotten";
    EXPECT_TRUE(other.ended());
    EXPECT_THAT(reactor.ready(5, For::reading), testing::IsEmpty()) << "woken twice";
}

TEST(TwoReaders, AWriterIsNoReader)
{
    Reactor reactor;
    const Task reader = wait(reactor, 5, For::reading), writer = wait(reactor, 5, For::writing);
    const Task elsewhere = wait(reactor, 6, For::writing);
    resume(reactor.ready(5, For::writing));
    EXPECT_FALSE(reader.ended());
    EXPECT_TRUE(writer.ended());
    EXPECT_FALSE(elsewhere.ended()) << "that is another socket";
    resume(reactor.ready(5, For::reading));
    EXPECT_TRUE(reader.ended());
}

}  // namespace
