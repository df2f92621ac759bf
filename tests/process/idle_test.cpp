// What a client costs that has spoken once: a quarter of what it costs redis-server, 9,785 bytes.
#include "tests/support/raw_client.hpp"
#include "tests/support/server_process.hpp"

#include <algorithm>
#include <fstream>
#include <memory>
#include <string>
#include <sys/resource.h>
#include <vector>

#include <gtest/gtest.h>

namespace mini_redis::tests {
namespace {

// Sizes of coroutine frames are the compiler's, and sanitizers have an allocator of their own.
constexpr bool as_built_for_use =
#if !defined(__clang__) || !defined(NDEBUG)
    false;
#else
    !__has_feature(address_sanitizer) && !__has_feature(thread_sanitizer);
#endif

// Of a process, in bytes, without the pages of its program.
std::size_t resident(pid_t process)
{
    std::ifstream file("/proc/" + std::to_string(process) + "/status");
    std::string name;
    std::size_t kb = 0;
    while (file >> name && name != "RssAnon:") {
    }
    file >> kb;
    return kb * 1024;
}

TEST(Idle, AClientTakesLittleMemory)
{
    if (!as_built_for_use) GTEST_SKIP() << "not the server that is run";
    constexpr std::size_t clients = 5000;
    rlimit files{};
    ASSERT_EQ(::getrlimit(RLIMIT_NOFILE, &files), 0);
    files.rlim_cur = std::min<rlim_t>(files.rlim_max, 2 * clients);
    ::setrlimit(RLIMIT_NOFILE, &files);
    if (files.rlim_cur < clients + 100) GTEST_SKIP() << "too few files can be open";

    const ServerProcess server(MINI_REDIS_SERVER, {"--io-threads", "1"});
    RawClient(server.port()).ask("PING\r\n");
    const std::size_t before = resident(server.pid());
    std::vector<std::unique_ptr<RawClient>> idle;
    while (idle.size() < clients) {
        idle.push_back(std::make_unique<RawClient>(server.port()));
        ASSERT_EQ(idle.back()->ask("PING\r\n"), "+PONG\r\n");
    }
    EXPECT_LE((resident(server.pid()) - before) / clients, 2446U);
}

}  // namespace
}  // namespace mini_redis::tests
