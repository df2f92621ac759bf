// A PING every ten milliseconds, and how long the answer took.
#include "client/cli/latency_figures.hpp"
#include "client/cli/modes.hpp"
#include "client/cli/patient_question.hpp"

#include <cstdio>

namespace mini_redis::cli {
namespace {

using Clock = std::chrono::steady_clock;
using std::chrono::milliseconds;

constexpr milliseconds between_samples{10};
constexpr milliseconds default_interval{1000};
constexpr milliseconds default_history_interval{15000};

std::string range(Clock::duration since)
{
    char text[48];
    std::snprintf(text, sizeof text, " -- %.2f seconds range\n",
                  std::chrono::duration<double>(since).count());
    return text;
}

}  // namespace

int run_latency_mode(const Options& options, Session& session)
{
    if (!session.connect()) return 1;
    const bool history = options.mode == Mode::latency_history;
    const bool for_people = options.style.form == Form::people;
    const auto given = std::chrono::duration_cast<milliseconds>(options.interval);
    const auto interval = given.count() != 0 ? given
                          : history          ? default_history_interval
                                             : default_interval;

    auto began = Clock::now();
    LatencyFigures figures;
    for (;;) {
        const auto asked = Clock::now();
        ask_patiently(session, {"PING"});
        figures.add(std::chrono::duration_cast<milliseconds>(Clock::now() - asked));
        const auto since = Clock::now() - began;
        if (for_people) {
            say("\x1b[0G\x1b[2K" + figures.text(options.style.form));
        } else if (history) {
            say(figures.text(options.style.form));
        } else if (since > interval) {
            say(figures.text(options.style.form));
            return 0;
        }
        if (history && since > interval) {
            say(range(since));
            figures = {};
            began = Clock::now();
        }
        pause(between_samples, nullptr);
    }
}

}  // namespace mini_redis::cli
