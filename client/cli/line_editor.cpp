// Three callbacks of libedit do the work: the prompt, the reading of a key (and the hint before
// it), and the tabulator key.
#include "client/cli/line_editor.hpp"

#include "client/cli/hint_painter.hpp"
#include "client/cli/history.hpp"
#include "client/cli/interrupt.hpp"
#include "client/cli/terminal_width.hpp"

#include <cerrno>
#include <cstdio>
#include <histedit.h>
#include <poll.h>
#include <unistd.h>
#include <utility>

namespace mini_redis::cli {
namespace {

constexpr char ctrl_c = 3;

enum class Event : unsigned char { none, key, interrupt };

Event wait_for_key(const Interrupt& interrupt, int timeout_ms)
{
    pollfd awaited[] = {{STDIN_FILENO, POLLIN, 0}, {interrupt.descriptor(), POLLIN, 0}};
    int count = 0;
    do {
        count = ::poll(awaited, 2, timeout_ms);
    } while (count < 0 && errno == EINTR);
    if (count <= 0) return Event::none;
    return awaited[1].revents != 0 ? Event::interrupt : Event::key;
}

}  // namespace

struct LineEditor::Terminal {
    Hint hint;
    Completions completions;
    const Interrupt& interrupt;
    std::string prompt{};
    EditLine* edit = nullptr;
    History* history = nullptr;
    // The tabulator key goes round: the candidates, then the line as it was typed.
    std::vector<std::string> candidates{};
    std::size_t candidate = 0;
    bool interrupted = false;

    static Terminal& of(EditLine* edit)
    {
        void* self = nullptr;
        el_get(edit, EL_CLIENTDATA, &self);
        return *static_cast<Terminal*>(self);
    }

    std::string_view line() const
    {
        const LineInfo* info = el_line(edit);
        return {info->buffer, static_cast<std::size_t>(info->lastchar - info->buffer)};
    }
    std::string_view line_to_cursor() const
    {
        const LineInfo* info = el_line(edit);
        return {info->buffer, static_cast<std::size_t>(info->cursor - info->buffer)};
    }

    static char* say_prompt(EditLine* edit) { return of(edit).prompt.data(); }
    static int read_key(EditLine* edit, wchar_t* key);
    static unsigned char complete(EditLine* edit, wint_t key);
    void replace_line(const std::string& line);
};

// One key, which may be several bytes; and the hint for as long as nothing is typed.
int LineEditor::Terminal::read_key(EditLine* edit, wchar_t* key)
{
    Terminal& self = of(edit);
    const bool idle = wait_for_key(self.interrupt, 0) == Event::none;
    if (idle && terminal_columns() != 0) el_resize(edit);
    const HintPainter painter(idle ? self.hint(self.line()) : std::string(),
                              {terminal_columns(), width_of(self.prompt) + width_of(self.line()),
                               width_of(self.line().substr(self.line_to_cursor().size()))});
    std::mbstate_t state{};
    for (;;) {
        char byte = 0;
        // While a command ran Ctrl-C was a signal, not a key; and others can send one at any time.
        if (wait_for_key(self.interrupt, -1) == Event::interrupt) {
            byte = ctrl_c;
        } else if (const auto got = ::read(STDIN_FILENO, &byte, 1); got <= 0) {
            return static_cast<int>(got);
        }
        if (byte == ctrl_c) {
            self.interrupted = true;
            return 0;
        }
        const auto length = std::mbrtowc(key, &byte, 1, &state);
        if (length == static_cast<std::size_t>(-2)) continue;
        // What is no character of this locale is taken as the byte that it is.
        if (length == static_cast<std::size_t>(-1)) *key = static_cast<unsigned char>(byte);
        return 1;
    }
}

unsigned char LineEditor::Terminal::complete(EditLine* edit, wint_t)
{
    Terminal& self = of(edit);
    const std::string line(self.line());
    const bool going_round = !self.candidates.empty() && self.candidates[self.candidate] == line;
    if (going_round) {
        self.candidate = (self.candidate + 1) % self.candidates.size();
    } else {
        self.candidates = self.completions(line);
        if (self.candidates.empty()) return CC_REFRESH_BEEP;
        self.candidates.push_back(line);
        self.candidate = 0;
    }
    self.replace_line(self.candidates[self.candidate]);
    return CC_REFRESH;
}

void LineEditor::Terminal::replace_line(const std::string& line)
{
    el_cursor(edit, static_cast<int>(this->line().size() - line_to_cursor().size()));
    el_deletestr(edit, static_cast<int>(this->line().size()));
    el_insertstr(edit, line.c_str());
}

LineEditor::LineEditor(Hint hint, Completions completions, const Interrupt& interrupt)
    : terminal_(new Terminal{std::move(hint), std::move(completions), interrupt})
{
    Terminal& terminal = *terminal_;
    terminal.history = history_init();
    HistEvent event;
    history(terminal.history, &event, H_SETSIZE, static_cast<int>(HistoryFile::lines_max));
    history(terminal.history, &event, H_SETUNIQUE, 1);

    EditLine* edit = terminal.edit = el_init("mini-redis-cli", stdin, stdout, stderr);
    el_set(edit, EL_CLIENTDATA, &terminal);
    el_set(edit, EL_PROMPT, &Terminal::say_prompt);
    el_set(edit, EL_EDITOR, "emacs");
    el_set(edit, EL_HIST, ::history, terminal.history);
    // Ctrl-C and Ctrl-Z are keys while a line is edited, and signals while a command runs.
    el_set(edit, EL_SETTY, "-d", "-isig", nullptr);
    // In wide characters, since el_set() would copy the texts and forget them.
    el_wset(edit, EL_ADDFN, L"complete", L"Goes round what the line may become",
            &Terminal::complete);
    el_set(edit, EL_BIND, "^I", "complete", nullptr);
    el_set(edit, EL_BIND, "^R", "em-inc-search-prev", nullptr);
    el_source(edit, nullptr);
    el_set(edit, EL_GETCFN, &Terminal::read_key);
}

LineEditor::~LineEditor()
{
    el_end(terminal_->edit);
    history_end(terminal_->history);
}

std::optional<std::string> LineEditor::read(const std::string& prompt)
{
    terminal_->prompt = prompt;
    terminal_->candidates.clear();
    terminal_->interrupted = false;
    // libedit would show the prompt first, and what is typed right then would be no key yet.
    el_set(terminal_->edit, EL_PREP_TERM, 1);
    int length = 0;
    const char* const line = el_gets(terminal_->edit, &length);
    if (line == nullptr || terminal_->interrupted) return std::nullopt;
    std::string text(line, static_cast<std::size_t>(length));
    while (text.ends_with('\n') || text.ends_with('\r')) text.pop_back();
    return text;
}

void LineEditor::remember(const std::string& line)
{
    HistEvent event;
    history(terminal_->history, &event, H_ENTER, line.c_str());
}

}  // namespace mini_redis::cli
