// Where a script is performed: one server and the connections that the script has to it, by name.
#pragma once

#include "tests/conformance/script.hpp"
#include "tests/support/server_process.hpp"
#include "tests/support/wire_client.hpp"

#include <map>
#include <memory>
#include <string>

namespace mini_redis::tests {

class Stage {
public:
    // Connections begin with HELLO 3 if `dialect` is 3.
    Stage(const std::string& binary, const Words& arguments, int dialect);

    // What the line brings: a reply, or a simple string about the connection.
    std::string perform(const Line& line);

    WireClient fresh_connection() const { return WireClient(server_.port()); }

private:
    WireClient& connection(const std::string& name);
    std::string answer(WireClient& client, const Line& line, const Words& words);

    // A word with what stands in braces filled in.
    std::string filled(std::string word);
    std::string filling(const std::string& what);

    ServerProcess server_;
    int dialect_;
    std::map<std::string, std::unique_ptr<WireClient>> connections_;
};

}  // namespace mini_redis::tests
