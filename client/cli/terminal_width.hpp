// How wide things are on a terminal, in columns.
#pragma once

#include <string_view>

namespace mini_redis::cli {

// Of the terminal behind the standard output; 0 if there is none.
int terminal_columns();
int terminal_rows();

// Of a text in the locale's encoding. What is no character counts as one column a byte.
int width_of(std::string_view text);

}  // namespace mini_redis::cli
