// A server that answers PING, on a runtime from scratch: once it asks again and again whether there
// is something to read, once it waits to be told. Then three that wait for a time.
#include "book-notes/runtime/tiny_runtime.hpp"

#include <cstdio>
#include <sys/socket.h>
#include <unistd.h>

namespace {

using tiny::Runtime;
using tiny::Task;

// Answers until the client has gone. Without `told` it knows no better than to try again.
Task server(Runtime& runtime, int socket, bool told)
{
    int in_vain = 0;
    char request[16];
    for (ssize_t count = -1; count != 0;) {
        count = ::recv(socket, request, sizeof request, MSG_DONTWAIT);
        if (count > 0) ::send(socket, "+PONG", 5, 0);
        if (count >= 0) continue;
        ++in_vain;
        co_await (told ? runtime.readable(socket) : runtime.turn());
    }
    std::printf("%-26s reads in vain: %d\n", told ? "waits to be told" : "asks again and again",
                in_vain);
    ::close(socket);
}

Task client(Runtime& runtime, int socket)
{
    for (int i = 0; i < 1000; ++i) co_await runtime.turn();
    ::send(socket, "PING\r\n", 6, 0);
    co_await runtime.readable(socket);
    ::close(socket);
}

Task sleeper(Runtime& runtime, int ms)
{
    co_await runtime.after(ms);
    std::printf("a time has come            %d ms\n", ms);
}

}  // namespace

int main()
{
    Runtime runtime;
    for (const bool told : {false, true}) {
        int ends[2];
        ::socketpair(AF_UNIX, SOCK_STREAM, 0, ends);
        server(runtime, ends[0], told);
        client(runtime, ends[1]);
        runtime.run();
    }
    for (const int ms : {30, 10, 20}) sleeper(runtime, ms);
    runtime.run();
}
