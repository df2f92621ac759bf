// All in one flight, and a second one for servers that do not know HELLO.
#include "client/handshake.hpp"

#include "client/request.hpp"

namespace mini_redis::client {

Handshake::Handshake(const Options& options) : options_(options)
{
    options_.resp3 ? say_hello() : introduce();
}

// As it was done before there was HELLO.
void Handshake::introduce()
{
    log_in();
    say_name();
    select();
}

void Handshake::say_hello()
{
    Request hello("HELLO", 3);
    if (!options_.password.empty() || !options_.username.empty()) {
        hello.add("AUTH");
        hello.add(options_.username.empty() ? Word("default") : Word(options_.username));
        hello.add(options_.password);
    }
    if (!options_.client_name.empty()) hello.add("SETNAME").add(options_.client_name);
    hello.encode(outgoing_);
    awaited_.push_back(Step::hello);
    select();
}

void Handshake::log_in()
{
    if (options_.password.empty() && options_.username.empty()) return;
    Request login("AUTH");
    if (!options_.username.empty()) login.add(options_.username);
    login.add(options_.password).encode(outgoing_);
    awaited_.push_back(Step::login);
}

void Handshake::say_name()
{
    if (options_.client_name.empty()) return;
    Request("CLIENT", "SETNAME", options_.client_name).encode(outgoing_);
    awaited_.push_back(Step::name);
}

void Handshake::select()
{
    if (options_.database == 0) return;
    Request("SELECT", options_.database).encode(outgoing_);
    awaited_.push_back(Step::select);
}

void Handshake::take(const protocol::Value& reply)
{
    if (reply.kind == protocol::Value::Kind::push) return;
    const Step step = awaited_.front();
    awaited_.pop_front();
    if (step == Step::hello) {
        fall_back_ = reply.is_error() && (reply.text.starts_with("NOPROTO") ||
                                          reply.text.starts_with("ERR unknown command"));
        if (!fall_back_ && reply.is_error()) return refuse(reply);
        if (!fall_back_) dialect_ = protocol::Dialect::resp3;
    } else if (!fall_back_ && reply.is_error() && step != Step::name) {
        // A name is a convenience; without the others the requests would go astray.
        return refuse(reply);
    }
    if (!fall_back_ || !awaited_.empty()) return;
    // What followed HELLO in the same flight meant nothing to a server that did not know us yet.
    fall_back_ = false;
    introduce();
}

void Handshake::refuse(const protocol::Value& reply)
{
    refusal_ = Error{Errc::unreachable, "the server refuses the connection: " + reply.text};
}

}  // namespace mini_redis::client
