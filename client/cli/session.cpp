// To enter is a ritual: AUTH, SELECT, HELLO, in this order, each only if asked for. The first that
// is refused ends it, and the connection stays: the server's own error says more than we could.
#include "client/cli/session.hpp"

#include "client/cli/interrupt.hpp"
#include "client/cli/nature.hpp"

#include <cstdlib>
#include <utility>

namespace mini_redis::cli {
namespace {

using protocol::Value;
using Kind = Value::Kind;

}  // namespace

Session::Session(Entry entry, Printer printer, Manner manner)
    : entry_(std::move(entry)),
      printer_(std::move(printer)),
      manner_(manner),
      link_(manner.interrupt)
{
}

bool Session::connect(bool quietly)
{
    database_ = 0;
    in_transaction_ = false;
    ++identity_;
    if (const auto error = link_.open(entry_.address)) {
        if (!quietly) {
            complain("Could not connect to Redis at " + entry_.address.text() + ": " + *error +
                     '\n');
        }
        return false;
    }
    return log_in() && select() && say_hello();
}

bool Session::connect_to(std::string host, std::uint16_t port)
{
    entry_.address = {};
    entry_.address.host = std::move(host);
    entry_.address.port = port;
    return connect();
}

bool Session::log_in()
{
    if (!entry_.password) return true;
    Words words{"AUTH"};
    if (entry_.user) words.push_back(*entry_.user);
    words.push_back(*entry_.password);
    const auto reply = ask(words);
    if (reply && reply->is_error()) complain("AUTH failed: " + reply->text + '\n');
    return reply && !reply->is_error();
}

bool Session::select()
{
    if (entry_.database == database_) return true;
    const auto number = std::to_string(entry_.database);
    const auto reply = ask({"SELECT", number});
    if (!reply) return false;
    if (reply->is_error()) {
        complain("SELECT " + number + " failed: " + reply->text + '\n');
        return false;
    }
    database_ = entry_.database;
    return true;
}

bool Session::say_hello()
{
    if (entry_.resp3 == Entry::Resp3::no) return true;
    const auto reply = ask({"HELLO", "3"});
    if (reply && reply->is_error()) {
        complain("HELLO 3 failed: " + reply->text + '\n');
        return entry_.resp3 == Entry::Resp3::if_possible;
    }
    return reply.has_value();
}

std::optional<Value> Session::ask(const Words& words)
{
    link_.send(words);
    return next_reply();
}

std::optional<Value> Session::ask_quietly(const Words& words)
{
    Value reply;
    link_.send(words);
    if (!receive(reply, false)) return reply;
    link_.close();
    return std::nullopt;
}

std::optional<Value> Session::next_reply()
{
    Value reply;
    if (const auto broken = receive(reply, false)) {
        give_up(*broken);
        return std::nullopt;
    }
    return reply;
}

bool Session::run(const Words& words, long long repeat)
{
    if (!connected() && !connect()) return false;
    while (repeat < 0 || repeat-- > 0) {
        if (!run_once(words)) return false;
        if (repeat != 0 && manner_.interval.count() > 0) pause(manner_.interval, manner_.interrupt);
    }
    return true;
}

bool Session::run_once(const Words& words)
{
    if (begins_with(words, {"monitor"})) return listen(words, Listening::monitor);
    if (listens_to_channels(words)) return listen(words, Listening::channels);
    // The interval of -r may have let the connection die.
    if (!connected()) return false;
    link_.send(words);
    if (!show_reply(words)) return false;
    follow(words);
    return true;
}

bool Session::listen(const Words& words, Listening to)
{
    link_.send(words);
    if (to == Listening::channels && printer_.style().form != Form::raw)
        say("Reading messages... (press Ctrl-C to quit)\n");
    for (Value value;;) {
        if (const auto broken = receive(value, to == Listening::channels)) {
            if (broken->cause != Break::Cause::interrupted) return give_up(*broken);
            manner_.interrupt->forget();
            // There is no way back out of MONITOR but a new connection.
            return connect();
        }
        if (is_failure(value)) return false;
        printer_.reply(value);
        if (value.is_error()) return true;
    }
}

bool Session::show_reply(const Words& words)
{
    Value reply;
    if (const auto broken = receive(reply, leaves_channels(words))) {
        // Nobody answers SHUTDOWN, unless it fails.
        if (begins_with(words, {"shutdown"}) && broken->cause == Break::Cause::closed) {
            link_.close();
            return true;
        }
        return give_up(*broken);
    }
    last_ = reply.kind;
    if (is_failure(reply)) return false;
    replies_with_report(words) ? printer_.report(reply) : printer_.reply(reply);
    return true;
}

bool Session::is_failure(const Value& reply) const
{
    if (!reply.is_error() || !manner_.errors_are_failures || manner_.interactive) return false;
    complain(reply.text + '\n');
    return true;
}

std::optional<Break> Session::receive(Value& reply, bool pushes_are_replies)
{
    for (;;) {
        if (auto broken = link_.receive(reply)) return broken;
        if (pushes_are_replies || reply.kind != Kind::push) return std::nullopt;
        printer_.push(reply);
    }
}

bool Session::give_up(const Break& broken)
{
    // Who is waiting for a reply and presses Ctrl-C wants to leave.
    if (broken.cause == Break::Cause::interrupted) std::exit(1);
    complain("Error: " + broken.text + '\n');
    link_.close();
    return false;
}

void Session::follow(const Words& words)
{
    const auto command = [&](std::string_view name, std::size_t count) {
        return words.size() == count && begins_with(words, {name});
    };
    const bool failed = last_ == Kind::error;
    if (command("select", 2) && !failed) {
        entry_.database = database_ = std::atoi(words[1].c_str());
    } else if (command("auth", 2) || command("auth", 3)) {
        ++identity_;
        select();
    } else if (command("multi", 1) && !failed) {
        in_transaction_ = true;
        database_before_ = database_;
    } else if (command("exec", 1) && in_transaction_) {
        in_transaction_ = false;
        if (failed || last_ == Kind::null) entry_.database = database_ = database_before_;
    } else if (command("discard", 1) && !failed) {
        in_transaction_ = false;
        entry_.database = database_ = database_before_;
    } else if (command("reset", 1) && !failed) {
        in_transaction_ = false;
        entry_.database = database_ = 0;
        entry_.resp3 = Entry::Resp3::no;
        ++identity_;
    }
}

std::string Session::prompt() const
{
    if (!connected()) return "not connected> ";
    const auto& address = entry_.address;
    std::string text = (address.unix_path.empty() ? "" : "redis ") + address.text();
    if (database_ != 0) text += '[' + std::to_string(database_) + ']';
    if (in_transaction_) text += "(TX)";
    return text + "> ";
}

}  // namespace mini_redis::cli
