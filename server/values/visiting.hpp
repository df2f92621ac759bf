// How a visitor ends a walk: by returning false. One that returns nothing sees everything.
#pragma once

#include <type_traits>
#include <utility>

namespace mini_redis::values {

// Calls it. Whether the walk goes on.
template <class Visit, class... Args>
bool goes_on(Visit& visit, Args&&... args)
{
    if constexpr (std::is_void_v<std::invoke_result_t<Visit&, Args...>>) {
        visit(std::forward<Args>(args)...);
        return true;
    } else {
        return visit(std::forward<Args>(args)...);
    }
}

}  // namespace mini_redis::values
