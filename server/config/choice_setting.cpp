// How choices are spelt and refused. Letter case does not matter.
#include "server/config/choice_setting.hpp"

#include "protocol/text.hpp"

namespace mini_redis::config {

Error BooleanSetting::store(const Arguments& arguments)
{
    const bool yes = protocol::equal_ignoring_case(arguments[0], "yes");
    if (!yes && !protocol::equal_ignoring_case(arguments[0], "no")) {
        return "argument must be 'yes' or 'no'";
    }
    value_.store(yes, std::memory_order_relaxed);
    return {};
}

std::string ChoiceSetting::values() const
{
    return '`' + join(Arguments(names_.begin(), names_.end()), "`, `") + '`';
}

Error ChoiceSetting::store(const Arguments& arguments)
{
    for (std::size_t i = 0; i < names_.size(); ++i) {
        if (!protocol::equal_ignoring_case(arguments[0], names_[i])) continue;
        index_.store(i, std::memory_order_relaxed);
        return {};
    }
    return "argument(s) must be one of the following: " +
           join(Arguments(names_.begin(), names_.end()), ", ");
}

}  // namespace mini_redis::config
