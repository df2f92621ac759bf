// Ann and Bob hear of each phase. Ann, told of the first one, asks for the second at once.
#include <algorithm>
#include <functional>
#include <utility>
#include <vector>

#include <gtest/gtest.h>

namespace {

struct Listened {
    int phase = 0;
    std::vector<std::function<void(int phase)>> listeners;
};

// Yours:
struct Phases : Listened {
    void enter(int wanted)
    {
        while (phase < wanted) {
            ++phase;
            for (const auto& tell : listeners) tell(phase);
        }
    }
};

// The test:
TEST(AWish, EverybodyHearsOfOnePhaseAfterTheOther)
{
    using Heard = std::vector<std::pair<char, int>>;
    Heard heard;
    Phases phases;
    phases.listeners.push_back([&](int phase) {
        heard.emplace_back('A', phase);
        if (phase != 1) return;
        phases.enter(2);
        phases.enter(1);  // is fulfilled
    });
    phases.listeners.push_back([&](int phase) { heard.emplace_back('B', phase); });
    phases.enter(1);
    EXPECT_EQ(heard, (Heard{{'A', 1}, {'B', 1}, {'A', 2}, {'B', 2}}))
        << "Bob hears of the second phase first, or of one not at all";
    EXPECT_EQ(phases.phase, 2) << "entered, when enter() has returned";
    phases.enter(3);
    EXPECT_EQ(heard.size(), 6) << "of a later phase they hear, too";
    phases.enter(1);
    EXPECT_EQ(phases.phase, 3) << "never back";
}

}  // namespace
