// Chance from a seed. The same seed gives the same session on every machine and standard library,
// which std::uniform_int_distribution does not promise.
#pragma once

#include <cstdint>
#include <random>
#include <vector>

namespace mini_redis::tests {

class Dice {
public:
    explicit Dice(std::uint64_t seed) : engine_(seed) {}

    std::uint64_t below(std::uint64_t limit) { return engine_() % limit; }
    bool chance(unsigned percent) { return below(100) < percent; }

    template <class Element>
    const Element& pick(const std::vector<Element>& elements)
    {
        return elements[below(elements.size())];
    }

private:
    std::mt19937_64 engine_;
};

}  // namespace mini_redis::tests
