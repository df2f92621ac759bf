// Rewrite: brings a configuration file up to date with what was changed at run time.
//
// What a person wrote stays: comments, order, and directives that are not ours. A directive of ours
// is rewritten where it stands first and removed where it stands again; one that the file does not
// mention is appended if it has not its default. Included files are not followed, as in Redis.
#pragma once

#include "server/config/config.hpp"

namespace mini_redis::config {

// The new text of a file whose text is `old_text`.
std::string rewritten(const Config& config, std::string_view old_text);

// Replaces the file by one step, so that a crash leaves the old or the new one. A file that does
// not exist is created. Returns the system's reason for a failure.
Error rewrite_file(const Config& config, const std::string& path);

}  // namespace mini_redis::config
