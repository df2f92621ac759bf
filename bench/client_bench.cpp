// What a request costs the client that makes it: CPU time of its process, user and system.
//
//   client_bench PORT [coroutines] [connections] [requests]
//
// So many coroutines each ask for GET after GET, on one connection or on several. hiredis_bench
// does the same on one connection with hiredis' asynchronous interface, and prints the same line.
// How often memory was allocated is counted, too: for the value of 32 bytes that each caller gets
// as its own, and for nothing else.
#include "bench/cpu_time.hpp"
#include "client/client.hpp"

#include <cstdlib>
#include <iostream>
#include <memory>
#include <new>
#include <string>
#include <vector>

namespace {

std::size_t allocations = 0;

}  // namespace

void* operator new(std::size_t size)
{
    ++allocations;
    void* const memory = std::malloc(size);
    if (memory == nullptr) throw std::bad_alloc();
    return memory;
}
void operator delete(void* memory) noexcept
{
    std::free(memory);
}
void operator delete(void* memory, std::size_t) noexcept
{
    std::free(memory);
}

namespace mini_redis::bench {
namespace {

using client::awaitable;
using client::Client;

struct Counter {
    std::size_t left;
    std::size_t wrong = 0;
};

awaitable<void> ask(Client* client, Counter* counter)
{
    while (counter->left != 0) {
        --counter->left;
        const auto value = co_await client->get("bench:key");
        if (!value || !*value) ++counter->wrong;
    }
}

void measure(std::uint16_t port, std::size_t coroutines, std::size_t connections,
             std::size_t requests)
{
    client::asio::io_context context{1};
    client::Options options;
    options.address.port = port;
    std::vector<std::unique_ptr<Client>> clients;
    for (std::size_t i = 0; i < connections; ++i)
        clients.push_back(std::make_unique<Client>(context, options));
    Counter counter{requests};
    std::size_t running = coroutines;
    // Connected before the clock starts.
    std::size_t connecting = connections;
    for (const auto& client : clients)
        client->set("bench:key",
                    "0123456789abcdef0123456789abcdef")([&](const auto&) { --connecting; });
    while (connecting != 0) context.run_one();
    const std::size_t before = allocations;
    const CpuTime cpu;
    for (std::size_t i = 0; i < coroutines; ++i)
        client::asio::co_spawn(context, ask(clients[i % connections].get(), &counter),
                               [&running](const std::exception_ptr&) { --running; });
    while (running != 0) context.run_one();
    cpu.print("client", requests);
    std::printf("%-16s %8.3f allocations each\n", "client",
                static_cast<double>(allocations - before) / static_cast<double>(requests));
    if (counter.wrong != 0) std::cout << counter.wrong << " requests failed\n";
}

}  // namespace
}  // namespace mini_redis::bench

int main(int argc, char** argv)
{
    using mini_redis::bench::measure;
    const std::vector<std::string> arguments(argv + 1, argv + argc);
    if (arguments.empty())
        return std::cerr << "usage: client_bench PORT [coroutines] [connections] [requests]\n", 2;
    const auto number = [&](std::size_t i, std::size_t otherwise) {
        return arguments.size() > i ? std::stoul(arguments[i]) : otherwise;
    };
    const auto port = static_cast<std::uint16_t>(number(0, 6379));
    measure(port, number(1, 100), number(2, 1), number(3, 1'000'000));
}
