// Numbers as they lie in a block, at any address.
#pragma once

#include <cstring>

namespace mini_redis::values {

template <class T>
T load(const char* at)
{
    T value;
    std::memcpy(&value, at, sizeof value);
    return value;
}

template <class T>
void store(char* at, T value)
{
    std::memcpy(at, &value, sizeof value);
}

}  // namespace mini_redis::values
