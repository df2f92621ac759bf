// Errors by code; their number is bounded, because a client may choose the code.
#include "server/observability/statistics.hpp"

namespace mini_redis::observability {
namespace {

// Redis' rule: what has no short first word is an ordinary error.
std::string_view code_of(std::string_view text)
{
    constexpr std::size_t searched = 31;
    const std::size_t space = text.substr(0, searched).find(' ');
    return space == text.npos ? "ERR" : text.substr(0, space);
}

}  // namespace

void Statistics::count_error(std::string_view text)
{
    error_replies.add();
    const std::string_view code = code_of(text);
    const std::lock_guard lock(mutex_);
    const auto found = errors_.find(code);
    if (found != errors_.end())
        ++found->second;
    else if (errors_.size() < error_codes_max)
        errors_.emplace(code, 1);
}

std::map<std::string, std::uint64_t> Statistics::errors() const
{
    const std::lock_guard lock(mutex_);
    return {errors_.begin(), errors_.end()};
}

}  // namespace mini_redis::observability
