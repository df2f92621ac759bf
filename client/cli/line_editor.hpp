// Lines from a terminal, with editing, history, completion and hints; by libedit.
//
// libedit, because it is Debian's own, has been kept for decades, and its licence (BSD) goes with
// ours; readline's does not, and replxx and linenoise are not in Debian. It knows no hints, but it
// lets us read its keys: before each key is waited for the line stands on the screen, and that is
// when the hint is drawn behind it.
#pragma once

#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace mini_redis::cli {

class Interrupt;

class LineEditor {
public:
    // Both are asked with the line as it is typed.
    using Hint = std::function<std::string(std::string_view line)>;
    using Completions = std::function<std::vector<std::string>(std::string_view line)>;

    // An interrupt is as good as the key.
    LineEditor(Hint hint, Completions completions, const Interrupt& interrupt);
    ~LineEditor();
    LineEditor(const LineEditor&) = delete;
    LineEditor& operator=(const LineEditor&) = delete;

    // Nothing at the end of the input, and after Ctrl-C.
    std::optional<std::string> read(const std::string& prompt);
    // What the up key brings back.
    void remember(const std::string& line);

private:
    struct Terminal;
    std::unique_ptr<Terminal> terminal_;
};

}  // namespace mini_redis::cli
