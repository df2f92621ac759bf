// A client in a world in which one allocation fails, and those who ask it for something.
#pragma once

#include "client/listener.hpp"
#include "client/subscriber.hpp"
#include "tests/client/pubsub.hpp"
#include "tests/client/world.hpp"
#include "tests/client_allocation/failing.hpp"

#include <chrono>
#include <deque>
#include <memory>
#include <new>
#include <string>

namespace mini_redis::tests {

// The fake network has memory.
class SparedTransport final : public client::Transport {
public:
    explicit SparedTransport(std::unique_ptr<Transport> network) : network_(std::move(network)) {}

    awaitable<error_code> open(client::Address address) override
    {
        return network_->open(std::move(address));
    }
    std::size_t read_some(asio::mutable_buffer room, error_code& error) override
    {
        const Spared spared;
        return network_->read_some(room, error);
    }
    std::size_t write_some(asio::const_buffer bytes, error_code& error) override
    {
        const Spared spared;
        return network_->write_some(bytes, error);
    }
    awaitable<void> readable() override { return network_->readable(); }
    awaitable<void> writable() override { return network_->writable(); }
    void close() override { network_->close(); }

private:
    std::unique_ptr<Transport> network_;
};

inline client::Outside spared(FakeNetwork& network)
{
    client::Outside outside = network.outside();
    outside.transport = [make = outside.transport](const client::Executor& executor) {
        return std::make_unique<SparedTransport>(make(executor));
    };
    return outside;
}

// Somebody who asks, and what becomes of it: an answer, an error, or std::bad_alloc at once.
template <class T>
struct Caller {
    std::string asks;
    Asked<T> asked;
    bool began = false;
    bool refused = false;

    // Only what never began may have come to nothing, for Asio had no memory to begin it.
    bool told() const { return asked.result || refused; }
};

class ShortOfMemory {
public:
    explicit ShortOfMemory(const Manner& manner = {}, Options options = {})
        : options_(with_patience(std::move(options)))
    {
        network.manner = manner;
        network.server.answer = [this](const std::string& words) { return pubsub.confirm(words); };
        client.emplace(context, options_, spared(network));
    }

    // One handler; that it throws std::bad_alloc is what is to be tried.
    bool step()
    {
        context.restart();
        try {
            return context.poll_one() != 0;
        } catch (const std::bad_alloc&) {
            return true;
        }
    }
    void steps(int count)
    {
        while (count-- > 0 && step()) {
        }
    }
    void settle()
    {
        constexpr int steps_max = 100'000;
        for (int steps = 0; step(); ++steps) {
            if (steps < steps_max) continue;
            const Spared ours;
            ADD_FAILURE() << "does not come to rest";
            return;
        }
    }
    // Until the last pause before another attempt is over.
    void settle_and_wait(int pauses = 8)
    {
        settle();
        while (pauses-- > 0) {
            network.advance(std::chrono::seconds(2));
            settle();
        }
    }

    template <class T>
    Caller<T>& ask(std::deque<Caller<T>>& callers, std::string name, Operation<T> operation, By by)
    {
        Caller<T>* caller = nullptr;
        {
            const Spared ours;
            caller = &callers.emplace_back();
            caller->asks = std::move(name);
        }
        try {
            if (by == By::handler)
                std::move(operation)(asio::bind_cancellation_slot(
                    caller->asked.signal.slot(), [caller](Result<T> result) {
                        caller->asked.result.emplace(std::move(result));
                    }));
            else
                asio::co_spawn(context, wait(std::move(operation), *caller, Sentinel(*caller)),
                               asio::bind_cancellation_slot(caller->asked.signal.slot(),
                                                            [](const std::exception_ptr&) {}));
        } catch (const std::bad_alloc&) {
            caller->refused = true;
        }
        return *caller;
    }
    Caller<std::optional<std::string>>& get(const char* key, By by, bool idempotent = false)
    {
        auto operation = client->get(key).timeout(std::chrono::seconds(60));
        if (idempotent) operation = std::move(operation).idempotent();
        return ask(texts, key, std::move(operation), by);
    }

    // When memory is there again: all who asked were told, those who ask now are, and it all ends.
    void judge()
    {
        settle_and_wait();
        for (const auto& caller : texts) {
            EXPECT_TRUE(caller.told()) << caller.asks;
            if (caller.asked.ok()) {
                EXPECT_EQ(**caller.asked.result, caller.asks + caller.asks);
            }
        }
        network.manner.fails_at = -1;
        if (!client) return;
        for (const char* key : {"later", "last"}) {
            const auto& caller = get(key, By::handler);
            settle_and_wait();
            EXPECT_TRUE(caller.asked.result) << key;
            const std::string value(key);
            if (caller.asked.ok()) {
                EXPECT_EQ(**caller.asked.result, value + value);
            } else {
                EXPECT_EQ(caller.asked.error(), Errc::no_memory) << caller.asked.text();
            }
            useful = useful || caller.asked.ok();
        }
        std::deque<Caller<void>> closers;
        const auto& closed = ask(closers, "close", client->close(), By::handler);
        settle_and_wait();
        EXPECT_TRUE(closed.asked.ok());
        EXPECT_TRUE(context.stopped()) << "a task goes on";
    }

    FakeNetwork network;
    PubSub pubsub{true};
    std::deque<Caller<std::optional<std::string>>> texts;
    asio::io_context context{1};
    std::optional<Client> client;
    bool useful = false;  // afterwards it still answers

    static Options with_patience(Options options)
    {
        options.attempts_max = 0;
        return options;
    }
    const Options& options() const { return options_; }

private:
    // In the frame of a coroutine: it knows when that goes.
    template <class T>
    struct Sentinel {
        explicit Sentinel(Caller<T>& asks) : caller(&asks) {}
        Sentinel(Sentinel&& other) noexcept : caller(std::exchange(other.caller, nullptr)) {}
        Sentinel& operator=(Sentinel&&) = delete;
        ~Sentinel()
        {
            if (caller != nullptr && !caller->began) caller->refused = true;
        }
        Caller<T>* caller;
    };

    template <class T>
    static awaitable<void> wait(Operation<T> operation, Caller<T>& caller, Sentinel<T>)
    {
        caller.began = true;
        Result<T> result = co_await std::move(operation);
        caller.asked.result.emplace(std::move(result));
    }

    Options options_;
};

}  // namespace mini_redis::tests
