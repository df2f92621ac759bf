// The attempts are counted on a line of their own, which vanishes with success.
#include "client/cli/patient_question.hpp"

#include "client/cli/interrupt.hpp"

#include <chrono>

namespace mini_redis::cli {

protocol::Value ask_patiently(Session& session, const Words& words)
{
    constexpr char fresh_line[] = "\r\x1b[0K";
    constexpr std::chrono::seconds between_attempts{1};
    for (int attempt = 1;; ++attempt) {
        if (session.connected() || session.connect(true)) {
            if (auto reply = session.ask_quietly(words)) {
                if (attempt > 1) say(fresh_line);
                return std::move(*reply);
            }
            continue;
        }
        say(fresh_line + ("Reconnecting... " + std::to_string(attempt)) + '\r');
        pause(between_attempts, nullptr);
    }
}

}  // namespace mini_redis::cli
