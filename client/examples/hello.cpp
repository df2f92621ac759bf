// The first program: set a key, get it, and say what went wrong if something did.
//
//   hello [redis://localhost]
#include "client/client.hpp"

#include <iostream>

using namespace mini_redis;
using client::awaitable;

namespace {

awaitable<void> hello(client::Client redis)
{
    const auto set = co_await redis.set("hello:greeting", "hello, world");
    if (!set) throw client::Failure(set.error());
    const auto greeting = co_await redis.get("hello:greeting");
    std::cout << greeting.value().value_or("(nothing)") << '\n';

    // What the server refuses is a value like any other.
    const auto wrong = co_await redis.incr("hello:greeting");
    if (!wrong) std::cout << "refused: " << wrong.error().text << '\n';
    co_await redis.del("hello:greeting");
}

}  // namespace

int main(int argc, char** argv)
try {
    client::asio::io_context context;
    const auto options = client::parse_url(argc > 1 ? argv[1] : "redis://localhost").value();
    client::asio::co_spawn(context, hello(client::Client(context, options)),
                           [](const std::exception_ptr& fault) {
                               if (fault) std::rethrow_exception(fault);
                           });
    context.run();
} catch (const std::exception& fault) {
    std::cerr << fault.what() << '\n';
    return 1;
}
