// The kernel knows the terminal, the C library knows the characters.
#include "client/cli/terminal_width.hpp"

#include <algorithm>
#include <cwchar>
#include <sys/ioctl.h>
#include <unistd.h>

namespace mini_redis::cli {
namespace {

winsize size()
{
    winsize found{};
    if (::ioctl(STDOUT_FILENO, TIOCGWINSZ, &found) != 0) return {};
    return found;
}

}  // namespace

int terminal_columns()
{
    return size().ws_col;
}

int terminal_rows()
{
    return size().ws_row;
}

int width_of(std::string_view text)
{
    int width = 0;
    std::mbstate_t state{};
    while (!text.empty()) {
        wchar_t character = 0;
        const auto length = std::mbrtowc(&character, text.data(), text.size(), &state);
        const bool known = length != 0 && length <= text.size();
        width += known ? std::max(::wcwidth(character), 0) : 1;
        if (!known) state = {};
        text.remove_prefix(known ? length : 1);
    }
    return width;
}

}  // namespace mini_redis::cli
