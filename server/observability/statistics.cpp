// Errors by name; bounded, because a client may choose the name.
#include "server/observability/statistics.hpp"

namespace mini_redis::observability {
namespace {

constexpr std::size_t error_names_max = 128;

}  // namespace

void Statistics::count_error(std::string_view code)
{
    error_replies.add();
    const std::lock_guard lock(mutex_);
    const auto found = errors_.find(std::string(code));
    if (found != errors_.end())
        ++found->second;
    else if (errors_.size() < error_names_max)
        errors_.emplace(code, 1);
}

std::map<std::string, std::uint64_t> Statistics::errors() const
{
    const std::lock_guard lock(mutex_);
    return errors_;
}

}  // namespace mini_redis::observability
