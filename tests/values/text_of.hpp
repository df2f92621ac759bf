// An element's text, to keep.
#pragma once

#include "server/values/listpack.hpp"

#include <string>

namespace mini_redis::values {

inline std::string text_of(const Element& element)
{
    Element::Scratch scratch;
    return std::string(element.text(scratch));
}

}  // namespace mini_redis::values
