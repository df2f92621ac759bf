// Waits until a socket may have something to read, at no system call of its own.
//
// Asio's reactor is edge-triggered, and distrusts itself: an asynchronous read first tries to read,
// though the read before it took all there was, and a wait tells epoll to look anew. Either is a
// system call for each request. Here the reader reads until it knows that nothing is left, and
// only then waits for what comes next; so the wait may trust the edges.
//
// A read that was shorter than its room left no bytes behind, but an end of the stream that came
// with them may have gone unseen: who reads looks once more when the socket has been silent for a
// while. docs/decisions/0005 tells what this saves, and what else was tried.
#pragma once

#include "server/runtime/asio.hpp"

#include <optional>
#include <utility>

#include <boost/asio/detail/reactor.hpp>
#include <boost/asio/detail/reactor_op.hpp>
#include <boost/version.hpp>

namespace mini_redis::runtime {

// What the public interface of Asio has for it: right everywhere, one epoll_ctl for each wait.
class ReadableByWait {
public:
    explicit ReadableByWait(Socket& socket) : socket_(socket) {}

    // Returns when there may be something to read, or when the socket is closed or cancelled. A
    // hint: there may be nothing.
    // Runs on: the socket's executor.  When cancelled: ends, nothing is lost.  Fails: never; the
    // read that follows tells.
    awaitable<Ended> wait() { return socket_.async_wait(asio::socket_base::wait_read, use_tuple); }

private:
    Socket& socket_;
};

// The same by an operation of our own: to the reactor it looks like a read that has taken all there
// was. It lives here, so that waiting allocates nothing; whoever waits keeps it alive.
class ReadableByEdge : private asio::detail::reactor_op {
    // The way to what a socket keeps for its derived classes.
    struct Access : Socket {
        static auto& implementation(Socket& socket)
        {
            return (socket.*(&Access::impl_)).get_implementation();
        }
    };

public:
    explicit ReadableByEdge(Socket& socket)
        : reactor_op(no_error(), &ReadableByEdge::perform, &ReadableByEdge::complete),
          socket_(socket),
          reactor_(asio::use_service<asio::detail::reactor>(socket.get_executor().context()))
    {
    }
    ReadableByEdge(const ReadableByEdge&) = delete;  // the reactor knows its address
    ReadableByEdge& operator=(const ReadableByEdge&) = delete;

    // As above.
    awaitable<Ended> wait()
    {
        return asio::async_initiate<const Token, void(Ended)>(
            [this](auto waiter) {
                auto& descriptor = Access::implementation(socket_);
                if (auto slot = asio::get_associated_cancellation_slot(waiter); slot.is_connected())
                    slot.assign([this, &descriptor](asio::cancellation_type) {
                        reactor_.cancel_ops_by_key(descriptor.socket_, descriptor.reactor_data_,
                                                   asio::detail::reactor::read_op, this);
                    });
                waiter_.emplace(std::move(waiter));
                ec_ = {};
                cancellation_key_ = this;
                reactor_.start_op(asio::detail::reactor::read_op, descriptor.socket_,
                                  descriptor.reactor_data_, this, true, true);
            },
            token_);
    }

private:
    using Token = asio::use_awaitable_t<Executor>;
    using Waiter = asio::async_result<Token, void(Ended)>::handler_type;

    static const error_code& no_error()
    {
        static const error_code none;
        return none;
    }

    static status perform(reactor_op*) { return done_and_exhausted; }

    static void complete(void* owner, asio::detail::operation* base, const error_code&, std::size_t)
    {
        auto* const self = static_cast<ReadableByEdge*>(base);
        // The waiter may end what this is a part of.
        Waiter waiter = *std::exchange(self->waiter_, std::nullopt);
        if (owner) std::move(waiter)(Ended(self->ec_));
    }

    static constexpr Token token_{};

    Socket& socket_;
    asio::detail::reactor& reactor_;
    std::optional<Waiter> waiter_;
};

// The operation is of Asio's own making, so it is used with the one version it was read in.
#if BOOST_VERSION / 100 == 1081 && defined(BOOST_ASIO_HAS_EPOLL)
using Readable = ReadableByEdge;
#else
using Readable = ReadableByWait;
#endif

}  // namespace mini_redis::runtime
