// A chat: what is typed goes to all, what others type is printed. Two tasks that end together.
//
//   chat URL ROOM NAME
//
// The end of the input ends the program, after the last line was published.
#include "client/client.hpp"
#include "client/subscriber.hpp"

#include <array>
#include <iostream>
#include <string>
#include <unistd.h>

using namespace mini_redis;
using client::awaitable;
using client::Item;
namespace asio = client::asio;

namespace {

// Everything that the two tasks share.
struct Chat {
    Chat(asio::io_context& context, const client::Options& options, std::string in, std::string as)
        : redis(context, options),
          room(context, options),
          input(context, ::dup(STDIN_FILENO)),
          channel("chat:" + std::move(in)),
          name(std::move(as))
    {
    }

    client::Client redis;
    client::Subscriber room;
    client::Descriptor input;
    std::string channel;
    std::string name;
    std::string typed;  // and not yet published
};

awaitable<void> publish_lines(Chat* chat)
{
    for (std::size_t end; (end = chat->typed.find('\n')) != std::string::npos;) {
        const std::string line = chat->name + ": " + chat->typed.substr(0, end);
        chat->typed.erase(0, end + 1);
        const auto heard = co_await chat->redis.publish(chat->channel, line);
        if (!heard) std::cout << "(not sent: " << heard.error().text << ")" << std::endl;
    }
}

awaitable<void> speak(Chat* chat)
{
    const auto in = co_await chat->room.subscribe(chat->channel);
    if (!in) throw client::Failure(in.error());
    std::cout << "you are in " << chat->channel << std::endl;
    for (;;) {
        std::array<char, 1024> bytes;
        const auto [error, count] =
            co_await chat->input.async_read_some(asio::buffer(bytes), client::use_tuple);
        chat->typed.append(bytes.data(), count);
        co_await publish_lines(chat);
        if (error) break;
    }
    // Our own last words are heard before we leave.
    const auto left = co_await chat->redis.publish(chat->channel, chat->name + " has left");
    if (!left) throw client::Failure(left.error());
}

awaitable<void> hear(Chat* chat)
{
    const std::string last = chat->name + " has left";
    for (;;) {
        const auto item = co_await chat->room.next();
        if (!item) throw client::Failure(item.error());
        if (item->kind == Item::Kind::gap)
            std::cout << "(you may have missed something: " << item->text << ")" << std::endl;
        else
            std::cout << item->text << std::endl;
        if (item->text == last) break;
    }
    co_await chat->redis.close();
}

}  // namespace

int main(int argc, char** argv)
try {
    if (argc != 4) return std::cerr << "usage: chat URL ROOM NAME\n", 2;
    asio::io_context context;
    Chat chat(context, client::parse_url(argv[1]).value(), argv[2], argv[3]);
    const auto rethrow = [](const std::exception_ptr& fault) {
        if (fault) std::rethrow_exception(fault);
    };
    asio::co_spawn(context, speak(&chat), rethrow);
    asio::co_spawn(context, hear(&chat), [&](const std::exception_ptr& fault) {
        rethrow(fault);
        context.stop();
    });
    context.run();
} catch (const std::exception& fault) {
    std::cerr << fault.what() << '\n';
    return 1;
}
