// Mass insertion: send and receive at the same time, as fast as both sides can, without looking at
// what is sent. How does one know that all replies are there? By an ECHO of a random text behind
// everything: when it comes back, nothing is missing.
#include "client/cli/modes.hpp"

#include <cerrno>
#include <chrono>
#include <cstring>
#include <random>
#include <unistd.h>

namespace mini_redis::cli {
namespace {

using Clock = std::chrono::steady_clock;
using Outcome = std::optional<int>;  // an exit code, once there is one

constexpr std::size_t chunk_bytes = 64 << 10;

std::string random_text()
{
    std::random_device random;
    std::string text(20, '\0');
    for (char& c : text) c = static_cast<char>(random() & 0xff);
    return text;
}

class Transfer {
public:
    Transfer(Link& link, int timeout_s) : link_(link), timeout_(timeout_s) {}

    int run()
    {
        while (!complete_) {
            if (const Outcome failed = step()) return *failed;
        }
        say("errors: " + std::to_string(errors_) + ", replies: " + std::to_string(replies_) + '\n');
        return errors_ == 0 ? 0 : 1;
    }

private:
    Outcome step()
    {
        if (const Outcome failed = load()) return failed;
        constexpr int tick_ms = 1000;
        const auto broken = link_.exchange(tick_ms);
        // What arrived before the link broke is counted, and may explain it.
        count_replies();
        if (broken && !complete_) {
            complain("Error reading replies from server\n");
            return 1;
        }
        if (input_ended_ && timeout_.count() > 0 && Clock::now() - last_reply_ > timeout_) {
            complain("No replies for " + std::to_string(timeout_.count()) + " seconds: exiting.\n");
            ++errors_;
            complete_ = true;
        }
        return std::nullopt;
    }

    // The next piece of the input, if the last one has left.
    Outcome load()
    {
        if (input_ended_ || link_.unsent() != 0) return std::nullopt;
        const auto got = ::read(STDIN_FILENO, chunk_, sizeof chunk_);
        if (got < 0) {
            if (errno == EINTR) return std::nullopt;
            complain(std::string("Error reading from stdin: ") + std::strerror(errno) + '\n');
            return 1;
        }
        if (got == 0) {
            end_input();
        } else {
            link_.append({chunk_, static_cast<std::size_t>(got)});
        }
        return std::nullopt;
    }

    void end_input()
    {
        input_ended_ = true;
        // The line end comes first, so that an input that was cut does not swallow the ECHO.
        link_.append("\r\n");
        link_.send({"ECHO", last_text_});
        say("All data transferred. Waiting for the last reply...\n");
        last_reply_ = Clock::now();
    }

    void count_replies()
    {
        protocol::Value reply;
        while (!complete_ && link_.next(reply)) {
            last_reply_ = Clock::now();
            if (reply.is_error()) {
                complain(reply.text + '\n');
                ++errors_;
            } else if (input_ended_ && reply.text == last_text_) {
                say("Last reply received from server.\n");
                complete_ = true;
                return;
            }
            ++replies_;
        }
    }

    Link& link_;
    std::chrono::seconds timeout_;
    const std::string last_text_ = random_text();
    char chunk_[chunk_bytes];
    bool input_ended_ = false;
    bool complete_ = false;
    Clock::time_point last_reply_ = Clock::now();
    long long errors_ = 0;
    long long replies_ = 0;
};

}  // namespace

int run_pipe_mode(const Options& options, Session& session)
{
    if (!session.connect()) return 1;
    return Transfer(session.link(), options.pipe_timeout_s).run();
}

}  // namespace mini_redis::cli
