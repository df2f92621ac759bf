// The same bytes many times over, as a pipeline of them.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace mini_redis::tests {

inline std::string repeat(std::string_view text, std::size_t times)
{
    std::string all;
    all.reserve(text.size() * times);
    while (times-- > 0) all += text;
    return all;
}

}  // namespace mini_redis::tests
