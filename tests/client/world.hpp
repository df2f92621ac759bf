// A client and its world, stepped by hand: what was asked, and what came of it.
#pragma once

#include "client/client.hpp"
#include "tests/client/fake_network.hpp"

#include <map>
#include <optional>
#include <string>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace mini_redis::tests {

using client::Client;
using client::Errc;
using client::Operation;
using client::Options;
using client::Result;

// What came of a request, once something has. Whoever asked may be cancelled.
template <class T>
struct Asked {
    std::optional<Result<T>> result;
    asio::cancellation_signal signal;

    bool ok() const { return result && result->has_value(); }
    Errc error() const { return result && result->has_error() ? result->error().code : Errc(); }
    std::string text() const { return result && result->has_error() ? result->error().text : ""; }
};
using AskedText = Asked<std::optional<std::string>>;

// How a request is made: by a coroutine that awaits it, or with a handler.
enum class By { coroutine, handler };

class ClientWorld {
public:
    explicit ClientWorld(const Manner& manner = {}, Options options = {})
    {
        network.manner = manner;
        client.emplace(context, std::move(options), network.outside());
    }
    // The others are destroyed before the context is, as they are in a program.
    ~ClientWorld() { client.reset(); }

    // One handler is one step. False if there is none to run.
    bool step()
    {
        context.restart();
        return context.poll_one() != 0;
    }
    void settle()
    {
        while (step()) {
        }
    }
    // Steps on, and lets time pass while nothing happens, until `done` or for so many pauses.
    template <class Predicate>
    bool settle_until(const Predicate& done, int pauses = 50)
    {
        for (;;) {
            settle();
            if (done()) return true;
            if (pauses-- == 0) return false;
            network.advance(std::chrono::seconds(2));
        }
    }

    template <class T>
    void ask(Operation<T> operation, Asked<T>& asked, By by = By::coroutine)
    {
        if (by == By::handler)
            return std::move(operation)(asio::bind_cancellation_slot(
                asked.signal.slot(),
                [&asked](Result<T> result) { asked.result.emplace(std::move(result)); }));
        asio::co_spawn(
            context, wait(std::move(operation), asked),
            asio::bind_cancellation_slot(
                asked.signal.slot(), [](const std::exception_ptr& fault) { EXPECT_FALSE(fault); }));
    }
    std::optional<std::string> value_of(std::string_view key)
    {
        AskedText asked;
        ask(client->get(key), asked);
        settle_until([&] { return asked.result.has_value(); });
        return asked.ok() ? **asked.result : asked.text();
    }

    FakeNetwork network;  // outlives what the context still holds at the end
    asio::io_context context{1};
    std::optional<Client> client;

private:
    template <class T>
    static awaitable<void> wait(Operation<T> operation, Asked<T>& asked)
    {
        Result<T> result = co_await std::move(operation);
        asked.result.emplace(std::move(result));
    }
};

}  // namespace mini_redis::tests
