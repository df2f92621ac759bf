// Printing arguments for people.
#include "server/dispatch/argument.hpp"

namespace mini_redis::dispatch {
namespace {

std::string join(const std::vector<Argument>& arguments, std::string_view separator);

// One occurrence, its token included, without the brackets of what is optional.
std::string body(const Argument& argument)
{
    std::string text;
    switch (argument.type) {
        case ArgumentType::pure_token: return std::string(argument.token);
        case ArgumentType::one_of: text = join(argument.children, " | "); break;
        case ArgumentType::block: text = join(argument.children, " "); break;
        default: text = argument.display.empty() ? argument.name : argument.display;
    }
    if (argument.type == ArgumentType::one_of && !argument.optional) text = "<" + text + ">";
    if (!argument.token.empty()) text = std::string(argument.token) + " " + text;
    return text;
}

std::string print(const Argument& argument)
{
    std::string text = body(argument);
    if (argument.multiple) text += " [" + body(argument) + " ...]";
    return argument.optional ? "[" + text + "]" : text;
}

std::string join(const std::vector<Argument>& arguments, std::string_view separator)
{
    std::string text;
    for (const Argument& argument : arguments) {
        if (!text.empty()) text += separator;
        text += print(argument);
    }
    return text;
}

}  // namespace

std::string_view to_string(ArgumentType type)
{
    switch (type) {
        case ArgumentType::string: return "string";
        case ArgumentType::integer: return "integer";
        case ArgumentType::real: return "double";
        case ArgumentType::key: return "key";
        case ArgumentType::pattern: return "pattern";
        case ArgumentType::unix_time: return "unix-time";
        case ArgumentType::pure_token: return "pure-token";
        case ArgumentType::one_of: return "oneof";
        case ArgumentType::block: return "block";
    }
    return "";
}

std::string usage(const std::vector<Argument>& arguments)
{
    return join(arguments, " ");
}

}  // namespace mini_redis::dispatch
