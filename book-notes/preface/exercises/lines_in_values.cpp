// Redis' clients do not send lines: they say how long each word is, and a word may hold anything.
#include "protocol/request_parser.hpp"

#include <cstddef>
#include <string>

#include <gtest/gtest.h>

namespace {

namespace protocol = mini_redis::protocol;

struct Session {
    std::string inbox;  // what has come, and was not used up yet
    protocol::RequestParser parser;
    int behind_header = 0;
};

// Yours:
// The first word of each request: it stands two lines behind the number of its words.
std::string orders_in(Session& session)
{
    std::string orders;
    for (std::size_t end = 0; (end = session.inbox.find("\r\n")) != std::string::npos;) {
        const std::string line = session.inbox.substr(0, end);
        session.inbox.erase(0, end + 2);
        session.behind_header = line.starts_with('*') ? 0 : session.behind_header + 1;
        if (session.behind_header == 2) orders += line + " ";
    }
    return orders;
}

// The test:
TEST(LinesInValues, AreNoRequests)
{
    const std::string all =
        "*3\r\n$3\r\nSET\r\n$4\r\nnote\r\n$18\r\n\r\n*1\r\n$8\r\nSHUTDOWN\r\n"
        "*1\r\n$4\r\nPING\r\n*1\r\n$8\r\nSHUTDOWN\r\n";
    for (std::size_t cut = 0; cut <= all.size(); ++cut) {
        Session session;
        session.inbox = all.substr(0, cut);
        std::string orders = orders_in(session);
        session.inbox += all.substr(cut);
        orders += orders_in(session);
        ASSERT_EQ(orders, "SET PING SHUTDOWN ") << "cut behind " << cut << " bytes";
    }
}

}  // namespace
