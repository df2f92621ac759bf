// By halving.
#include "server/admin/assets.hpp"

#include <algorithm>
#include <string>

namespace mini_redis::admin {
namespace {

constexpr std::string_view book = "/book/";

std::optional<Asset> file_at(Files files, std::string_view path, bool zipped)
{
    std::string name(path);
    if (name.empty() || name.ends_with('/')) name += "index.html";
    const auto file = std::ranges::lower_bound(files, name, {}, &File::path);
    if (file == files.end() || file->path != name) return std::nullopt;
    return Asset{file->type, {file->begin, file->end}, zipped};
}

}  // namespace

std::optional<Asset> asset_at(std::string_view path)
{
    if (path.starts_with(book)) return file_at(book_files, path.substr(book.size()), true);
    if (path.starts_with('/')) return file_at(console_files, path.substr(1), false);
    return std::nullopt;
}

}  // namespace mini_redis::admin
