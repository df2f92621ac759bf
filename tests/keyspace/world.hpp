// A keyspace of one thread, at a moment that the test chooses, with everything that happened in it.
#pragma once

#include "server/keyspace/view.hpp"

#include <string>
#include <utility>
#include <vector>

namespace mini_redis::tests {

struct World : keyspace::Effects::Listener {
    World()
    {
        keyspace.effects.subscribe(*this);
        keyspace.effects.attend(true);
    }

    keyspace::View view(unsigned database = 0) { return {keyspace, local, locks, database, now}; }

    void happened(const keyspace::Effect& effect) override
    {
        events.push_back(std::string(to_string(effect.event)) + " " +
                         std::to_string(effect.database) + " " + std::string(effect.key));
    }
    std::vector<std::string> take_events() { return std::exchange(events, {}); }

    keyspace::Milliseconds now = 1'000'000'000;
    keyspace::Keyspace keyspace{3, keyspace::Keyspace::Use::by_one_thread};
    keyspace::Local local{1};
    keyspace::Locks locks{keyspace};
    std::vector<std::string> events;  // "set 0 key"
};

inline std::string text_of(const keyspace::Entry& entry)
{
    char scratch[24];
    return std::string(entry.text(scratch));
}

}  // namespace mini_redis::tests
