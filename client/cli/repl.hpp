// A session by lines: typed at a terminal, with everything that makes typing pleasant, or piped in,
// with nothing of it.
#pragma once

#include "client/cli/command_docs.hpp"
#include "client/cli/history.hpp"
#include "client/cli/line_editor.hpp"
#include "client/cli/preferences.hpp"
#include "client/cli/session.hpp"

#include <memory>
#include <optional>
#include <string>

namespace mini_redis::cli {

class Repl {
public:
    // `interrupt` is the session's.
    Repl(Session& session, Interrupt& interrupt);

    // Until the input ends, or somebody has had enough. The session may be connected or not.
    void run();

private:
    enum class Then : std::uint8_t { next, leave };

    std::optional<std::string> read_line();
    Then serve(const std::string& line);
    Then obey(const Words& words, const std::string& line);
    bool is_ours(const Words& words);
    void run_command(const Words& words, long long repeat);
    void remember(const std::string& line);
    const CommandDocs& docs();

    Session& session_;
    Interrupt& interrupt_;
    HistoryFile history_;
    Preferences preferences_;
    std::unique_ptr<LineEditor> editor_;  // if there is a terminal
    CommandDocs docs_;
    std::optional<unsigned> docs_of_;  // the identity that was told them
    std::string last_line_;
};

// What the server has to say about its commands; nothing if it is not there or does not know.
CommandDocs fetch_docs(Session& session);

}  // namespace mini_redis::cli
