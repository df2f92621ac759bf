// Reference: docs/configuration.md, written from the table so that the two cannot differ.
#pragma once

#include "server/config/config.hpp"

namespace mini_redis::config {

// The Markdown of the whole page. It is the same on every machine.
std::string reference(const Config& config);

}  // namespace mini_redis::config
