// The terminal is asked for single keys and for no echo, and gets back what it had.
#include "client/cli/password.hpp"

#include "client/cli/printer.hpp"

#include <iostream>
#include <termios.h>
#include <unistd.h>

namespace mini_redis::cli {
namespace {

class SingleKeys {
public:
    SingleKeys()
    {
        ::tcgetattr(STDIN_FILENO, &before_);
        termios now = before_;
        now.c_lflag &= ~static_cast<tcflag_t>(ECHO | ICANON | ISIG);
        ::tcsetattr(STDIN_FILENO, TCSADRAIN, &now);
    }
    ~SingleKeys() { ::tcsetattr(STDIN_FILENO, TCSADRAIN, &before_); }
    SingleKeys(const SingleKeys&) = delete;
    SingleKeys& operator=(const SingleKeys&) = delete;

private:
    termios before_{};
};

std::optional<std::string> read_masked()
{
    constexpr char ctrl_c = 3, ctrl_d = 4, backspace = 8, rubout = 127;
    const SingleKeys mode;
    std::string text;
    for (char key = 0; ::read(STDIN_FILENO, &key, 1) == 1;) {
        if (key == '\r' || key == '\n') return text;
        if (key == ctrl_c || (key == ctrl_d && text.empty())) return std::nullopt;
        if (key == backspace || key == rubout) {
            if (text.empty()) continue;
            text.pop_back();
            say("\b \b");
        } else {
            text += key;
            say("*");
        }
    }
    return std::nullopt;
}

}  // namespace

std::optional<std::string> ask_password(const std::string& prompt)
{
    if (::isatty(STDIN_FILENO) == 0) {
        std::string line;
        if (!std::getline(std::cin, line)) return std::nullopt;
        return line;
    }
    say(prompt);
    auto password = read_masked();
    say("\n");
    return password;
}

}  // namespace mini_redis::cli
