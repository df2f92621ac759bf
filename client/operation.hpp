// Something asked of the server, that has not begun: await it, or hand it a completion token.
//
//   const auto name = co_await client.get("name");                     // in any asio::awaitable
//   client.get("name").timeout(1s)([](Result<...> name) { ... });      // or any other token
//
// It begins when it is awaited. It refers to its arguments and copies none, so await it in the
// expression that makes it.
//
// Runs on: the client's executor; an awaiting coroutine of the same io_context is resumed right
// from where its reply is read.  When cancelled: ends with Errc::cancelled, and no other request is
// affected; a request that was not written yet is never sent, of one that was the reply is thrown
// away (where only total cancellation is asked for, it is not: it goes on).  Fails: with an
// Error, never with an exception.
#pragma once

#include "client/reception.hpp"
#include "client/service.hpp"

#include <cstddef>
#include <memory>
#include <new>
#include <optional>
#include <type_traits>
#include <utility>

#include <boost/version.hpp>

namespace mini_redis::client {

// Whether it is what a coroutine leaves when it awaits an operation directly. Then the operation
// is in the coroutine's frame and stays there, and so can all that has to wait. The type is of
// Asio's own making, so it is recognised in the one version it was read in; elsewhere operations
// allocate what waits, and do the same.
template <class Handler>
inline constexpr bool is_awaiting_coroutine = false;
#if BOOST_VERSION / 100 == 1081
template <class Signature, class AnyExecutor>
inline constexpr bool
    is_awaiting_coroutine<asio::detail::awaitable_async_op_handler<Signature, AnyExecutor>> = true;
#endif

// Keeps another io_context at work while a handler of it waits here; the client's own has work.
template <class AnyExecutor>
struct Work : asio::executor_work_guard<AnyExecutor> {
    using asio::executor_work_guard<AnyExecutor>::executor_work_guard;
};
template <>
struct Work<Executor> {
    explicit Work(const Executor&) {}
};

// Where the executor of the client is known to be running: straight on, or by way of dispatch.
template <class Handler, class T>
void hand_over(const Executor& executor, Handler handler, Result<T> result)
{
    const auto wanted = asio::get_associated_executor(handler, executor);
    bool here = false;
    if constexpr (std::is_same_v<std::decay_t<decltype(wanted)>, Executor>) {
        here = wanted == executor;
    } else if constexpr (requires { wanted.template target<Executor>(); }) {
        const auto* const target = wanted.template target<Executor>();
        here = target != nullptr && *target == executor;
    }
    if (here) {
        std::move(handler)(std::move(result));
    } else {
        asio::dispatch(wanted,
                       [handler = std::move(handler), result = std::move(result)]() mutable {
                           std::move(handler)(std::move(result));
                       });
    }
}

// A handler that waits.
template <class T, class Handler>
class Pending final : public Waiter {
public:
    Pending(Service& service, Handler handler, bool allocated)
        : service_(service),
          handler_(std::move(handler)),
          work_(asio::get_associated_executor(handler_, service.executor())),
          allocated_(allocated)
    {
    }

    void receive(const Scalar& reply) override { reception_.receive(reply); }
    void receive(Value&& reply) override { reception_.receive(std::move(reply)); }
    void fail(Error error) override { reception_.fail(std::move(error)); }
    void restart() override { reception_ = {}; }

    void be_cancellable()
    {
        auto slot = asio::get_associated_cancellation_slot(handler_);
        if (slot.is_connected()) canceller_ = &slot.template emplace<Canceller>(this);
    }

    // Book: runtimes/where. Whoever waits says where it goes on.
    void finish() override
    {
        const Executor executor = service_.executor();
        [[maybe_unused]] const auto work = std::move(work_);
        Result<T> result = take();
        hand_over<Handler, T>(executor, release(), std::move(result));
    }
    void abandon() override { static_cast<void>(release()); }

private:
    // What lies in the caller's cancellation slot. Either may go before the other.
    struct Canceller {
        explicit Canceller(Pending* pending) : waits(pending) {}
        Canceller(const Canceller&) = delete;
        Canceller& operator=(const Canceller&) = delete;
        ~Canceller()
        {
            if (waits != nullptr) waits->canceller_ = nullptr;
        }
        void operator()(asio::cancellation_type how)
        {
            if (waits != nullptr) waits->service_.cancel(*waits, how);
        }
        Pending* waits;
    };

    // Nobody else would tell who waits, nor let go of `this`.
    Result<T> take()
    {
        try {
            return reception_.take();
        } catch (const std::bad_alloc&) {
            return Error{Errc::no_memory, no_memory};
        }
    }

    // The handler, after `this` has gone.
    Handler release()
    {
        if (canceller_ != nullptr) canceller_->waits = nullptr;
        Handler handler = std::move(handler_);
        allocated_ ? delete this : this->~Pending();
        return handler;
    }

    Service& service_;
    Handler handler_;
    Work<asio::associated_executor_t<Handler, Executor>> work_;
    Reception<T> reception_;
    Canceller* canceller_ = nullptr;
    bool allocated_;
};

template <class T>
class [[nodiscard]] Operation {
public:
    using Signature = void(Result<T>);

    Operation(Service& service, const Request& request) : service_(&service), request_(request) {}

    // How long it may take, from when it begins; instead of Options::request_timeout.
    Operation&& timeout(std::chrono::nanoseconds limit) &&
    {
        limit_ = limit;
        return std::move(*this);
    }
    // Nothing is changed by executing it twice, or it does not matter: it may be sent again when
    // the connection is lost before the reply.
    Operation&& idempotent() &&
    {
        idempotent_ = true;
        return std::move(*this);
    }

    template <asio::completion_token_for<Signature> Token>
    auto operator()(Token&& token) &&
    {
        using Handler = std::decay_t<Token>;
        if constexpr (is_awaiting_coroutine<Handler>) {
            using Waits = Pending<T, Handler>;
            static_assert(sizeof(Waits) <= sizeof place_);
            begin(*new (place_) Waits(*service_, std::forward<Token>(token), false));
        } else {
            return asio::async_initiate<Token, Signature>(
                [](auto handler, Operation operation) {
                    using Waits = Pending<T, decltype(handler)>;
                    auto waits =
                        std::make_unique<Waits>(*operation.service_, std::move(handler), true);
                    operation.begin(*waits.release());  // which never throws
                },
                token, std::move(*this));
        }
    }

private:
    template <class Waits>
    void begin(Waits& waits)
    {
        // Book: lazy-and-eager/lazy. A request is a description, until somebody waits for it.
        waits.idempotent = idempotent_;
        // An exception would have Asio destroy the coroutine that awaits: it would never know.
        try {
            waits.be_cancellable();
        } catch (const std::bad_alloc&) {
            return service_->refuse(waits, {Errc::no_memory, no_memory});
        }
        service_->start(waits, request_, limit_);
    }

    // As large as what waits in a coroutine: the thread of it, and where the result goes.
    struct Resumption {
        using executor_type = asio::any_io_executor;
        executor_type get_executor() const noexcept { return {}; }
        void* parts[2];
    };

    Service* service_;
    Request request_;
    Service::Limit limit_;
    bool idempotent_ = false;
    // Book: runtimes/how. Whoever waits brings the place to wait in.
    alignas(std::max_align_t) std::byte place_[sizeof(Pending<T, Resumption>)];
};

}  // namespace mini_redis::client
