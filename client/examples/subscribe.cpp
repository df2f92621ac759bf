// Prints the messages of channels, as many as are asked for, and where some may be missing.
//
//   subscribe URL COUNT CHANNEL...
#include "client/subscriber.hpp"

#include <iostream>
#include <string>
#include <vector>

using namespace mini_redis;
using client::awaitable;
using client::Item;

namespace {

awaitable<void> listen(client::Subscriber subscriber, std::vector<std::string> channels, int count)
{
    for (const std::string& channel : channels) {
        const auto subscribed = co_await subscriber.subscribe(channel);
        if (!subscribed) throw client::Failure(subscribed.error());
        std::cout << "subscribed to " << channel << std::endl;
    }
    while (count > 0) {
        const auto item = co_await subscriber.next();
        if (!item) throw client::Failure(item.error());
        if (item->kind == Item::Kind::gap) {
            std::cout << "(something may be missing here: " << item->text << ")" << std::endl;
            continue;
        }
        std::cout << item->channel << ": " << item->text << std::endl;
        --count;
    }
}

}  // namespace

int main(int argc, char** argv)
try {
    if (argc < 4) return std::cerr << "usage: subscribe URL COUNT CHANNEL...\n", 2;
    client::asio::io_context context;
    const auto options = client::parse_url(argv[1]).value();
    client::asio::co_spawn(
        context,
        listen(client::Subscriber(context, options), {argv + 3, argv + argc}, std::stoi(argv[2])),
        [](const std::exception_ptr& fault) {
            if (fault) std::rethrow_exception(fault);
        });
    context.run();
} catch (const std::exception& fault) {
    std::cerr << fault.what() << '\n';
    return 1;
}
