// A hint on the screen, behind the line that is being typed: drawn when made, gone when destroyed,
// and the cursor where it was.
#pragma once

#include <string>

namespace mini_redis::cli {

class HintPainter {
public:
    // Where it goes, in columns. A hint is cut at the edge of the screen, and a line that does not
    // fit into one row gets none.
    struct Place {
        int columns;        // of the terminal
        int used;           // by prompt and line
        int behind_cursor;  // of the line
    };

    HintPainter(const std::string& hint, Place place);
    ~HintPainter();
    HintPainter(const HintPainter&) = delete;
    HintPainter& operator=(const HintPainter&) = delete;

private:
    std::string erase_;
};

}  // namespace mini_redis::cli
