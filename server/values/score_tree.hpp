// Members by score, and where scores are equal by text: a B-tree that counts.
//
//             [ first | child | count ] [ ... ]             inner: 31 children of 32 bytes
//                       /                  |
//   [ score | member ] [ ... ]  <->  [ ... ]                leaf: 62 members of 16 bytes
//
// An inner node knows of each child its first member and how many it holds. So a member's rank,
// the member of a rank and the end of a range are found in one descent, and a walk is sequential in
// memory. A leaf is 1,016 bytes, which allocators hand out as 1 KiB. With members in any order
// leaves are two thirds full: 25 bytes for each; in ascending order they are full: 17 bytes. (A
// skip list's node takes 45 on average, and a cache miss.)
//
// Nothing stalls: a full node is split in two, one that is less than a quarter full takes from its
// neighbour or becomes one with it. The tree owns no members; it reads those of equal scores.
#pragma once

#include "server/values/row.hpp"
#include "server/values/scored_member.hpp"

#include <array>
#include <cstddef>
#include <cstdint>

namespace mini_redis::values {

class ScoreTree {
public:
    class Item {
    public:
        Item() = default;
        Item(double score, const ScoredMember& member) : score_(score), member_(&member) {}

        double score() const { return score_; }
        std::string_view text() const { return member_->key(); }
        bool operator<(const Item& other) const
        {
            if (score_ != other.score_) return score_ < other.score_;
            return text() < other.text();
        }
        // visit(member, score)
        template <class Visit>
        bool show(Visit&& visit) const
        {
            return goes_on(visit, Element(text()), score_);
        }
        void prefetch() const { __builtin_prefetch(member_); }

    private:
        double score_;
        const ScoredMember* member_;
    };

    ScoreTree() = default;
    ~ScoreTree();
    ScoreTree(const ScoreTree&) = delete;
    ScoreTree& operator=(const ScoreTree&) = delete;

    std::size_t size() const { return size_; }
    std::size_t weight() const { return nodes_ * sizeof(Leaf); }

    // One that is not there. Throws std::bad_alloc and then has changed nothing that is seen.
    void insert(const Item& item);
    // One that is there.
    void erase(const Item& item) noexcept;

    // How many stand in front for which before(item) is true: from there on it is false.
    template <class Before>
    std::size_t count(Before&& before) const;

    // The one of a rank, which must be less than size().
    const Item& operator[](std::size_t rank) const;

    // Visits `count` items one after the other, from a rank on, to higher or to lower ones, or
    // until visit() returns false.
    template <class Visit>
    void walk(std::size_t rank, std::size_t count, bool backwards, Visit&& visit) const;

private:
    struct Leaf : Row<Item, 62> {
        Leaf* previous = nullptr;
        Leaf* next = nullptr;
    };
    struct Child {
        Item first;
        void* node;  // a leaf where the height of its parent is 1
        std::uint32_t count;
    };
    using Inner = Row<Child, 31>;

    // Where a descent came through, from the root on: 2^32 items make 9 steps at the most.
    struct Step {
        Inner* parent;
        std::uint32_t index;

        Child& child() const { return (*parent)[index]; }
    };
    struct Path {
        std::array<Step, 16> steps;
        unsigned size = 0;

        void push(const Step& step) { steps[size++] = step; }
    };

    struct Spot {
        const Leaf* leaf;
        std::uint32_t index;
    };
    Spot spot_of(std::size_t rank) const;

    static Step step_to(Inner& parent, const Item& item);
    static Child child_of(Leaf& leaf);
    static Child child_of(Inner& inner);

    Leaf& make_room(const Item& item, Path& path);
    void raise();
    template <class Node>
    void split_full(Step& step, const Item& item);
    static void link(Leaf& leaf, Leaf& next);

    template <class Node>
    void settle(const Step& step) noexcept;
    static void unlink(const Leaf& leaf) noexcept;
    void lower() noexcept;
    static void destroy(void* node, unsigned height) noexcept;

    void* root_ = nullptr;  // a leaf where the height is 0
    unsigned height_ = 0;
    std::size_t size_ = 0;
    std::size_t nodes_ = 0;
};

template <class Before>
std::size_t ScoreTree::count(Before&& before) const
{
    if (size_ == 0) return 0;
    std::size_t counted = 0;
    const void* node = root_;
    for (unsigned height = height_; height > 0; --height) {
        const auto& inner = *static_cast<const Inner*>(node);
        const auto begins_before = [&](const Child& child) { return before(child.first); };
        const std::uint32_t index = inner.count(begins_before, 1) - 1;
        for (std::uint32_t i = 0; i < index; ++i) counted += inner[i].count;
        node = inner[index].node;
    }
    return counted + static_cast<const Leaf*>(node)->count(before);
}

template <class Visit>
void ScoreTree::walk(std::size_t rank, std::size_t count, bool backwards, Visit&& visit) const
{
    constexpr std::uint32_t lookahead = 8;
    if (count == 0) return;
    auto [leaf, index] = spot_of(rank);
    for (;;) {
        // (What would be below zero is beyond the end, too.)
        const std::uint32_t soon = backwards ? index - lookahead : index + lookahead;
        if (soon < leaf->size()) (*leaf)[soon].prefetch();
        if (!goes_on(visit, (*leaf)[index]) || --count == 0) return;
        if (backwards && index-- == 0) {
            leaf = leaf->previous;
            index = leaf->size() - 1;
        } else if (!backwards && ++index == leaf->size()) {
            leaf = leaf->next;
            index = 0;
        }
    }
}

}  // namespace mini_redis::values
