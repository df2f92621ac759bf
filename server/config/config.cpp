// CONFIG GET and CONFIG SET with the error texts of Redis.
#include "server/config/config.hpp"

#include "protocol/glob.hpp"
#include "protocol/text.hpp"
#include "server/config/rewrite.hpp"

#include <algorithm>

namespace mini_redis::config {
namespace {

std::string set_failed(std::string_view name, std::string_view why)
{
    return "ERR CONFIG SET failed (possibly related to argument '" + std::string(name) + "') - " +
           std::string(why);
}

}  // namespace

Directives::Directives()
{
    for (Setting* setting : table_.settings) setting->remember_default();
}

Setting* Config::find(std::string_view name) const
{
    for (Setting* setting : table_.settings) {
        if (protocol::equal_ignoring_case(setting->name(), name)) return setting;
    }
    return nullptr;
}

std::vector<std::pair<std::string, std::string>> Config::get(
    std::span<const std::string_view> patterns) const
{
    std::vector<std::pair<std::string, std::string>> found;
    std::vector<const Setting*> seen;
    const auto add = [&](std::string_view name, const Setting& setting) {
        if (std::ranges::count(seen, &setting) != 0) return;
        seen.push_back(&setting);
        found.emplace_back(name, setting.text());
    };
    for (const std::string_view pattern : patterns) {
        if (pattern.find_first_of("[*?") == pattern.npos) {
            if (const Setting* setting = find(pattern)) add(pattern, *setting);
            continue;
        }
        for (const Setting* setting : table_.settings) {
            if (protocol::glob_match(pattern, setting->name(), true))
                add(setting->name(), *setting);
        }
    }
    return found;
}

Error Config::set(std::span<const Assignment> assignments)
{
    std::vector<Setting*> wanted;
    for (const auto& [name, value] : assignments) {
        Setting* setting = find(name);
        if (!setting) {
            return "ERR Unknown option or number of arguments for CONFIG SET - '" +
                   std::string(name) + "'";
        }
        if (!setting->can_change()) return set_failed(name, "can't set immutable config");
        if (std::ranges::count(wanted, setting) != 0) {
            return set_failed(name, "duplicate parameter");
        }
        wanted.push_back(setting);
    }

    const std::lock_guard lock(changing_);
    Arguments before;
    for (const Setting* setting : wanted) before.push_back(setting->text());
    const auto restore = [&] {
        for (std::size_t i = 0; i < wanted.size(); ++i) wanted[i]->assign(before[i]);
    };
    for (std::size_t i = 0; i < wanted.size(); ++i) {
        if (const Error error = wanted[i]->assign(assignments[i].second)) {
            restore();
            return set_failed(wanted[i]->name(), *error);
        }
    }
    std::vector<const Setting*> told;
    for (std::size_t i = 0; i < wanted.size(); ++i) {
        if (wanted[i]->text() == before[i]) continue;
        told.push_back(wanted[i]);
        if (const Error error = tell(*wanted[i])) {
            restore();
            for (const Setting* setting : told) tell(*setting);
            return set_failed(wanted[i]->name(), *error);
        }
    }
    return {};
}

Error Config::tell(const Setting& setting) const
{
    for (const auto& [of, listener] : listeners_) {
        if (of != &setting) continue;
        if (Error error = listener()) return error;
    }
    return {};
}

Error Config::rewrite() const
{
    if (file.empty()) return "ERR The server is running without a config file";
    if (const Error error = rewrite_file(*this, file))
        return "ERR Rewriting config file: " + *error;
    return {};
}

}  // namespace mini_redis::config
