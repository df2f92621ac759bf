// Reference: docs/commands.md, written from the catalogue so that the two cannot differ.
#pragma once

#include "server/dispatch/catalogue.hpp"

#include <string>

namespace mini_redis::dispatch {

// The Markdown of the whole page.
std::string reference(const Catalogue& catalogue);

}  // namespace mini_redis::dispatch
