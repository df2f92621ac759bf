// What INFO has said, field by field.
#pragma once

#include <string_view>
#include <vector>

namespace mini_redis::admin {

struct InfoField {
    std::string_view name;
    std::string_view value;
};

struct InfoPart {
    std::string_view title;
    std::vector<InfoField> fields;
};

// Views into `text`. What is neither "# Title" nor "name:value" is passed over.
std::vector<InfoPart> read_info(std::string_view text);

// One "name=value" of those that a value may consist of, commas between them; empty if it has none
// of that name.
std::string_view part_of(std::string_view value, std::string_view name);

}  // namespace mini_redis::admin
