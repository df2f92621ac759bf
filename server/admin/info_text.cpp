// Cutting at line ends, colons and commas.
#include "server/admin/info_text.hpp"

#include <utility>

namespace mini_redis::admin {
namespace {

// What stands before the first `separator`; `rest` becomes what stands behind it.
std::string_view cut(std::string_view& rest, char separator)
{
    const std::size_t end = rest.find(separator);
    const std::string_view first = rest.substr(0, end);
    rest = end == std::string_view::npos ? std::string_view{} : rest.substr(end + 1);
    return first;
}

}  // namespace

std::vector<InfoPart> read_info(std::string_view text)
{
    std::vector<InfoPart> parts;
    while (!text.empty()) {
        std::string_view line = cut(text, '\n');
        if (line.ends_with('\r')) line.remove_suffix(1);
        if (line.starts_with("# ")) {
            parts.push_back({line.substr(2), {}});
        } else if (line.find(':') != std::string_view::npos && !parts.empty()) {
            const std::string_view name = cut(line, ':');
            parts.back().fields.push_back({name, line});
        }
    }
    return parts;
}

std::string_view part_of(std::string_view value, std::string_view name)
{
    while (!value.empty()) {
        std::string_view pair = cut(value, ',');
        if (cut(pair, '=') == name) return pair;
    }
    return {};
}

}  // namespace mini_redis::admin
