// How what a person typed becomes the arguments of a setting.
#include "server/config/setting.hpp"

namespace mini_redis::config {

Error Setting::assign(std::string_view text)
{
    return store(is_list() ? split_at_spaces(text) : Arguments{std::string(text)});
}

Error Setting::assign(const Arguments& arguments)
{
    if (!is_list() && arguments.size() != 1) return "wrong number of arguments";
    return store(arguments);
}

}  // namespace mini_redis::config
