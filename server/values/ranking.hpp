// What a large sorted set consists of: a table by text, and a tree by score, of the same members.
//
// For each member 12 bytes beside its text, 10 to 15 bytes of slots in the table and 17 to 25 in
// the tree (redis-server: 45 in the skip list, 24 in the dictionary, 8 to 16 of slots, and the
// text's header). Both change or, where memory is short, none.
#pragma once

#include "server/values/score_tree.hpp"

#include <memory>

namespace mini_redis::values {

class Ranking {
public:
    // Throws std::bad_alloc.
    std::unique_ptr<Ranking> copy() const;

    std::size_t size() const { return members_.size(); }
    std::size_t weight() const { return members_.weight() + tree_.weight(); }

    // As of Members.
    void prefetch_slot(std::uint64_t hash) const { members_.prefetch_slot(hash); }
    void prefetch_entry(std::uint64_t hash) const { members_.prefetch_entry(hash); }

    const ScoredMember* find(std::string_view text) const { return members_.find(text); }
    // By score.
    const ScoreTree& tree() const { return tree_; }

    // Whether the member is new. Throws std::bad_alloc and then has changed nothing.
    bool set(std::string_view text, double score);
    bool erase(std::string_view text);
    void erase_at(std::size_t rank);

    // In the order of their scores.
    template <class Visit>
    void each(Visit&& visit) const
    {
        tree_.walk(0, size(), false, visit);
    }

    // As of Members.
    using Cursor = Members<ScoredMember>::Cursor;
    template <class Visit>
    Cursor scan(Cursor from, std::size_t count, Visit&& visit) const
    {
        return members_.scan(from, count, visit);
    }
    template <class Chance>
    const ScoredMember& draw(Chance&& chance) const
    {
        return members_.draw(chance);
    }

private:
    void remove(const ScoreTree::Item& item);

    Members<ScoredMember> members_;
    ScoreTree tree_;
};

}  // namespace mini_redis::values
