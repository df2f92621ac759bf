// Config: the table with what CONFIG does to it.
//
// Values are read from the settings themselves, by any thread at any time. Changes are made here,
// one at a time; who must act on a change registers a listener before the threads start.
#pragma once

#include "server/config/directives.hpp"

#include <functional>
#include <mutex>
#include <span>
#include <type_traits>
#include <utility>

namespace mini_redis::config {

class Config : public Directives {
public:
    // A name and a value.
    using Assignment = std::pair<std::string_view, std::string_view>;

    // In the order of the table.
    std::span<Setting* const> settings() const { return table_.settings; }
    // By name in any letter case, or null.
    Setting* find(std::string_view name) const;

    // CONFIG GET: name and value of all settings that match one of the glob patterns, each once.
    // One that was asked for by its plain name is called as it was asked for.
    std::vector<std::pair<std::string, std::string>> get(
        std::span<const std::string_view> patterns) const;

    // CONFIG SET: all assignments or none, the listeners told. Returns the text of the error reply.
    Error set(std::span<const Assignment> assignments);

    // `listener` is called on the thread that changes the setting, after the change; it must not
    // change anything itself. It may return an Error, which takes the whole CONFIG SET back: then
    // the old value is restored and it is called again.
    template <class Listener>
    void on_change(const Setting& setting, Listener listener)
    {
        if constexpr (std::is_void_v<std::invoke_result_t<Listener&>>) {
            listeners_.emplace_back(&setting, [listener = std::move(listener)]() mutable {
                listener();
                return Error{};
            });
        } else {
            listeners_.emplace_back(&setting, std::move(listener));
        }
    }

    // CONFIG REWRITE: brings the file that was read at the start up to date. Returns the text of
    // the error reply.
    Error rewrite() const;

    // The file that was read at the start, as an absolute path; empty if none was.
    std::string file;

private:
    Error tell(const Setting& setting) const;

    std::mutex changing_;
    std::vector<std::pair<const Setting*, std::function<Error()>>> listeners_;
};

}  // namespace mini_redis::config
