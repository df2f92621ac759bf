// Two servers and the same session to both: redis-server, which is right by definition, and the
// one under test. A session begins on new connections and empty databases, is sent as one
// pipeline, and ends at the first reply in which the two disagree.
#pragma once

#include "tests/conformance/generator.hpp"
#include "tests/support/client.hpp"
#include "tests/support/server_process.hpp"

#include <functional>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <vector>

namespace mini_redis::tests {

struct Difference {
    std::size_t step;  // where in the session
    std::string expected;
    std::string actual;
};

using Connect = std::function<std::unique_ptr<Client>(const ServerProcess&)>;
std::unique_ptr<Client> connect_wire(const ServerProcess& server);
std::unique_ptr<Client> connect_hiredis(const ServerProcess& server);

// One server with its client.
class Player {
public:
    Player(std::string binary, Words arguments, Connect connect);

    // A new connection to an empty server, which is started again if it has died.
    void begin();

    Client& client() { return *client_; }
    ServerProcess& server() { return *server_; }

private:
    void start() { server_ = std::make_unique<ServerProcess>(binary_, arguments_); }

    std::string binary_;
    Words arguments_;
    Connect connect_;
    std::unique_ptr<ServerProcess> server_;
    std::unique_ptr<Client> client_;
    std::string id_ = "none";  // of the last client, as the server counts them
};

class Match {
public:
    Match(Player& reference, Player& ours) : reference_(reference), ours_(ours) {}

    // Told of every reply that both servers gave.
    std::function<void(const Step&, std::string_view reply)> on_reply;

    std::optional<Difference> play(std::span<const Step> session);

private:
    struct Replies {
        std::string expected;
        std::string actual;
    };
    Replies replies_to(const Step& step, bool alone);
    bool agree_on(const Step& step, const Replies& replies);

    Player& reference_;
    Player& ours_;
    std::vector<Rule> queued_;  // by MULTI, for the elements of EXEC's reply
};

}  // namespace mini_redis::tests
