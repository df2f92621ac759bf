// Save the cursor, go to the end of the line, draw in grey, restore the cursor.
#include "client/cli/hint_painter.hpp"

#include "client/cli/printer.hpp"

namespace mini_redis::cli {
namespace {

constexpr char save[] = "\x1b\x37";
constexpr char restore[] = "\x1b\x38";
constexpr char erase_to_end[] = "\x1b[K";

std::string forward(int columns)
{
    return columns == 0 ? std::string() : "\x1b[" + std::to_string(columns) + 'C';
}

}  // namespace

HintPainter::HintPainter(const std::string& hint, Place place)
{
    const int room = place.columns - place.used;
    if (hint.empty() || room <= 1) return;
    // Syntax is ASCII, so that a byte is a column. The last one stays free, where terminals differ.
    const auto shown = hint.substr(0, static_cast<std::size_t>(room - 1));
    const std::string there = save + forward(place.behind_cursor);
    say(there + "\x1b[0;90;49m" + shown + "\x1b[0m" + restore);
    erase_ = there + erase_to_end + restore;
}

HintPainter::~HintPainter()
{
    if (!erase_.empty()) say(erase_);
}

}  // namespace mini_redis::cli
