// The keys of a database, a SCAN step at a time.
#pragma once

#include "client/cli/options.hpp"
#include "client/cli/session.hpp"

#include <optional>
#include <string>
#include <vector>

namespace mini_redis::cli {

class KeyWalk {
public:
    KeyWalk(Session& session, const Options& options) : session_(session), options_(options) {}

    // The keys of the next step, perhaps none. Nothing if the server refused, which was said.
    std::optional<std::vector<std::string>> step();
    bool done() const { return begun_ && cursor_ == "0"; }

private:
    Session& session_;
    const Options& options_;
    std::string cursor_ = "0";
    bool begun_ = false;
};

}  // namespace mini_redis::cli
