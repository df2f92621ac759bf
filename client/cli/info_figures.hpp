// What --stat shows of the text of INFO.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace mini_redis::cli {

class InfoFigures {
public:
    static constexpr std::string_view heading =
        "------- data ------ --------------------- load -------------------- - child -\n"
        "keys       mem      clients blocked requests            connections          \n";

    // `info` has to outlive this.
    explicit InfoFigures(std::string_view info) : info_(info) {}

    // With what was done since a former look, if there was one.
    std::string line(std::optional<std::int64_t> requests_before) const;
    std::int64_t requests() const { return number("total_commands_processed"); }

private:
    std::optional<std::int64_t> find(std::string_view field) const;
    std::int64_t number(std::string_view field) const { return find(field).value_or(0); }
    std::int64_t keys() const;
    std::string children() const;

    std::string_view info_;
};

// "100B", "1.50K", up to G.
std::string human_bytes(std::int64_t bytes);

}  // namespace mini_redis::cli
