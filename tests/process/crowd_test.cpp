// A thousand subscribers on two threads: each receives every message, in order, none twice.
//
// A short run is part of every test; MINI_REDIS_MESSAGES=1000000 is the long one.
#include "protocol/buffer.hpp"
#include "protocol/writer.hpp"
#include "tests/support/raw_client.hpp"
#include "tests/support/server_process.hpp"

#include <cstdlib>
#include <cstring>
#include <deque>
#include <memory>
#include <poll.h>
#include <string>
#include <vector>

#include <gtest/gtest.h>

namespace mini_redis::tests {
namespace {

constexpr std::size_t subscribers = 1000;
constexpr std::size_t at_once = 500;  // published before everybody has read them

std::size_t messages()
{
    const char* const wanted = std::getenv("MINI_REDIS_MESSAGES");
    return wanted ? std::stoul(wanted) : 2000;
}

// All have the same length, so that a receiver's place tells which one comes next.
std::string payload(std::size_t number)
{
    std::string digits = std::to_string(number);
    return std::string(8 - digits.size(), '0') + digits;
}

// What each is to receive from message `first` on.
std::string expected(std::size_t first)
{
    protocol::Buffer bytes;
    protocol::Writer out(bytes, protocol::Dialect::resp2);
    for (std::size_t i = first; i < first + at_once; ++i) {
        out.array(3);
        out.bulk("message");
        out.bulk("c");
        out.bulk(payload(i));
    }
    return std::string(bytes.view());
}

class Crowd {
public:
    explicit Crowd(std::uint16_t port)
    {
        for (std::size_t i = 0; i < subscribers; ++i) {
            RawClient& client = clients_.emplace_back(port);
            client.send("SUBSCRIBE c\r\n");
            while (client.receive_line() != ":1\r\n") {
            }
            sockets_.push_back({client.descriptor(), POLLIN, 0});
        }
    }

    // Whether everybody receives exactly this.
    bool receives(const std::string& bytes)
    {
        std::vector<std::size_t> got(subscribers);
        for (std::size_t complete = 0; complete != subscribers;) {
            if (::poll(sockets_.data(), sockets_.size(), 20'000) <= 0) return false;
            for (std::size_t i = 0; i < subscribers; ++i) {
                if (sockets_[i].revents == 0) continue;
                const ssize_t count = ::recv(sockets_[i].fd, chunk_, sizeof chunk_, MSG_DONTWAIT);
                if (count <= 0) return false;
                const auto size = static_cast<std::size_t>(count);
                if (got[i] + size > bytes.size()) return false;
                if (std::memcmp(chunk_, bytes.data() + got[i], size) != 0) return false;
                got[i] += size;
                complete += got[i] == bytes.size() ? 1 : 0;
            }
        }
        return true;
    }

private:
    std::deque<RawClient> clients_;
    std::vector<pollfd> sockets_;
    char chunk_[65536];
};

TEST(Crowd, OfAThousandReceivesEveryMessageInOrder)
{
    ServerProcess server(MINI_REDIS_SERVER, {"--io-threads", "2"});
    const auto crowd = std::make_unique<Crowd>(server.port());
    RawClient publisher(server.port());
    for (std::size_t first = 0; first < messages(); first += at_once) {
        std::string requests;
        std::string replies;
        for (std::size_t i = first; i < first + at_once; ++i) {
            requests += "PUBLISH c " + payload(i) + "\r\n";
            replies += ":1000\r\n";
        }
        publisher.send(requests);
        ASSERT_TRUE(crowd->receives(expected(first))) << "from message " << first << " on";
        ASSERT_EQ(publisher.receive(replies.size()), replies);
    }
    EXPECT_EQ(publisher.ask("PUBLISH c last\r\n"), ":1000\r\n");
    EXPECT_EQ(server.stop(), 0);
}

}  // namespace
}  // namespace mini_redis::tests
