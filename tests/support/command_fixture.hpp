// The server without its network, for tests of commands: every command, any number of clients, and
// a clock that stands still until the test winds it.
//
//   TEST_F(Strings, ...)                         // using Strings = CommandFixture;
//   {
//       EXPECT_EQ(show("SET", "a", "b", "EX", "1"), "OK");
//       advance(1000);
//       EXPECT_EQ(show("GET", "a"), "(nil)");
//   }
//
// Requests take the real way through the dispatcher; only the bytes of the request are left out.
#pragma once

#include "protocol/reply_parser.hpp"
#include "server/commands/families.hpp"
#include "server/dispatch/dispatcher.hpp"
#include "server/dispatch/withdraw.hpp"

#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include <gtest/gtest.h>

namespace mini_redis::tests {

class TestServer final : public dispatch::Control {
public:
    static constexpr keyspace::Milliseconds start_ms = 1'700'000'000'000;

    TestServer()
        : keyspace(static_cast<unsigned>(config.databases.get()),
                   keyspace::Keyspace::Use::by_one_thread),
          services{.config = config,
                   .catalogue = catalogue,
                   .keyspace = keyspace,
                   .control = *this,
                   .clock = [this] { return now; }}
    {
        for (const dispatch::Family* family : commands::families) catalogue.add(*family);
        services.started_ms = now;
        keyspace.free_elsewhere = [this](keyspace::OwnedEntry) { ++background_works; };
        counts = &services.threads.emplace_back(catalogue.all().size(), 42);
        pubsub::Branch& branch = services.hub.add_branch();
        branch.on_mail([&branch] { branch.deliver(); });
        dispatcher.emplace(services, *counts, branch);
    }

    void shut_down(bool at_once) override { asked_to_shut_down = at_once; }
    void run_in_background(std::function<void()> work) override
    {
        ++background_works;
        work();
    }

    keyspace::Milliseconds now = start_ms;
    config::Config config;
    dispatch::Catalogue catalogue;
    keyspace::Keyspace keyspace;
    dispatch::Services services;
    dispatch::ThreadCounts* counts = nullptr;
    std::optional<dispatch::Dispatcher> dispatcher;
    std::optional<bool> asked_to_shut_down;  // at once or not
    int background_works = 0;
};

class TestClient final : public dispatch::Link {
public:
    explicit TestClient(TestServer& server)
        : session(server.services.clients.next_id(), *this), server_(server)
    {
        session.reset(false);
        session.address = "127.0.0.1:" + std::to_string(40000 + session.id);
        session.created_ms = server.now;
        server_.services.clients.enter(session);
    }
    ~TestClient() override
    {
        dispatch::withdraw(server_.services, session);
        server_.services.clients.leave(session);
    }

    // The reply as bytes; empty if there was none.
    std::string raw(std::vector<std::string_view> words)
    {
        protocol::Batch batch;
        batch.words = std::move(words);
        batch.add_request(0);
        protocol::Buffer out;
        protocol::Writer reply(out, session.dialect);
        const auto progress = server_.dispatcher->serve(session, batch, 0, reply);
        served = progress.why;
        if (progress.wait) wait = progress.wait;
        return std::string(out.view());
    }

    // What its command that has waited is answered, as redis-cli shows it; empty as long as it
    // waits, and if it wants no reply.
    std::string answer()
    {
        if (!wait || wait->end() == dispatch::Wait::End::none) return {};
        protocol::Buffer out;
        protocol::Writer reply(out, session.dialect);
        std::exchange(wait, nullptr)->reply(reply);
        protocol::ReplyParser parser;
        parser.feed(out.view());
        return parser.ready() ? protocol::to_text(parser.take()) : std::string();
    }

    template <class... Words>
    protocol::Value run(const Words&... words)
    {
        protocol::ReplyParser parser;
        const std::string bytes = raw({std::string_view(words)...});
        EXPECT_EQ(parser.feed(bytes), bytes.size()) << bytes;
        return parser.ready() ? parser.take() : protocol::Value{};
    }

    void take(std::string_view head, const pubsub::SharedMessage& message) noexcept override
    {
        pushed += std::string(head) + message->body();
    }
    void close() override { closed = true; }
    void resume() noexcept override
    {
        ++resumed;
        if (on_resume) on_resume();
    }
    std::size_t object_bytes() const override { return sizeof *this; }
    void push(std::shared_ptr<const std::string> bytes) override { pushed += *bytes; }

    dispatch::Session session;
    dispatch::Dispatcher::Served served = dispatch::Dispatcher::Served::all;  // of the last request
    std::shared_ptr<dispatch::Wait> wait;  // of its last command that had to
    int resumed = 0;
    std::function<void()> on_resume;
    bool closed = false;
    std::string pushed;

private:
    TestServer& server_;
};

class CommandFixture : public testing::Test {
protected:
    template <class... Words>
    protocol::Value run(const Words&... words)
    {
        return client.run(words...);
    }

    // The reply as redis-cli shows it.
    template <class... Words>
    std::string show(const Words&... words)
    {
        return protocol::to_text(run(words...));
    }

    void advance(keyspace::Milliseconds ms) { server.now += ms; }

    TestServer server;
    TestClient client{server};
};

}  // namespace mini_redis::tests
