// A session with the server, as any client has one: what observers want to know they ask by
// commands, through the front door. So nothing they do touches a thread that serves clients in any
// other way than a client does, and INFO, SCAN or CLIENT LIST mean what they mean to everybody.
#pragma once

#include "protocol/reply_parser.hpp"
#include "protocol/value.hpp"
#include "server/admin/house.hpp"
#include "server/runtime/asio.hpp"

#include <array>
#include <span>
#include <string>
#include <string_view>

namespace mini_redis::admin {

class Session {
public:
    using Words = std::span<const std::string_view>;

    // What more than one of us asks.
    static constexpr std::array<std::string_view, 2> info_words{"INFO", "everything"};
    static constexpr std::array<std::string_view, 2> clients_words{"CLIENT", "LIST"};

    // Opens one, as whoever knows the password; called `admin` in CLIENT LIST.
    Session(runtime::Executor executor, House& house);

    // The reply, or an error if none came; after that one there are only more errors.
    // Runs on: the executor given.  When cancelled: yields such an error.  Fails: never, but for
    // std::bad_alloc.
    runtime::awaitable<protocol::Value> ask(Words words);

private:
    void append(Words words);
    runtime::awaitable<bool> send();
    runtime::awaitable<protocol::Value> receive();

    runtime::Socket socket_;
    std::string to_send_;
    int greetings_ = 0;  // replies to come that nobody asked for
    protocol::ReplyParser parser_;
    std::array<char, 16 << 10> buffer_;
    std::string_view unread_;
};

}  // namespace mini_redis::admin
