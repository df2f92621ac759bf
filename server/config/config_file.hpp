// Config files: redis.conf as Redis reads it.
//
// Line by line: a comment, or a directive and its arguments, in quotes where they hold spaces. A
// later line overrides an earlier one. `include` reads another file, or all that match a pattern,
// in its place. A directive that only Redis has is a warning; anything else that is wrong is an
// error with file and line, and the first one ends the reading.
#pragma once

#include "server/config/config.hpp"

#include <iosfwd>

namespace mini_redis::config {

class Loader {
public:
    explicit Loader(Config& config) : config_(config) {}

    // "-" is the standard input.
    Error load(const std::string& path);
    // `name` is what errors and warnings call the source.
    Error load(std::istream& lines, const std::string& name);
    // One directive; `place` is where it stands, for errors and warnings.
    Error assign(const std::string& place, const std::string& name, Arguments arguments);

    const std::vector<std::string>& warnings() const { return warnings_; }

private:
    Error include(const std::string& place, const std::string& pattern);

    Config& config_;
    std::vector<std::string> warnings_;
    int depth_ = 0;  // of includes
};

}  // namespace mini_redis::config
