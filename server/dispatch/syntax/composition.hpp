// How nodes are put together: in sequence, as blocks, alternatives and options.
#pragma once

#include "server/dispatch/errors.hpp"
#include "server/dispatch/spec.hpp"
#include "server/dispatch/syntax/arguments.hpp"
#include "server/dispatch/syntax/node.hpp"

#include <algorithm>
#include <array>
#include <string_view>
#include <tuple>
#include <type_traits>
#include <utility>
#include <vector>

namespace mini_redis::dispatch {

template <class... Nodes>
constexpr Width sum(const std::tuple<Nodes...>*)
{
    return (Width{} + ... + Nodes::width);
}

// Of which there is one: fixed if they all are, at the same width.
template <class... Nodes>
constexpr Width any_of(const std::tuple<Nodes...>*)
{
    constexpr int min = std::min({Nodes::width.min...});
    return {min, ((Nodes::width.fixed && Nodes::width.min == min) && ...)};
}

template <class... Nodes>
std::vector<Argument> describe_all(const std::tuple<Nodes...>& nodes, int& key_spec)
{
    std::vector<Argument> all;
    const auto add = [&](const auto& node) {
        if constexpr (requires { node.describe_into(all, key_spec); })
            node.describe_into(all, key_spec);
        else
            all.push_back(node.describe(key_spec));
    };
    std::apply([&](const auto&... node) { (add(node), ...); }, nodes);
    return all;
}

template <class C, class NodeType>
bool parse_one(const NodeType& node, C& command, Arguments& in)
{
    if constexpr (requires { node.parse(command, in); }) {
        return node.parse(command, in);
    } else {
        int chosen = -1;
        const Match match = node.match(command, in, chosen);
        return match == Match::yes || (match == Match::no && in.fail(errors::syntax));
    }
}

// One after the other, all of them.
template <class... Nodes>
struct Block : Node<Block<Nodes...>> {
    std::tuple<Nodes...> nodes;

    static constexpr Width width = sum(static_cast<std::tuple<Nodes...>*>(nullptr));
    template <class C>
    bool parse(C& command, Arguments& in) const
    {
        if (static_cast<int>(in.left()) < width.min) return in.fail(errors::syntax);
        return std::apply(
            [&](const auto&... node) { return (parse_one(node, command, in) && ...); }, nodes);
    }
    Argument describe(int& key_spec) const
    {
        Argument argument = this->described(ArgumentType::block);
        argument.children = describe_all(nodes, key_spec);
        return argument;
    }
};

template <class... Nodes>
constexpr Block<Nodes...> block(std::string_view name, Nodes... nodes)
{
    return {{.name_ = name}, {nodes...}};
}

// There or not. A token decides by itself; anything else is there if words are left.
template <class Inner>
struct Optional : Node<Optional<Inner>> {
    Inner inner;

    static constexpr Width width{0, false};
    template <class C>
    bool parse(C& command, Arguments& in) const
    {
        if (in.done()) return true;
        if constexpr (requires { inner.parse(command, in); }) {
            return inner.parse(command, in);
        } else {
            int chosen = -1;
            return inner.match(command, in, chosen) != Match::failed;
        }
    }
    Argument describe(int& key_spec) const
    {
        Argument argument = inner.describe(key_spec);
        argument.optional = true;
        return argument;
    }
};

template <class Inner>
constexpr Optional<Inner> optional(Inner inner)
{
    return {{}, inner};
}

// The same at the end of a command: words too many are found before this one is read.
template <class Inner>
struct OptionalLast : Optional<Inner> {
    std::string_view too_many;

    template <class C>
    bool parse(C& command, Arguments& in) const
    {
        if (static_cast<int>(in.left()) > Inner::width.min) return in.fail(too_many);
        return Optional<Inner>::parse(command, in);
    }
};

template <class Inner>
constexpr OptionalLast<Inner> optional_last(Inner inner, std::string_view too_many = errors::syntax)
{
    return {{{}, inner}, too_many};
}

// Exactly one of several; naming two different ones is a syntax error.
template <class... Nodes>
struct OneOf : Node<OneOf<Nodes...>> {
    std::tuple<Nodes...> nodes;

    static constexpr Width width = any_of(static_cast<std::tuple<Nodes...>*>(nullptr));
    template <class C>
    Match match(C& command, Arguments& in, int& chosen) const
    {
        int index = 0;
        Match result = Match::no;
        const auto attempt = [&](const auto& node) {
            int ignored = -1;
            result = node.match(command, in, ignored);
            if (result == Match::yes && chosen != -1 && chosen != index) {
                in.fail(errors::syntax);
                result = Match::failed;
            }
            if (result == Match::yes) chosen = index;
            ++index;
            return result != Match::no;
        };
        std::apply([&](const auto&... node) { (void)(attempt(node) || ...); }, nodes);
        return result;
    }
    Argument describe(int& key_spec) const
    {
        Argument argument = this->described(ArgumentType::one_of);
        argument.children = describe_all(nodes, key_spec);
        return argument;
    }
};

template <class... Nodes>
constexpr OneOf<Nodes...> one_of(std::string_view name, Nodes... nodes)
{
    return {{.name_ = name}, {nodes...}};
}

// Any of them, in any order, as often as wanted; the last word on each counts.
template <class... Nodes>
struct Options {
    std::tuple<Nodes...> nodes;

    static constexpr Width width{0, false};
    template <class C>
    bool parse(C& command, Arguments& in) const
    {
        std::array<int, sizeof...(Nodes)> chosen;
        chosen.fill(-1);
        while (!in.done()) {
            Match result = Match::no;
            std::size_t index = 0;
            const auto attempt = [&](const auto& node) {
                result = node.match(command, in, chosen[index++]);
                return result != Match::no;
            };
            std::apply([&](const auto&... node) { (void)(attempt(node) || ...); }, nodes);
            if (result == Match::failed) return false;
            if (result == Match::no) return true;
        }
        return true;
    }
    void describe_into(std::vector<Argument>& all, int& key_spec) const
    {
        for (Argument& argument : describe_all(nodes, key_spec)) {
            argument.optional = true;
            all.push_back(std::move(argument));
        }
    }
};

template <class... Nodes>
constexpr Options<Nodes...> options(Nodes... nodes)
{
    return {{nodes...}};
}

// A grammar of its own kind: `parse` reads its words, `Min` at least, the nodes describe them.
template <int Min, class C, class... Nodes>
struct Custom {
    bool (*parse_words)(C&, Arguments&);
    std::tuple<Nodes...> nodes;

    static constexpr Width width{Min, false};
    bool parse(C& command, Arguments& in) const { return parse_words(command, in); }
    void describe_into(std::vector<Argument>& all, int& key_spec) const
    {
        for (Argument& argument : describe_all(nodes, key_spec)) all.push_back(std::move(argument));
    }
};

template <int Min = 0, class C, class... Nodes>
constexpr Custom<Min, C, Nodes...> custom(bool (*parse)(C&, Arguments&), Nodes... nodes)
{
    return {parse, {nodes...}};
}

// What Redis reads in an order of its own: the words, `Min` at least, are kept for run(), the nodes
// describe them.
template <int Min, class C, class... Nodes>
struct Unread {
    Words C::* field;
    std::tuple<Nodes...> nodes;

    static constexpr Width width{Min, false};
    bool parse(C& command, Arguments& in) const
    {
        return command.*field = in.take(in.left()), true;
    }
    void describe_into(std::vector<Argument>& all, int& key_spec) const
    {
        for (Argument& argument : describe_all(nodes, key_spec)) all.push_back(std::move(argument));
    }
};

template <int Min = 0, class C, class... Nodes>
constexpr Unread<Min, C, Nodes...> unread(Words C::* field, Nodes... nodes)
{
    return {field, {nodes...}};
}

// What is only described too: it may come again and again.
template <class Inner>
struct Repeated {
    Inner inner;
    bool token_too = false;

    static constexpr Width width{Inner::width.min, false};
    constexpr Repeated with_token() const { return {inner, true}; }
    Argument describe(int& key_spec) const
    {
        Argument argument = inner.describe(key_spec);
        argument.multiple = true;
        argument.multiple_token = token_too;
        return argument;
    }
};

template <class Inner>
constexpr Repeated<Inner> repeated(Inner inner)
{
    return {inner};
}

// What the manual says of words that are read by hand.
struct Manual {
    Argument (*argument)();

    static constexpr Width width{0, false};
    Argument describe(int&) const { return argument(); }
};

template <class NodeType>
concept has_keys = requires(const NodeType& node) { node.key_spec(1); };

// The whole of a command: nothing may be left over.
template <class... Nodes>
struct Sequence {
    std::tuple<Nodes...> nodes;

    static constexpr Width width = sum(static_cast<std::tuple<Nodes...>*>(nullptr));
    static constexpr std::size_t key_spec_count =
        (std::size_t{0} + ... + (has_keys<Nodes> ? 1 : 0));

    template <class C>
    bool parse(C& command, Arguments& in) const
    {
        if (!std::apply([&](const auto&... node) { return (parse_one(node, command, in) && ...); },
                        nodes))
            return false;
        return in.done() || in.fail(errors::syntax);
    }

    std::vector<Argument> describe() const
    {
        int key_spec = 0;
        return describe_all(nodes, key_spec);
    }

    // Where the keys stand, if the words before the command's arguments are `first`.
    constexpr std::array<KeySpec, key_spec_count> key_specs(int first) const
    {
        std::array<KeySpec, key_spec_count> specs{};
        std::size_t next = 0;
        int position = first;
        const auto visit = [&](const auto& node) {
            if constexpr (has_keys<std::remove_cvref_t<decltype(node)>>)
                specs[next++] = node.key_spec(position);
            position += node.width.min;
        };
        std::apply([&](const auto&... node) { (visit(node), ...); }, nodes);
        return specs;
    }
};

template <class... Nodes>
constexpr Sequence<Nodes...> sequence(Nodes... nodes)
{
    return {{nodes...}};
}

}  // namespace mini_redis::dispatch
