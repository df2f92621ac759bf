// What all nodes of a syntax have in common: a width, a name, and what the manual says of them.
#pragma once

#include "server/dispatch/argument.hpp"

#include <cstdint>
#include <string>
#include <string_view>

namespace mini_redis::dispatch {

// How many words: at least `min`, and exactly that many if `fixed`.
struct Width {
    int min = 0;
    bool fixed = true;
};

constexpr Width operator+(Width a, Width b)
{
    return {a.min + b.min, a.fixed && b.fixed};
}

enum class Match : std::uint8_t { no, yes, failed };

// What every node can be told besides its own.
template <class Self>
struct Node {
    std::string_view name_ = {};
    std::string_view display_ = {};
    std::string_view since_ = {};
    std::string_view deprecated_since_ = {};

    constexpr Self since(std::string_view version) const { return with(&Node::since_, version); }
    constexpr Self deprecated(std::string_view version) const
    {
        return with(&Node::deprecated_since_, version);
    }
    constexpr Self display(std::string_view text) const { return with(&Node::display_, text); }
    constexpr Self named(std::string_view text) const { return with(&Node::name_, text); }

protected:
    template <class T>
    constexpr Self with(T Node::* member, T value) const
    {
        Self copy = static_cast<const Self&>(*this);
        copy.*member = value;
        return copy;
    }

    Argument described(ArgumentType type) const
    {
        return {.name = std::string(name_),
                .type = type,
                .display = display_,
                .since = since_,
                .deprecated_since = deprecated_since_};
    }
};

}  // namespace mini_redis::dispatch
