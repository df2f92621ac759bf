// The files of the console and of the book, which are part of the program (lay_in.py).
#pragma once

#include <optional>
#include <span>
#include <string_view>

namespace mini_redis::admin {

// One as it is laid in. (Its bytes end where the next label is: the linker knows it.)
struct File {
    std::string_view path;  // within its folder
    std::string_view type;
    const char* begin = nullptr;
    const char* end = nullptr;
};

using Files = std::span<const File>;

// Sorted by their paths; none where they could not be built.
extern const Files console_files;
extern const Files book_files;

struct Asset {
    std::string_view type;
    std::string_view bytes;
    bool zipped = false;  // by gzip
};

// What is served at `path`, if it is one of them: a folder's is its index.html.
std::optional<Asset> asset_at(std::string_view path);

// What stands in the page for the nonce of each answer.
inline constexpr std::string_view nonce_mark = "@NONCE@";

}  // namespace mini_redis::admin
