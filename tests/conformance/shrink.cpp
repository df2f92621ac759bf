// Delta debugging: halves, quarters and so on, then one by one.
#include "tests/conformance/shrink.hpp"

#include "tests/conformance/scope.hpp"
#include "tests/support/frame.hpp"

#include <algorithm>
#include <utility>

namespace mini_redis::tests {
namespace {

using Index = std::ptrdiff_t;
using Clock = std::chrono::steady_clock;

class Shrinker {
public:
    Shrinker(Match& match, Finding finding, std::chrono::seconds patience)
        : match_(match), best_(std::move(finding)), deadline_(Clock::now() + patience)
    {
        best_.session.resize(best_.difference.step + 1);
    }

    Finding shrunk()
    {
        for (auto size = best_.session.size(); size > 0; size /= 2) drop_commands(size);
        drop_words();
        return std::move(best_);
    }

private:
    // Takes the candidate if the same command still differs.
    bool better(const Session& candidate)
    {
        if (candidate.empty() || Clock::now() > deadline_) return false;
        const auto difference = match_.play(candidate);
        if (!difference) return false;
        const auto& command = candidate[difference->step].command;
        if (command != best_.session.back().command) return false;
        best_ = {candidate, *difference};
        best_.session.resize(difference->step + 1);
        return true;
    }

    void drop_commands(std::size_t size)
    {
        for (std::size_t at = 0; at < best_.session.size();) {
            auto candidate = best_.session;
            const auto first = candidate.begin() + static_cast<Index>(at);
            candidate.erase(first,
                            first + static_cast<Index>(std::min(size, candidate.size() - at)));
            if (!better(candidate)) at += size;
        }
    }

    void drop_words()
    {
        for (std::size_t i = 0; i < best_.session.size(); ++i)
            for (auto at = best_.session[i].words.size() - 1; at > 0; --at) {
                auto candidate = best_.session;
                auto& words = candidate[i].words;
                words.erase(words.begin() + static_cast<Index>(at));
                candidate[i].rule = rule_of(words);
                if (better(candidate) && i >= best_.session.size()) return;
            }
    }

    Match& match_;
    Finding best_;
    Clock::time_point deadline_;
};

}  // namespace

Finding shrink(Match& match, Finding finding, std::chrono::seconds patience)
{
    const auto listener = std::exchange(match.on_reply, nullptr);
    auto result = Shrinker(match, std::move(finding), patience).shrunk();
    match.on_reply = listener;
    return result;
}

std::string report(const Finding& finding)
{
    std::string text;
    for (const auto& step : finding.session) text += "    " + as_typed(step.words) + '\n';
    return text + "  redis: " + shown(finding.difference.expected) +
           "\n  ours:  " + shown(finding.difference.actual) + '\n';
}

}  // namespace mini_redis::tests
