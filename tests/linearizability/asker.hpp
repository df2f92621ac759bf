// What a client asks at random: of few keys, so that clients meet, and with elements that are there
// once, so that each is known again. The same seed asks the same.
#pragma once

#include "tests/linearizability/history.hpp"
#include "tests/simulation/chance.hpp"

#include <string>
#include <utility>
#include <vector>

namespace mini_redis::tests {

class Asker;

struct Scenario {
    Asked (Asker::*next)();
    std::size_t counters;  // so many keys
    std::size_t lists;
};

class Asker {
public:
    // Neighbours are to have nothing in common.
    Asker(const Scenario& scenario, std::uint64_t seed, int number)
        : scenario_(scenario),
          chance_((seed * 64 + static_cast<std::uint64_t>(number)) * 0x9e3779b97f4a7c15),
          number_(number)
    {
    }

    // From here on it speaks of other keys.
    void begin(std::string prefix) { prefix_ = std::move(prefix); }
    Asked next() { return (this->*scenario_.next)(); }
    Chance& chance() { return chance_; }

    // All there is in the end.
    std::vector<Asked> everything() const
    {
        std::vector<Asked> all;
        for (std::size_t i = 0; i < scenario_.counters; ++i)
            all.push_back({{"GET", counter_key(i)}});
        for (std::size_t i = 0; i < scenario_.lists; ++i)
            all.push_back({{"LRANGE", list_key(i), "0", "-1"}});
        return all;
    }
    // What gives each who waits something.
    std::vector<Asked> an_element_for_each_list()
    {
        std::vector<Asked> all;
        for (std::size_t i = 0; i < scenario_.lists; ++i)
            all.push_back({{"RPUSH", list_key(i), element()}});
        return all;
    }

    // The scenarios.
    Asked of_counters() { return {of_a_counter()}; }
    Asked of_lists() { return {of_a_list()}; }
    Asked of_waits()
    {
        switch (chance_.below(11)) {
            case 0:
                return {{"BLMOVE", list(), list(), end(), end(), timeout()}};
            case 1:
                return {{"RPUSH", list(), element(), element()}};
            case 2:
                return {{"MULTI"},
                        {"RPUSH", list(), element()},
                        {"RPUSH", list(), element()},
                        {"EXEC"}};
            case 3:
            case 4:
            case 5:
                return {of_a_list()};
            default:
                return {{"BLPOP", list(), timeout()}};
        }
    }
    // Who has waited for several lists is given what came first, as by Redis 7.0, even if a
    // transaction has brought something to one it named earlier. A pop that does not wait is given
    // something else; so here no instant brings more than one element.
    Asked of_waits_for_several()
    {
        if (chance_.one_in(4)) return {{"BLPOP", list(), list(), timeout()}};
        if (chance_.one_in(8)) return {{"BLMOVE", list(), list(), end(), end(), timeout()}};
        return {of_a_list()};
    }
    Asked of_transactions()
    {
        if (chance_.one_in(3)) return {of_either()};
        Asked asked{{"MULTI"}};
        for (std::size_t count = chance_.between(2, 4); count > 0; --count)
            asked.push_back(of_either());
        asked.push_back({"EXEC"});
        return asked;
    }

private:
    std::string counter_key(std::size_t i) const { return prefix_ + "n" + std::to_string(i); }
    std::string list_key(std::size_t i) const { return prefix_ + "l" + std::to_string(i); }
    std::string counter() { return counter_key(chance_.below(scenario_.counters)); }
    std::string list() { return list_key(chance_.below(scenario_.lists)); }
    std::string end() { return chance_.one_in(2) ? "LEFT" : "RIGHT"; }
    std::string element() { return std::to_string(number_) + "-" + std::to_string(++elements_); }
    // The first client never waits for long: it is the one that ends what others wait for.
    std::string timeout()
    {
        static constexpr const char* timeouts[] = {"0.001", "0.004", "0"};
        return timeouts[chance_.below(number_ == 0 ? 2 : 3)];
    }

    Words of_a_counter()
    {
        if (chance_.one_in(3)) return {"GET", counter()};
        return {"INCR", counter()};
    }
    Words of_a_list()
    {
        switch (chance_.below(9)) {
            case 0:
            case 1:
            case 2:
                return {"LPOP", list()};
            case 3:
                return {"LRANGE", list(), "0", "-1"};
            case 4:
            case 5:
                return {"LMOVE", list(), list(), end(), end()};
            default:
                return {"RPUSH", list(), element()};
        }
    }
    Words of_either() { return chance_.one_in(2) ? of_a_counter() : of_a_list(); }

    Scenario scenario_;
    Chance chance_;
    int number_;
    std::string prefix_;
    int elements_ = 0;
};

inline constexpr Scenario counters_alone{&Asker::of_counters, 4, 0};
inline constexpr Scenario lists_alone{&Asker::of_lists, 0, 3};
inline constexpr Scenario lists_and_waits{&Asker::of_waits, 0, 3};
inline constexpr Scenario lists_and_waits_for_several{&Asker::of_waits_for_several, 0, 3};
inline constexpr Scenario transactions_of_both{&Asker::of_transactions, 2, 2};

}  // namespace mini_redis::tests
