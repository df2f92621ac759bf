// The files of the console, which are part of the program.
#pragma once

#include <optional>
#include <string_view>

namespace mini_redis::admin {

struct Asset {
    std::string_view type;
    std::string_view bytes;
};

// What is served at `path`, if it is one of them: "/" is the page, without which there is none.
std::optional<Asset> asset_at(std::string_view path);

// What stands in the page for the nonce of each answer.
inline constexpr std::string_view nonce_mark = "@NONCE@";

}  // namespace mini_redis::admin
