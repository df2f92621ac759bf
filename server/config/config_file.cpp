// The words for what is wrong are Redis'; the place in front of them is file:line.
#include "server/config/config_file.hpp"

#include "protocol/text.hpp"
#include "server/config/foreign_directives.hpp"

#include <cerrno>
#include <fstream>
#include <glob.h>
#include <iostream>
#include <system_error>

namespace mini_redis::config {
namespace {

constexpr int depth_max = 16;

std::string at(const std::string& place, std::string_view what)
{
    return place + ": " + std::string(what);
}

// The files that match a pattern, in alphabetical order.
Arguments matching_files(const std::string& pattern)
{
    glob_t found = {};
    Arguments files;
    if (::glob(pattern.c_str(), 0, nullptr, &found) == 0) {
        files.assign(found.gl_pathv, found.gl_pathv + found.gl_pathc);
    }
    ::globfree(&found);
    return files;
}

}  // namespace

Error Loader::load(const std::string& path)
{
    if (path == "-") return load(std::cin, "standard input");
    errno = 0;
    std::ifstream file(path);
    if (file) {
        Error error = load(file, path);
        if (!file.bad()) return error;
    }
    return at(path, "can't open config file: " + std::system_category().message(errno));
}

Error Loader::load(std::istream& lines, const std::string& name)
{
    std::string line;
    for (int number = 1; std::getline(lines, line); ++number) {
        const std::string place = name + ':' + std::to_string(number);
        const std::size_t first = line.find_first_not_of(" \t\r");
        if (first == line.npos || line[first] == '#') continue;
        auto words = split_line(line);
        if (!words) return at(place, "Unbalanced quotes in configuration line");
        const std::string directive = std::move(words->front());
        words->erase(words->begin());
        if (Error error = assign(place, directive, std::move(*words))) return error;
    }
    return {};
}

Error Loader::assign(const std::string& place, const std::string& name, Arguments arguments)
{
    if (Setting* setting = config_.find(name)) {
        // A list may come as one word: --bind "127.0.0.1 ::1".
        if (setting->is_list() && arguments.size() == 1 && !arguments[0].empty()) {
            auto words = split_line(arguments[0]);
            if (!words) return at(place, "Unbalanced quotes in configuration line");
            arguments = std::move(*words);
        }
        const Error error = setting->assign(arguments);
        return error ? at(place, name + ": " + *error) : error;
    }
    if (protocol::equal_ignoring_case(name, "include") && arguments.size() == 1) {
        return include(place, arguments[0]);
    }
    if (!is_foreign_directive(name)) {
        return at(place, name + ": Bad directive or wrong number of arguments");
    }
    if (is_guarding_directive(name)) {
        return at(place, name + ": this server cannot guard what that guards");
    }
    warnings_.push_back(at(place, name + ": this directive of Redis has no effect here"));
    return {};
}

Error Loader::include(const std::string& place, const std::string& pattern)
{
    if (depth_ == depth_max) return at(place, "include: files include each other too deeply");
    ++depth_;
    const bool is_pattern = pattern.find_first_of("*?[") != pattern.npos;
    for (const std::string& path : is_pattern ? matching_files(pattern) : Arguments{pattern}) {
        if (Error error = load(path)) return error;
    }
    --depth_;
    return {};
}

}  // namespace mini_redis::config
