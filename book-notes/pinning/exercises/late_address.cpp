// A has left, and B is moved into the gap while a read for B is under way. Who hears the secret?
#include "server/runtime/asio.hpp"
#include "tests/support/socket_pair.hpp"

#include <array>
#include <chrono>
#include <cstddef>
#include <string>
#include <sys/socket.h>
#include <utility>

#include <gtest/gtest.h>

namespace {

namespace asio = mini_redis::runtime::asio;
using mini_redis::runtime::Socket;

struct Connection {
    char name;
    std::array<char, 8> inbox{};
};
using Connections = std::array<Connection, 2>;

Connection& find(Connections& all, char name)
{
    return all[0].name == name ? all[0] : all[1];
}

// Yours:
void hear(Socket& line_of_b, Connections& all)
{
    Connection& b = find(all, 'B');
    line_of_b.async_read_some(asio::buffer(b.inbox), [](auto, std::size_t) {});
}

// The test:
TEST(LateAddress, WhatIsSaidToBIsHeardByB)
{
    asio::io_context context;
    Socket line(context);
    Socket peer(context);
    mini_redis::tests::SocketPair ends;
    line.assign({AF_UNIX, 0}, ends.mine.take());
    peer.assign({AF_UNIX, 0}, ends.theirs.take());

    Connections all{Connection{'A'}, Connection{'B'}};
    hear(line, all);
    all[0] = std::exchange(all[1], Connection{'C'});
    peer.write_some(asio::buffer("secret", 6));
    context.run_for(std::chrono::seconds(2));
    EXPECT_STREQ(find(all, 'C').inbox.data(), "") << "C has heard what was said to B";
    EXPECT_STREQ(find(all, 'B').inbox.data(), "secret");
}

}  // namespace
