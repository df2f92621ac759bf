// Laid into the program by the assembler: they cost nothing until somebody looks at them.
#include "server/admin/assets.hpp"

#include <array>
#include <utility>

// MINI_REDIS_CONSOLE is the folder they are built into (server/CMakeLists.txt).
#define MINI_REDIS_ASSET(name, file)             \
    asm(".section .rodata\n"                     \
        ".global mini_redis_" #name              \
        "\n"                                     \
        "mini_redis_" #name                      \
        ":\n"                                    \
        ".incbin \"" MINI_REDIS_CONSOLE "/" file \
        "\"\n"                                   \
        ".global mini_redis_" #name              \
        "_end\n"                                 \
        "mini_redis_" #name                      \
        "_end:\n"                                \
        ".byte 0\n"                              \
        ".previous\n");                          \
    extern "C" const char mini_redis_##name[];   \
    extern "C" const char mini_redis_##name##_end[]

MINI_REDIS_ASSET(page, "index.html");
MINI_REDIS_ASSET(script, "console.js");
MINI_REDIS_ASSET(style, "console.css");
MINI_REDIS_ASSET(icon, "favicon.svg");
MINI_REDIS_ASSET(steps, "steps.json");

namespace mini_redis::admin {
namespace {

std::string_view between(const char* begin, const char* end)
{
    return {begin, static_cast<std::size_t>(end - begin)};
}

}  // namespace

std::optional<Asset> asset_at(std::string_view path)
{
    const auto made = [](std::string_view type, std::string_view bytes) -> std::optional<Asset> {
        if (bytes.empty()) return std::nullopt;
        return Asset{type, bytes};
    };
    if (path == "/")
        return made("text/html; charset=utf-8", between(mini_redis_page, mini_redis_page_end));
    if (path == "/console.js")
        return made("text/javascript; charset=utf-8",
                    between(mini_redis_script, mini_redis_script_end));
    if (path == "/console.css")
        return made("text/css; charset=utf-8", between(mini_redis_style, mini_redis_style_end));
    if (path == "/favicon.svg")
        return made("image/svg+xml", between(mini_redis_icon, mini_redis_icon_end));
    if (path == "/steps.json")
        return made("application/json", between(mini_redis_steps, mini_redis_steps_end));
    return std::nullopt;
}

}  // namespace mini_redis::admin
