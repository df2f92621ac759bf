// A command's argument as COMMAND DOCS describes it. What a syntax says of itself.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace mini_redis::dispatch {

enum class ArgumentType : std::uint8_t {
    string,
    integer,
    real,  // "double"
    key,
    pattern,
    unix_time,
    pure_token,
    one_of,
    block,
};

std::string_view to_string(ArgumentType type);

struct Argument {
    std::string name = {};
    ArgumentType type = ArgumentType::string;
    std::string_view display = {};  // what to print instead of the name
    std::string_view token = {};
    std::string_view since = {};
    std::string_view deprecated_since = {};
    int key_spec = -1;
    bool optional = false;
    bool multiple = false;
    bool multiple_token = false;
    std::vector<Argument> children = {};
};

// As a manual prints it: `key [EX seconds | PX milliseconds] [member ...]`.
std::string usage(const std::vector<Argument>& arguments);

}  // namespace mini_redis::dispatch
