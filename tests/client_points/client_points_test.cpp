// Await points of the client. Its tasks are never cancelled, whatever its callers do: they are
// ended by closing what they wait for. So that is tried: the client ends while each co_await waits,
// and when what it waited for is done and the task has not gone on yet.
#include "tests/client_points/endings.hpp"
#include "tests/client_points/real_sockets.hpp"

#include <condition_variable>
#include <cstdio>
#include <filesystem>
#include <fstream>
#include <map>
#include <mutex>
#include <netdb.h>

namespace mini_redis::tests {
namespace {

// How often the resolver's thread, of which each io_context has one, began to look for a name.
class Lookups {
public:
    void begin()
    {
        const std::lock_guard lock(mutex_);
        ++begun_;
        changed_.notify_all();
    }
    void wait_for(int count)
    {
        std::unique_lock lock(mutex_);
        changed_.wait(lock, [&] { return begun_ >= count; });
    }
    int begun()
    {
        const std::lock_guard lock(mutex_);
        return begun_;
    }

private:
    std::mutex mutex_;
    std::condition_variable changed_;
    int begun_ = 0;
};
Lookups lookups;

struct PathGone {
    explicit PathGone(std::string path) : path_(std::move(path)) { ::unlink(path_.c_str()); }
    PathGone(const PathGone&) = delete;
    PathGone& operator=(const PathGone&) = delete;
    ~PathGone() { ::unlink(path_.c_str()); }
    std::string path_;
};

client::Address unix_address(const std::string& path)
{
    client::Address address;
    address.unix_path = path;
    return address;
}

// What waits for a socket is done in the very step in which it goes on: nothing can come between.
bool of_reactor(const std::string& line)
{
    return line.find("socket_.async_wait") != line.npos;
}

// Where the client awaits, according to its text.
std::map<AwaitPoints::Place, bool> await_points()
{
    std::map<AwaitPoints::Place, bool> found;
    const std::filesystem::path root(MINI_REDIS_SOURCE);
    for (const auto& entry : std::filesystem::directory_iterator(root / "client")) {
        if (!entry.is_regular_file()) continue;
        std::ifstream file(entry.path());
        unsigned number = 1;
        for (std::string line; std::getline(file, line); ++number)
            if (line.find("co_await ") != line.npos && !line.starts_with("//"))
                found[{entry.path().lexically_relative(root), number}] = of_reactor(line);
    }
    EXPECT_GT(found.size(), 20U);
    return found;
}

void end_on_sockets()
{
    using asio::ip::make_address_v4;
    const PathGone path("/tmp/mini_redis_points_" + std::to_string(::getpid()));
    {
        const AnswersAll server{asio::local::stream_protocol::endpoint(path.path_)};
        EXPECT_TRUE(end_everywhere_on(unix_address(path.path_)));
    }
    EXPECT_FALSE(end_everywhere_on(unix_address(path.path_))) << "nobody listens";
    client::Address tcp;
    {
        const AnswersAll server{asio::ip::tcp::endpoint(make_address_v4("127.0.0.1"), 0)};
        tcp.port = server.port();
        EXPECT_TRUE(end_everywhere_on(tcp));
    }
    tcp.host = "255.255.255.255";
    EXPECT_FALSE(end_everywhere_on(tcp)) << "refused without asking anybody";
}

// A listener that has as many before it as it takes: whoever comes now has to wait.
void end_before_a_full_listener()
{
    const PathGone path("/tmp/mini_redis_points_" + std::to_string(::getpid()));
    const asio::local::stream_protocol::endpoint endpoint(path.path_);
    const int listener = ::socket(AF_UNIX, SOCK_STREAM, 0);
    const auto size = static_cast<socklen_t>(endpoint.size());
    EXPECT_EQ(::bind(listener, endpoint.data(), size), 0);
    EXPECT_EQ(::listen(listener, 0), 0);
    const int first = ::socket(AF_UNIX, SOCK_STREAM, 0);
    EXPECT_EQ(::connect(first, endpoint.data(), size), 0);
    end_everywhere_on(unix_address(path.path_));
    ::close(first);
    ::close(listener);
}

// The kernel takes a part of what is to be sent, and then no more.
void end_while_nothing_is_read()
{
    const PathGone path("/tmp/mini_redis_points_" + std::to_string(::getpid()));
    const std::string much(4 << 20, 'x');
    bool under_way = true;
    for (int steps = 0; under_way; ++steps) {
        ReadsNothing server{asio::local::stream_protocol::endpoint(path.path_)};
        OnSockets run(unix_address(path.path_));
        run.client->exec("SET", "key", much)([](const Result<protocol::Value>&) {});
        for (int i = 0; i < steps && under_way; ++i) {
            under_way = run.context.poll_one() != 0;
            under_way = server.greet() || under_way;
        }
        run.end();
    }
}

// The name is found, which the client has not heard yet.
void end_when_the_name_is_found()
{
    OnSockets run(client::Address{});
    const int before = lookups.begun();
    while (run.context.poll_one() != 0) {
    }
    // One thread looks for both, so when it begins with the second it has told of the first.
    client::Resolver other(run.context.get_executor());
    other.async_resolve("127.0.0.1", "1", [](const error_code&, const auto&) {});
    lookups.wait_for(before + 2);
    run.end();
}

std::string line_of(const AwaitPoints::Place& place)
{
    return place.file + ":" + std::to_string(place.line);
}

TEST(AwaitPointsOfTheClient, AreNeverCancelledByItsCallers)
{
    AwaitPoints::all().forget();
    everywhere(
        {{{.read_max = 2, .write_max = 5, .refusals = 1}}, {{}, By::coroutine, false, true}},
        [](Schedule& run) { run.a().signal.emit(cancellation_type::terminal); },
        [](Schedule& run) { run.check("a", run.a(), {Errc::cancelled}); });
    const auto seen = AwaitPoints::all().seen("client/");
    EXPECT_GT(seen.size(), 10U);
    for (const auto& [place, counts] : seen)
        EXPECT_EQ(counts.cancelled_waiting + counts.cancelled_done, 0U) << line_of(place);
    std::size_t of_callers = 0;
    for (const auto& [place, counts] : AwaitPoints::all().seen("tests/client/world.hpp"))
        of_callers += counts.cancelled_waiting + counts.cancelled_done;
    EXPECT_GT(of_callers, 0U);
}

TEST(AwaitPointsOfTheClient, AreAllEndedInBothStates)
{
    AwaitPoints::all().forget();
    for (const Plan& plan : all_plans()) {
        // What has not begun must not outlive its client, and each of three coroutines begins with
        // a step.
        for (int k = plan.by == By::coroutine ? 3 : 0;; ++k) {
            Schedule run(plan);
            const bool under_way = run.step(k);
            ends_now(run.world().context);
            run.world().client.reset();
            run.world().settle();
            run.check("a", run.a(), {Errc::closed, Errc::connection_lost});
            run.check_others({Errc::closed, Errc::connection_lost});
            ASSERT_TRUE(run.world().context.stopped()) << plan << ", at step " << k;
            if (!under_way) break;
        }
    }
    end_everywhere<Unreachable>();
    end_everywhere<Unwanted>();
    end_everywhere<HeldUp>();
    end_everywhere<HeldUpLater>();
    end_everywhere<Speechless>();
    end_everywhere<Late>();
    end_everywhere<Unheard>();
    end_on_sockets();
    end_before_a_full_listener();
    end_while_nothing_is_read();
    end_when_the_name_is_found();

    const auto seen = AwaitPoints::all().seen("client/");
    for (const auto& [place, is_of_reactor] : await_points()) {
        const auto found = seen.find(place);
        const auto counts = found == seen.end() ? AwaitPoints::Counts{} : found->second;
        std::printf("%-32s undisturbed %7zu, ended waiting %7zu, done %7zu\n",
                    line_of(place).c_str(), counts.undisturbed, counts.cancelled_waiting,
                    counts.cancelled_done);
        EXPECT_NE(counts.cancelled_waiting, 0U) << line_of(place);
        EXPECT_EQ(counts.cancelled_done == 0, is_of_reactor) << line_of(place);
    }
    std::printf("%zu schedules\n", schedules);
}

}  // namespace

extern "C" int __real_getaddrinfo(const char*, const char*, const addrinfo*, addrinfo**);  // NOLINT
extern "C" int __wrap_getaddrinfo(const char* host, const char* service,                   // NOLINT
                                  const addrinfo* hints, addrinfo** found)
{
    lookups.begin();
    return __real_getaddrinfo(host, service, hints, found);
}

}  // namespace mini_redis::tests
