// Descending, splitting what is full, and joining what is nearly empty.
#include "server/values/score_tree.hpp"

#include <concepts>

namespace mini_redis::values {

ScoreTree::~ScoreTree()
{
    if (root_) destroy(root_, height_);
}

void ScoreTree::destroy(void* node, unsigned height) noexcept
{
    if (height == 0) {
        delete static_cast<Leaf*>(node);
        return;
    }
    auto* inner = static_cast<Inner*>(node);
    for (std::uint32_t i = 0; i < inner->size(); ++i) destroy((*inner)[i].node, height - 1);
    delete inner;
}

ScoreTree::Step ScoreTree::step_to(Inner& parent, const Item& item)
{
    const auto begins_before = [&](const Child& child) { return !(item < child.first); };
    return {&parent, parent.count(begins_before, 1) - 1};
}

ScoreTree::Child ScoreTree::child_of(Leaf& leaf)
{
    return {leaf[0], &leaf, leaf.size()};
}

ScoreTree::Child ScoreTree::child_of(Inner& inner)
{
    std::uint32_t count = 0;
    for (std::uint32_t i = 0; i < inner.size(); ++i) count += inner[i].count;
    return {inner[0].first, &inner, count};
}

const ScoreTree::Item& ScoreTree::operator[](std::size_t rank) const
{
    const Spot spot = spot_of(rank);
    return (*spot.leaf)[spot.index];
}

ScoreTree::Spot ScoreTree::spot_of(std::size_t rank) const
{
    const void* node = root_;
    for (unsigned height = height_; height > 0; --height) {
        const auto& inner = *static_cast<const Inner*>(node);
        std::uint32_t index = 0;
        for (; rank >= inner[index].count; ++index) rank -= inner[index].count;
        node = inner[index].node;
    }
    return {static_cast<const Leaf*>(node), static_cast<std::uint32_t>(rank)};
}

// First all nodes that may fail to be made, each of which leaves a whole tree; then the item.
void ScoreTree::insert(const Item& item)
{
    Path path;
    Leaf& leaf = make_room(item, path);
    leaf.insert(leaf.count([&](const Item& other) { return other < item; }), item);
    for (unsigned i = 0; i < path.size; ++i) {
        Child& child = path.steps[i].child();
        ++child.count;
        if (item < child.first) child.first = item;
    }
    ++size_;
}

ScoreTree::Leaf& ScoreTree::make_room(const Item& item, Path& path)
{
    if (!root_) {
        root_ = new Leaf;
        nodes_ = 1;
    }
    const bool full = height_ == 0 ? static_cast<Leaf*>(root_)->size() == Leaf::max
                                   : static_cast<Inner*>(root_)->size() == Inner::max;
    if (full) raise();
    void* node = root_;
    for (unsigned height = height_; height > 0; --height) {
        Step step = step_to(*static_cast<Inner*>(node), item);
        height == 1 ? split_full<Leaf>(step, item) : split_full<Inner>(step, item);
        path.push(step);
        node = step.child().node;
    }
    return *static_cast<Leaf*>(node);
}

// Puts a root of one child above the root.
void ScoreTree::raise()
{
    auto* root = new Inner;
    root->insert(0, height_ == 0 ? child_of(*static_cast<Leaf*>(root_))
                                 : child_of(*static_cast<Inner*>(root_)));
    root_ = root;
    ++height_;
    ++nodes_;
}

// Splits the child if it is full, and steps to the half where the item belongs. Where it comes
// behind all the others of a leaf the leaf stays full: so do all of them in ascending order.
template <class Node>
void ScoreTree::split_full(Step& step, const Item& item)
{
    auto& full = *static_cast<Node*>(step.child().node);
    if (full.size() < Node::max) return;
    Inner& parent = *step.parent;
    auto& half = *new Node;
    ++nodes_;
    std::uint32_t given = Node::max / 2;
    if constexpr (std::same_as<Node, Leaf>) {
        if (step.index + 1 == parent.size() && full.last() < item) given = 1;
        link(full, half);
    }
    full.give_last(given, half);
    step.child() = child_of(full);
    parent.insert(step.index + 1, child_of(half));
    if (!(item < parent[step.index + 1].first)) ++step.index;
}

void ScoreTree::link(Leaf& leaf, Leaf& next)
{
    next.previous = &leaf;
    next.next = leaf.next;
    if (leaf.next) leaf.next->previous = &next;
    leaf.next = &next;
}

void ScoreTree::unlink(const Leaf& leaf) noexcept
{
    if (leaf.previous) leaf.previous->next = leaf.next;
    if (leaf.next) leaf.next->previous = leaf.previous;
}

void ScoreTree::erase(const Item& item) noexcept
{
    Path path;
    void* node = root_;
    for (unsigned height = height_; height > 0; --height) {
        path.push(step_to(*static_cast<Inner*>(node), item));
        node = path.steps[path.size - 1].child().node;
    }
    auto& leaf = *static_cast<Leaf*>(node);
    leaf.erase(leaf.count([&](const Item& other) { return other < item; }));
    --size_;
    for (unsigned i = path.size; i-- > 0;)
        i + 1 == path.size ? settle<Leaf>(path.steps[i]) : settle<Inner>(path.steps[i]);
    lower();
}

// Says anew what the child consists of, once it has enough. (But for a root there is a neighbour.)
template <class Node>
void ScoreTree::settle(const Step& step) noexcept
{
    Inner& parent = *step.parent;
    auto& node = *static_cast<Node*>(step.child().node);
    if (node.size() >= Node::max / 4 || parent.size() == 1) {
        step.child() = child_of(node);
        return;
    }
    const std::uint32_t index = step.index == 0 ? 0 : step.index - 1;
    auto& left = *static_cast<Node*>(parent[index].node);
    auto& right = *static_cast<Node*>(parent[index + 1].node);
    const std::uint32_t both = left.size() + right.size();
    if (both <= Node::max) {
        right.give_first(right.size(), left);
        if constexpr (std::same_as<Node, Leaf>) unlink(right);
        parent.erase(index + 1);
        delete &right;
        --nodes_;
    } else {
        if (left.size() > both / 2)
            left.give_last(left.size() - both / 2, right);
        else
            right.give_first(both / 2 - left.size(), left);
        parent[index + 1] = child_of(right);
    }
    parent[index] = child_of(left);
}

void ScoreTree::lower() noexcept
{
    while (height_ > 0 && static_cast<Inner*>(root_)->size() == 1) {
        auto* root = static_cast<Inner*>(root_);
        root_ = (*root)[0].node;
        delete root;
        --height_;
        --nodes_;
    }
}

}  // namespace mini_redis::values
