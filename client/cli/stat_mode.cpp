// Some figures of INFO in columns, with a heading every twenty lines.
#include "client/cli/info_figures.hpp"
#include "client/cli/modes.hpp"
#include "client/cli/patient_question.hpp"

namespace mini_redis::cli {

int run_stat_mode(const Options& options, Session& session)
{
    if (!session.connect()) return 1;
    constexpr int lines_per_heading = 20;
    const auto interval =
        options.interval.count() != 0 ? options.interval : std::chrono::microseconds(1'000'000);
    std::optional<std::int64_t> requests_before;
    for (int line = 0;; ++line) {
        const auto reply = ask_patiently(session, {"INFO"});
        if (reply.is_error()) {
            complain("ERROR: " + reply.text + '\n');
            return 1;
        }
        if (line % lines_per_heading == 0) say(InfoFigures::heading);
        const InfoFigures figures(reply.text);
        say(figures.line(requests_before));
        requests_before = figures.requests();
        pause(interval, nullptr);
    }
}

}  // namespace mini_redis::cli
