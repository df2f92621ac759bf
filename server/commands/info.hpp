// The sections of INFO, in the order in which they are told.
#pragma once

#include "server/commands/grammar.hpp"

#include <fmt/core.h>

namespace mini_redis::commands {

// "name:value" lines.
class InfoLines {
public:
    explicit InfoLines(std::string& out) : out_(out) {}

    template <class... Values>
    void add(fmt::format_string<Values...> format, Values&&... values)
    {
        out_ += fmt::format(format, std::forward<Values>(values)...);
        out_ += "\r\n";
    }

private:
    std::string& out_;
};

struct InfoSection {
    std::string_view name;
    std::string_view title;
    bool by_default;
    void (*write)(Context&, InfoLines&);
};

std::span<const InfoSection> info_sections();

}  // namespace mini_redis::commands
