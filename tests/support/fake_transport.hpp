// A socket as bad as a test wants it: what arrives, arrives in pieces; what is written is taken a
// few bytes at a time, as long as there is room.
//
// It is edge-triggered as the real one is: what has arrived is told once, and who reads less than
// all of it is not told again.
#pragma once

#include "server/net/transport.hpp"
#include "server/runtime/notify.hpp"

#include <algorithm>
#include <cstring>
#include <string>
#include <string_view>

namespace mini_redis::tests {

class FakeTransport final : public net::Transport {
public:
    // While a socket does something. The real one needs no memory of ours for that.
    static inline bool busy = false;

    struct Quality {
        std::size_t read_most = 1'000'000;  // bytes by one read
        std::size_t write_most = 1'000'000;
    };

    FakeTransport(runtime::Executor executor, Quality quality)
        : quality_(quality), arrived_(executor), room_(executor)
    {
    }

    // What the peer does.
    void send(std::string_view bytes)
    {
        incoming_ += bytes;
        tell(arrived_);
    }
    void end()
    {
        ended_ = true;
        tell(arrived_);
    }
    void reset()
    {
        broken_ = true;
        tell(arrived_);
        tell(room_);
    }
    // Reads so many bytes more.
    void take(std::size_t bytes)
    {
        capacity_ += bytes;
        tell(room_);
    }

    // The machine goes away: nobody waits here any more. (Who waits for a real socket is kept by
    // the context, not by the socket.)
    void abandon()
    {
        arrived_.abandon();
        room_.abandon();
    }

    // What the peer has received, and whether that is all.
    const std::string& received() const { return received_; }
    bool end_announced() const { return end_announced_ || !open_; }
    std::size_t read() const { return read_; }

    std::size_t read_some(runtime::asio::mutable_buffer room, runtime::error_code& error) override
    {
        if (broken_ || !open_) return fail(error, runtime::asio::error::connection_reset);
        const std::size_t count = std::min({room.size(), incoming_.size(), quality_.read_most});
        if (count == 0)
            return ended_ ? fail(error, runtime::asio::error::eof)
                          : fail(error, runtime::asio::error::would_block);
        std::memcpy(room.data(), incoming_.data(), count);
        incoming_.erase(0, count);
        read_ += count;
        // A short read says that nothing is left: so this one must not look like that.
        if (!incoming_.empty() || ended_) tell(arrived_);
        error = {};
        return count;
    }

    std::size_t write_some(Pieces pieces, runtime::error_code& error) override
    {
        if (broken_ || !open_) return fail(error, runtime::asio::error::broken_pipe);
        const Busy mark;
        std::size_t left = std::min(quality_.write_most, capacity_ - received_.size());
        if (left == 0) return fail(error, runtime::asio::error::would_block);
        std::size_t count = 0;
        for (const auto& piece : pieces) {
            const std::size_t part = std::min(left, piece.size());
            received_.append(static_cast<const char*>(piece.data()), part);
            left -= part;
            count += part;
        }
        if (received_.size() < capacity_) tell(room_);
        error = {};
        return count;
    }

    runtime::awaitable<runtime::Ended> readable() override { return wait(arrived_); }
    runtime::awaitable<runtime::Ended> writable() override { return wait(room_); }
    void wake() override
    {
        tell(arrived_);
        tell(room_);
    }
    void announce_end() override { end_announced_ = true; }
    void close() override
    {
        open_ = false;
        wake();
    }
    bool is_open() const override { return open_; }
    std::size_t arrived() override { return incoming_.size(); }
    bool delivered() override { return true; }
    bool hung_up() override { return ended_; }

private:
    struct Busy {
        Busy() { busy = true; }
        ~Busy() { busy = before; }

        const bool before = busy;
    };

    static void tell(runtime::Notify& bell)
    {
        const Busy mark;
        bell.notify();
    }
    static runtime::awaitable<runtime::Ended> wait(runtime::Notify& bell)
    {
        co_await bell.wait();
        co_return runtime::Ended{};
    }
    static std::size_t fail(runtime::error_code& error, runtime::error_code what)
    {
        error = what;
        return 0;
    }

    const Quality quality_;
    runtime::Notify arrived_;
    runtime::Notify room_;
    std::string incoming_;
    std::string received_;
    std::size_t capacity_ = 0;
    std::size_t read_ = 0;
    bool ended_ = false;
    bool broken_ = false;
    bool open_ = true;
    bool end_announced_ = false;
};

}  // namespace mini_redis::tests
