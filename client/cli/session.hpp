// A conversation with the server: what it takes to enter, and what has been entered since.
//
// It follows the commands that change what the connection is (SELECT, MULTI, AUTH, RESET,
// SUBSCRIBE, MONITOR, SHUTDOWN), so that the prompt is true and a lost connection can be made again
// as it was. It shows replies, and knows nothing of lines and editing.
#pragma once

#include "client/cli/link.hpp"
#include "client/cli/options.hpp"
#include "client/cli/printer.hpp"
#include "protocol/value.hpp"

#include <cstdint>
#include <optional>
#include <string>

namespace mini_redis::cli {

class Session {
public:
    // Interactive: a lost connection is no reason to leave, and Ctrl-C (`interrupt`) ends what
    // listens.
    struct Manner {
        Interrupt* interrupt = nullptr;
        bool interactive = false;
        bool errors_are_failures = false;
        std::chrono::microseconds interval{};
    };

    Session(Entry entry, Printer printer, Manner manner);

    // Connects, logs in, selects, says HELLO. False: it says what failed, unless `quietly`. After a
    // refused login or selection the connection stays and can be used.
    bool connect(bool quietly = false);
    // Elsewhere from now on.
    bool connect_to(std::string host, std::uint16_t port);
    bool connected() const { return link_.is_open(); }

    // Runs a command, again and again if `repeat` says so (for ever if it is negative), and shows
    // the replies. Connects first, if need be. False: it has said what failed.
    bool run(const Words& words, long long repeat = 1);

    // Asks for ourselves, showing no reply. A broken link is closed and complained about.
    std::optional<protocol::Value> ask(const Words& words);
    // The same without complaint.
    std::optional<protocol::Value> ask_quietly(const Words& words);
    // For those who send several requests at once, through link().
    std::optional<protocol::Value> next_reply();

    // "host:port[db](TX)> "
    std::string prompt() const;

    const Printer& printer() const { return printer_; }
    Link& link() { return link_; }
    bool in_transaction() const { return in_transaction_; }
    // Grows whenever the server may have come to know us as another.
    unsigned identity() const { return identity_; }

private:
    enum class Listening : std::uint8_t { no, monitor, channels };

    bool log_in();
    bool select();
    bool say_hello();
    bool run_once(const Words& words);
    bool listen(const Words& words, Listening to);
    bool show_reply(const Words& words);
    bool is_failure(const protocol::Value& reply) const;
    std::optional<Break> receive(protocol::Value& reply, bool pushes_are_replies);
    bool give_up(const Break& broken);
    void follow(const Words& words);

    Entry entry_;  // its database is the one we want
    Printer printer_;
    Manner manner_;
    Link link_;

    int database_ = 0;  // the one we are in
    bool in_transaction_ = false;
    int database_before_ = 0;  // the transaction
    protocol::Value::Kind last_ = protocol::Value::Kind::null;
    unsigned identity_ = 0;
};

}  // namespace mini_redis::cli
