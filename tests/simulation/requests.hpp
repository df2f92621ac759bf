// What simulated clients ask for: few keys and channels, so that they meet.
#pragma once

#include "tests/simulation/chance.hpp"
#include "tests/simulation/ledger.hpp"

#include <string>

namespace mini_redis::tests {

class Requests {
public:
    explicit Requests(Chance& chance) : chance_(chance) {}

    // `clients` have been there so far; `publisher`s seldom listen.
    RequestWords next(std::size_t clients, bool publisher)
    {
        const std::size_t kind = chance_.below(100);
        if (kind < 15) return {"SET", key(), value()};
        if (kind < 30) return {"GET", key()};
        if (kind < 45) return {"INCR", "n"};
        if (kind < 53) return {"PING", value()};
        if (kind < 75 && publisher) return {"PUBLISH", channel(), value()};
        if (kind < 95) return listening();
        if (kind < 96) return {"QUIT"};
        if (kind < 97) return {"CLIENT", "KILL", "ID", std::to_string(1 + chance_.below(clients))};
        if (kind < 99)
            return {"CLIENT", "PAUSE", std::to_string(chance_.between(1, 60)),
                    chance_.one_in(2) ? "ALL" : "WRITE"};
        return {"CLIENT", "UNPAUSE"};
    }

private:
    RequestWords listening()
    {
        switch (chance_.below(7)) {
            case 0:
            case 1:
                return {"SUBSCRIBE", channel()};
            case 2:
                return {"SUBSCRIBE", "c1", "d"};
            case 3:
            case 4:
                return {"UNSUBSCRIBE", channel()};
            case 5:
                return {"PSUBSCRIBE", "c*"};
            default:
                return {"PUNSUBSCRIBE", "c*"};
        }
    }
    std::string channel()
    {
        return std::string(chance_.one_in(3) ? "d" : chance_.one_in(2) ? "c1" : "c2");
    }
    std::string key() { return "k" + std::to_string(chance_.below(4)); }
    // No two are the same. A long one is shared by its readers, not copied.
    std::string value()
    {
        const std::size_t bytes =
            chance_.one_in(12) ? chance_.between(900, 1400) : chance_.below(9);
        return std::to_string(++values_) + "." + std::string(bytes, 'x');
    }

    Chance& chance_;
    std::size_t values_ = 0;
};

}  // namespace mini_redis::tests
