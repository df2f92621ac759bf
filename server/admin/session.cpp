// Sending and receiving.
#include "server/admin/session.hpp"

#include "protocol/buffer.hpp"
#include "protocol/writer.hpp"

#include <sys/socket.h>
#include <utility>

namespace mini_redis::admin {
namespace asio = runtime::asio;
using protocol::Value;
using runtime::awaitable;

namespace {

Value nothing(std::string_view why)
{
    Value error;
    error.kind = Value::Kind::error;
    error.text = why;
    return error;
}

}  // namespace

Session::Session(runtime::Executor executor, House& house) : socket_(std::move(executor))
{
    runtime::Descriptor descriptor = house.open_session();
    if (descriptor.get() < 0) return;
    socket_.assign({AF_UNIX, 0}, descriptor.get());
    descriptor.take();
    const std::string password = house.password();
    const std::array<std::string_view, 7> hello{"HELLO",  "3",       "AUTH", "default",
                                                password, "SETNAME", "admin"};
    const std::array<std::string_view, 4> hello_without{"HELLO", "3", "SETNAME", "admin"};
    password.empty() ? append(hello_without) : append(hello);
    greetings_ = 1;
}

awaitable<Value> Session::ask(Words words)
{
    if (!socket_.is_open()) co_return nothing("ERR there is no session");
    append(words);
    // Whoever is cut short leaves a reply behind that nobody must take for another's.
    Value reply = nothing("ERR the session has ended");
    if (co_await send()) {
        for (; greetings_ > 0 && socket_.is_open(); --greetings_)
            if (Value greeting = co_await receive(); greeting.is_error()) {
                socket_.close();
                co_return greeting;
            }
        reply = co_await receive();
    }
    co_return reply;
}

void Session::append(Words words)
{
    protocol::Buffer request;
    protocol::Writer writer(request, protocol::Dialect::resp3);
    writer.array(words.size());
    for (const std::string_view word : words) writer.bulk(word);
    to_send_ += request.view();
}

// Whether all was sent.
awaitable<bool> Session::send()
{
    std::string_view rest = to_send_;
    while (!rest.empty()) {
        const auto [error, sent] = co_await socket_.async_write_some(
            asio::buffer(rest.data(), rest.size()), runtime::use_tuple);
        if (error) {
            socket_.close();
            co_return false;
        }
        rest.remove_prefix(sent);
    }
    to_send_.clear();
    co_return true;
}

awaitable<Value> Session::receive()
{
    for (;;) {
        unread_.remove_prefix(parser_.feed(unread_));
        if (parser_.ready()) co_return parser_.take();
        const auto [error, size] =
            co_await socket_.async_read_some(asio::buffer(buffer_), runtime::use_tuple);
        if (error || !parser_.error().empty()) {
            socket_.close();
            co_return nothing("ERR the session has ended");
        }
        unread_ = {buffer_.data(), size};
    }
}

}  // namespace mini_redis::admin
