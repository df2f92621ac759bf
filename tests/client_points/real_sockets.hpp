// A client on real sockets, stepped: the kernel is the world, and a server in a thread answers.
#pragma once

#include "client/client.hpp"
#include "tests/client_points/endings.hpp"

#include <string>
#include <sys/socket.h>
#include <thread>
#include <unistd.h>

namespace mini_redis::tests {

// Says PONG to whatever comes, until it is destroyed.
class AnswersAll {
public:
    template <class Endpoint>
    explicit AnswersAll(const Endpoint& endpoint)
        : acceptor_(::socket(endpoint.protocol().family(), SOCK_STREAM, 0))
    {
        EXPECT_EQ(::bind(acceptor_, endpoint.data(), static_cast<socklen_t>(endpoint.size())), 0);
        EXPECT_EQ(::listen(acceptor_, 8), 0);
        thread_ = std::thread([this] { serve(); });
    }
    AnswersAll(const AnswersAll&) = delete;
    AnswersAll& operator=(const AnswersAll&) = delete;
    ~AnswersAll()
    {
        ::shutdown(acceptor_, SHUT_RDWR);
        thread_.join();
        ::close(acceptor_);
    }
    std::uint16_t port() const
    {
        asio::ip::tcp::endpoint endpoint;
        socklen_t size = sizeof(sockaddr_in);
        EXPECT_EQ(::getsockname(acceptor_, endpoint.data(), &size), 0);
        return endpoint.port();
    }

private:
    void serve() const
    {
        for (int peer = 0; (peer = ::accept(acceptor_, nullptr, nullptr)) >= 0; ::close(peer)) {
            char bytes[1024];
            while (::recv(peer, bytes, sizeof bytes, 0) > 0)
                if (::send(peer, "+PONG\r\n", 7, MSG_NOSIGNAL) != 7) break;
        }
    }

    int acceptor_;
    std::thread thread_;
};

// Greets whoever comes, and reads nothing. It has no thread.
class ReadsNothing {
public:
    explicit ReadsNothing(const asio::local::stream_protocol::endpoint& endpoint)
        : acceptor_(::socket(AF_UNIX, SOCK_STREAM | SOCK_NONBLOCK, 0))
    {
        ::unlink(endpoint.path().c_str());
        EXPECT_EQ(::bind(acceptor_, endpoint.data(), static_cast<socklen_t>(endpoint.size())), 0);
        EXPECT_EQ(::listen(acceptor_, 1), 0);
    }
    ReadsNothing(const ReadsNothing&) = delete;
    ReadsNothing& operator=(const ReadsNothing&) = delete;
    ~ReadsNothing()
    {
        ::close(acceptor_);
        if (peer_ >= 0) ::close(peer_);
    }
    // Whether somebody came now.
    bool greet()
    {
        if (peer_ >= 0) return false;
        peer_ = ::accept(acceptor_, nullptr, nullptr);
        return peer_ >= 0 && ::send(peer_, "+PONG\r\n", 7, MSG_NOSIGNAL) == 7;
    }

private:
    int acceptor_;
    int peer_ = -1;
};

// A client that asks once, with an alarm set.
class OnSockets {
public:
    explicit OnSockets(const client::Address& address)
    {
        ++schedules;
        Options options;
        options.address = address;
        options.attempts_max = 1;
        client.emplace(context, options);
        auto answered = [this](const Result<void>& result) {
            done = true;
            ok = result.has_value();
        };
        client->connect().timeout(std::chrono::hours(1))(answered);
    }
    // False if it was answered before so many steps. Each of them waits until there is something.
    bool step(int steps)
    {
        for (; steps > 0 && !done; --steps) context.run_one();
        return !done;
    }
    void end()
    {
        ends_now(context);
        client.reset();
        context.run();
        EXPECT_TRUE(done);
    }

    asio::io_context context{1};
    std::optional<Client> client;
    bool done = false;
    bool ok = false;
};

// Ends it at every step until it is answered; returns whether that was no error.
inline bool end_everywhere_on(const client::Address& address)
{
    for (int steps = 0;; ++steps) {
        OnSockets run(address);
        const bool under_way = run.step(steps);
        const bool ok = run.ok;
        run.end();
        if (!under_way) return ok;
    }
}

}  // namespace mini_redis::tests
