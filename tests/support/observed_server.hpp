// A server that also serves observers, on a port of its own.
#pragma once

#include "tests/support/live_server.hpp"

#include <cstdint>
#include <string>

#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <gtest/gtest.h>

namespace mini_redis::tests {

// One that was free a moment ago.
inline std::uint16_t some_port()
{
    boost::asio::io_context context;
    const boost::asio::ip::tcp::acceptor acceptor(context,
                                                  {boost::asio::ip::address_v4::loopback(), 0});
    return acceptor.local_endpoint().port();
}

class ObservedServer : public testing::Test {
protected:
    explicit ObservedServer(const char* password = "", const char* token = "")
        : admin_port(some_port()),
          server({{"io-threads", "2"},
                  {"admin-port", std::to_string(admin_port).c_str()},
                  {"admin-bind", "127.0.0.1"},
                  {"requirepass", password},
                  {"admin-token", token}})
    {
    }

    const std::uint16_t admin_port;
    LiveServer server;
};

}  // namespace mini_redis::tests
