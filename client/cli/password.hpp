// A password from a person, who sees asterisks, or from a pipe.
#pragma once

#include <optional>
#include <string>

namespace mini_redis::cli {

// Nothing at the end of the input, and after Ctrl-C.
std::optional<std::string> ask_password(const std::string& prompt);

}  // namespace mini_redis::cli
