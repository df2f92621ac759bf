// The same requests as client_bench's, by hiredis' asynchronous interface on libevent: so many
// requests under way on one connection, and another one with each reply.
//
//   hiredis_bench PORT [under way] [requests]
#include "bench/cpu_time.hpp"

#include <cstdlib>
#include <event2/event.h>
#include <iostream>
#include <memory>
#include <string>
#include <vector>

#include <hiredis/async.h>
// hiredis' adapters are C, and this one takes a timeval it was told by a macro of libevent's.
#include <hiredis/adapters/libevent.h>

namespace mini_redis::bench {
namespace {

struct Progress {
    redisAsyncContext* context;
    std::size_t left;
    std::size_t under_way = 0;
    std::size_t wrong = 0;
    bool ready = false;
};

void ask(Progress& progress);

void answered(redisAsyncContext*, void* reply, void* data)
{
    auto& progress = *static_cast<Progress*>(data);
    --progress.under_way;
    const auto* const value = static_cast<redisReply*>(reply);
    if (value == nullptr || value->type != REDIS_REPLY_STRING) ++progress.wrong;
    // What a caller of ours gets: the value as its own.
    if (value != nullptr) {
        const std::string kept(value->str, value->len);
        if (kept.empty()) ++progress.wrong;
    }
    if (progress.left != 0)
        ask(progress);
    else if (progress.under_way == 0)
        redisAsyncDisconnect(progress.context);
}

void ask(Progress& progress)
{
    --progress.left;
    ++progress.under_way;
    const char* words[] = {"GET", "bench:key"};
    const std::size_t lengths[] = {3, 9};
    redisAsyncCommandArgv(progress.context, answered, &progress, 2, words, lengths);
}

}  // namespace
}  // namespace mini_redis::bench

int main(int argc, char** argv)
{
    using namespace mini_redis::bench;
    const std::vector<std::string> arguments(argv + 1, argv + argc);
    if (arguments.empty())
        return std::cerr << "usage: hiredis_bench PORT [under way] [requests]\n", 2;
    const auto number = [&](std::size_t i, std::size_t otherwise) {
        return arguments.size() > i ? std::stoul(arguments[i]) : otherwise;
    };
    event_base* const base = event_base_new();
    redisAsyncContext* const context =
        redisAsyncConnect("127.0.0.1", static_cast<int>(number(0, 6379)));
    redisLibeventAttach(context, base);
    const std::size_t requests = number(2, 1'000'000);
    Progress progress{context, requests};
    // Connected before the clock starts.
    redisAsyncCommand(
        context, [](redisAsyncContext*, void*, void* data) { *static_cast<bool*>(data) = true; },
        &progress.ready, "SET bench:key 0123456789abcdef0123456789abcdef");
    while (!progress.ready) event_base_loop(base, EVLOOP_ONCE);
    const CpuTime cpu;
    for (std::size_t i = number(1, 100); i != 0; --i) ask(progress);
    event_base_dispatch(base);
    cpu.print("hiredis-async", requests);
    if (progress.wrong != 0) std::cout << progress.wrong << " requests failed\n";
    event_base_free(base);
}
