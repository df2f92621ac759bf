// Appended to while in use, and rewritten at most once a session, when it is loaded.
#include "client/cli/history.hpp"

#include <cstdlib>
#include <fcntl.h>
#include <fstream>
#include <string_view>
#include <unistd.h>
#include <utility>

namespace mini_redis::cli {
namespace {

void write(const std::string& path, int flags, std::string_view text)
{
    const int file = ::open(path.c_str(), O_WRONLY | O_CREAT | O_CLOEXEC | flags, 0600);
    if (file < 0) return;
    [[maybe_unused]] const auto written = ::write(file, text.data(), text.size());
    ::close(file);
}

}  // namespace

std::optional<std::string> dot_file(const char* variable, const char* name)
{
    const char* const path = std::getenv(variable);
    if (path != nullptr && *path != '\0') {
        if (std::string_view(path) == "/dev/null") return std::nullopt;
        return path;
    }
    const char* const home = std::getenv("HOME");
    if (home == nullptr || *home == '\0') return std::nullopt;
    return std::string(home) + '/' + name;
}

std::vector<std::string> HistoryFile::load() const
{
    std::vector<std::string> lines;
    if (!path_) return lines;
    std::ifstream file(*path_);
    for (std::string line; std::getline(file, line);) lines.push_back(std::move(line));
    if (lines.size() <= lines_max) return lines;

    const bool long_since = lines.size() > 2 * lines_max;
    lines.erase(lines.begin(), lines.end() - lines_max);
    if (long_since) {
        std::string text;
        for (const std::string& line : lines) text.append(line).append("\n");
        write(*path_, O_TRUNC, text);
    }
    return lines;
}

void HistoryFile::add(const std::string& line) const
{
    if (path_) write(*path_, O_APPEND, line + '\n');
}

}  // namespace mini_redis::cli
