// A thousand clients that write while the server shuts down, and what they learn of what was done.
#pragma once

#include "tests/support/raw_client.hpp"

#include <algorithm>
#include <chrono>
#include <cstdint>
#include <deque>
#include <poll.h>
#include <string>
#include <vector>

#include <gtest/gtest.h>

namespace mini_redis::tests {

// Sets its own key to 1, 2, 3 and so on, several under way at a time, until the server hangs up.
class Writer {
public:
    static constexpr int window = 8;

    Writer(std::uint16_t port, int number) : key_("client:" + std::to_string(number)), client_(port)
    {
        ask();
    }

    int descriptor() const { return client_.descriptor(); }
    const std::string& key() const { return key_; }
    int acknowledged() const { return acknowledged_; }

    // Reads what there is and asks for more; false once the server has hung up.
    bool go_on()
    {
        char bytes[4096];
        const ssize_t count = ::recv(descriptor(), bytes, sizeof bytes, MSG_DONTWAIT);
        if (count < 0) return errno == EAGAIN;
        acknowledged_ += static_cast<int>(std::count(bytes, bytes + count, '+'));
        if (count != 0) ask();
        return count != 0;
    }

private:
    void ask()
    {
        std::string requests;
        while (asked_ < acknowledged_ + window)
            requests += "SET " + key_ + " " + std::to_string(++asked_) + "\r\n";
        client_.send(requests);
    }

    std::string key_;
    RawClient client_;
    int asked_ = 0;
    int acknowledged_ = 0;
};

class Writers {
public:
    Writers(std::uint16_t port, int count)
    {
        for (int i = 0; i < count; ++i) writers_.emplace_back(port, i);
    }

    // Until the server has hung up on all of them; on its way to that, calls `interrupt`.
    template <class Interrupt>
    void write_until_the_end(Interrupt interrupt)
    {
        std::vector<pollfd> sockets;
        for (const Writer& writer : writers_) sockets.push_back({writer.descriptor(), POLLIN, 0});
        const auto began = std::chrono::steady_clock::now();
        std::size_t open = writers_.size();
        for (int round = 0; open != 0; ++round) {
            if (round == 20) interrupt();
            ::poll(sockets.data(), sockets.size(), 1000);
            for (std::size_t i = 0; i < sockets.size(); ++i) {
                if (sockets[i].revents == 0 || writers_[i].go_on()) continue;
                sockets[i].fd = -1;  // poll passes it over
                --open;
            }
            ASSERT_LT(std::chrono::steady_clock::now() - began, std::chrono::seconds(60));
        }
    }

    const std::deque<Writer>& all() const { return writers_; }
    int acknowledged() const
    {
        int sum = 0;
        for (const Writer& writer : writers_) sum += writer.acknowledged();
        return sum;
    }

private:
    std::deque<Writer> writers_;
};

}  // namespace mini_redis::tests
