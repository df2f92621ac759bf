// What ZADD, ZINCRBY and GEOADD do: set the scores of members, under conditions.
#pragma once

#include "server/commands/sorted_sets.hpp"

#include <vector>

namespace mini_redis::commands {

struct ScoreAddition {
    struct Item {
        double score = 0;
        Word member;
    };

    bool only_new = false;
    bool only_old = false;
    bool only_greater = false;
    bool only_less = false;
    bool counts_changes = false;
    bool increments = false;
    std::vector<Item> items;

    static constexpr auto nx = token("NX", &ScoreAddition::only_new);
    static constexpr auto xx = token("XX", &ScoreAddition::only_old);
    static constexpr auto gt = token("GT", &ScoreAddition::only_greater);
    static constexpr auto lt = token("LT", &ScoreAddition::only_less);
    static constexpr auto ch = token("CH", &ScoreAddition::counts_changes);
    static constexpr auto incr = token("INCR", &ScoreAddition::increments);

    // Options, then scores and members in turn. False, and an error written, if they make no sense.
    bool read(Words words, Writer& reply);

    // Replies how many are new, or changed too; or the score that has been incremented.
    void run(Context& context, const Key& key, Writer& reply);

private:
    enum class Outcome : std::uint8_t { added, changed, same, refused, not_a_number };
    struct Counts {
        std::uint64_t added = 0;
        std::uint64_t changed = 0;
        bool refused = false;
    };

    std::string_view contradiction(std::size_t words) const;
    Outcome set(SortedSet& set, Item& item, const SortedSet::Limits& limits) const;
    std::optional<Counts> set_all(Context& context, const Key& key, Writer& reply);
};

}  // namespace mini_redis::commands
