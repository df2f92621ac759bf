// Await points of the connections: the schedules of cancel everywhere reach each of them in both
// states, waiting and done.
#include "tests/cancellation/sessions.hpp"

#include "tests/support/await_points.hpp"

#include <cstdio>
#include <fstream>
#include <map>

namespace mini_redis::tests {
namespace {

// Where a file awaits, according to its text, and whether that is an operation of Asio's reactor:
// such a one is done in the very step in which its coroutine goes on, so nothing can come between.
std::map<unsigned, bool> await_lines(const std::string& path)
{
    std::ifstream file(std::string(MINI_REDIS_SOURCE) + "/" + path);
    EXPECT_TRUE(file.is_open()) << path;
    std::map<unsigned, bool> lines;
    unsigned number = 1;
    for (std::string line; std::getline(file, line); ++number)
        if (line.find("co_await ") != std::string::npos)
            lines[number] = line.find("acceptor_.async_wait") != std::string::npos;
    return lines;
}

template <class... Worlds>
std::size_t failed(testing::Types<Worlds...>)
{
    return (cancel_everywhere<Worlds>("a session").failed + ...);
}

TEST(AwaitPointsOfConnections, AreAllCancelledInBothStates)
{
    AwaitPoints::all().forget();
    const QuietLog quiet;
    EXPECT_EQ(failed(Sessions()), 0U);
    for (const char* path :
         {"server/net/connection.cpp", "server/net/sending.cpp", "server/net/farewell.cpp",
          "server/net/graceful_shutdown.cpp", "server/net/listener.cpp", "server/net/worker.cpp",
          "server/runtime/signals.hpp"}) {
        const auto seen = AwaitPoints::all().seen(path);
        for (const auto& [line, of_reactor] : await_lines(path)) {
            const auto found = seen.find({path, line});
            const auto counts = found == seen.end() ? AwaitPoints::Counts{} : found->second;
            std::printf("%-32s %4u  undisturbed %7zu, cancelled waiting %7zu, done %7zu\n", path,
                        line, counts.undisturbed, counts.cancelled_waiting, counts.cancelled_done);
            EXPECT_NE(counts.cancelled_waiting, 0U) << path << ":" << line;
            EXPECT_EQ(counts.cancelled_done == 0, of_reactor) << path << ":" << line;
        }
    }
}

}  // namespace
}  // namespace mini_redis::tests
