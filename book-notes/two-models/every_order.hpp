// A world in which several act, tried in every order of their steps.
//
// step(who) takes the next step of one of its `actors`, and is false if that one has ended or has
// to wait. The world has ended() when all of them have, and then its counter has to be two.
#pragma once

#include <vector>

namespace two_models {

struct Verdict {
    int ended = 0, wrong = 0, stuck = 0;
};

// Goes on behind `order` in every way there is, each time from the beginning.
template <class World>
void explore(Verdict& verdict, std::vector<int> order = {})
{
    bool over = true;
    for (int who = 0; who < World::actors; ++who) {
        World world;
        for (const int each : order) world.step(each);
        if (!world.step(who)) continue;
        order.push_back(who);
        explore<World>(verdict, order);
        order.pop_back();
        over = false;
    }
    if (!over) return;
    World last;
    for (const int each : order) last.step(each);
    ++(last.ended() ? verdict.ended : verdict.stuck);
    verdict.wrong += last.ended() && last.counter != 2 ? 1 : 0;
}

}  // namespace two_models
