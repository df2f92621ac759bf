// The file of the lines that were typed, one a line, shared with redis-cli: what was typed there
// can be recalled here.
#pragma once

#include <optional>
#include <string>
#include <vector>

namespace mini_redis::cli {

// $variable, or ~/name; nothing if there is no home, or the variable says /dev/null.
std::optional<std::string> dot_file(const char* variable, const char* name);

class HistoryFile {
public:
    static constexpr std::size_t lines_max = 1000;

    explicit HistoryFile(std::optional<std::string> path) : path_(std::move(path)) {}

    // The last lines_max of it; a file that has grown far beyond is cut. No file is no lines.
    std::vector<std::string> load() const;
    // Appends, so that sessions side by side do not lose each other's lines. That the file cannot
    // be written is no reason to disturb anybody. Only its owner may read it.
    void add(const std::string& line) const;

private:
    std::optional<std::string> path_;
};

}  // namespace mini_redis::cli
