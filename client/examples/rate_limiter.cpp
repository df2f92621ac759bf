// A rate limiter for any number of processes: a counter for each user and each second, which
// expires by itself. All callers share one connection, and what they ask for at once leaves at
// once.
//
//   rate_limiter URL USERS REQUESTS ALLOWED
//
// Each user makes so many requests in one window; it is printed how many were let through.
#include "client/client.hpp"

#include <algorithm>
#include <iostream>
#include <string>
#include <vector>

using namespace mini_redis;
using client::awaitable;
namespace asio = client::asio;

namespace {

class RateLimiter {
public:
    RateLimiter(client::Client& redis, std::int64_t allowed) : redis_(redis), allowed_(allowed) {}

    // Whether one more request of this user's is let through in this window. Fails: throws Failure.
    awaitable<bool> admit(std::string user, std::string window)
    {
        const std::string key = "rate:" + user + ":" + window;
        // One flight: the count, and an expiry in case it is the first. To expire is the same
        // however often it is said; to count is not, so it is not marked idempotent.
        client::Pipeline pipeline;
        pipeline.incr(key);
        pipeline.expire(key, std::chrono::seconds(10));
        const auto replies = co_await redis_.exec(pipeline);
        const auto& count = replies.value().front();
        co_return count.value().integer <= allowed_;
    }

private:
    client::Client& redis_;
    std::int64_t allowed_;
};

awaitable<void> use(RateLimiter* limiter, std::string user, int requests, int* admitted)
{
    while (requests-- > 0) {
        const bool in = co_await limiter->admit(user, "window");
        if (in) ++*admitted;
    }
}

}  // namespace

int main(int argc, char** argv)
try {
    if (argc != 5) return std::cerr << "usage: rate_limiter URL USERS REQUESTS ALLOWED\n", 2;
    asio::io_context context;
    client::Client redis(context, client::parse_url(argv[1]).value());
    RateLimiter limiter(redis, std::stoi(argv[4]));
    std::vector<int> admitted(static_cast<std::size_t>(std::stoi(argv[2])));
    std::size_t running = admitted.size();
    for (std::size_t i = 0; i < admitted.size(); ++i)
        asio::co_spawn(context,
                       use(&limiter, "user" + std::to_string(i), std::stoi(argv[3]), &admitted[i]),
                       [&](const std::exception_ptr& fault) {
                           if (fault) std::rethrow_exception(fault);
                           if (--running == 0) redis.close()([](const auto&) {});
                       });
    context.run();
    const auto [least, most] = std::ranges::minmax(admitted);
    std::cout << "let through: between " << least << " and " << most << " of " << argv[3] << '\n';
} catch (const std::exception& fault) {
    std::cerr << fault.what() << '\n';
    return 1;
}
