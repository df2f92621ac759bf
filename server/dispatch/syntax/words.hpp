// The leaves of a syntax: words converted to a field's type.
#pragma once

#include "protocol/number.hpp"
#include "server/dispatch/errors.hpp"
#include "server/dispatch/syntax/arguments.hpp"
#include "server/dispatch/syntax/node.hpp"

#include <concepts>
#include <cstdint>
#include <optional>
#include <string_view>

namespace mini_redis::dispatch {

inline bool convert(Word word, std::string_view& field, Arguments&)
{
    return field = word, true;
}

inline bool convert(Word word, std::int64_t& field, Arguments& in)
{
    const auto number = protocol::parse_integer(word);
    if (!number) return in.fail(errors::not_an_integer);
    return field = *number, true;
}

inline bool convert(Word word, double& field, Arguments& in)
{
    const auto number = protocol::parse_double(word);
    if (!number) return in.fail(errors::not_a_float);
    return field = *number, true;
}

template <class T>
bool convert(Word word, std::optional<T>& field, Arguments& in)
{
    return convert(word, field.emplace(), in);
}

template <class T>
constexpr ArgumentType type_of = std::same_as<T, std::string_view> ? ArgumentType::string
                                 : std::same_as<T, double>         ? ArgumentType::real
                                                                   : ArgumentType::integer;
template <class T>
constexpr ArgumentType type_of<std::optional<T>> = type_of<T>;

// One word, converted to the field's type.
template <class C, class T>
struct Arg : Node<Arg<C, T>> {
    T C::* field;
    ArgumentType type = type_of<T>;

    static constexpr Width width{1};
    constexpr Arg of_type(ArgumentType other) const
    {
        Arg copy = *this;
        copy.type = other;
        return copy;
    }
    bool parse(C& command, Arguments& in) const
    {
        // (The arity has been checked, but a node in front may have taken more than its least.)
        if (in.done()) return in.fail(errors::syntax);
        return convert(in.take(), command.*field, in);
    }
    Argument describe(int&) const { return this->described(type); }
};

template <class C, class T>
constexpr Arg<C, T> arg(std::string_view name, T C::* field)
{
    return {{.name_ = name}, field};
}

// A word that is only described, for a syntax that keeps its words unread.
struct Named : Node<Named> {
    ArgumentType type = ArgumentType::string;

    static constexpr Width width{1};
    Argument describe(int&) const { return this->described(type); }
};

constexpr Named word(std::string_view name, ArgumentType type = ArgumentType::string)
{
    return {{.name_ = name}, type};
}

// All words that are left, one at least.
template <class C>
struct Rest : Node<Rest<C>> {
    Words C::* field;
    ArgumentType type = ArgumentType::string;

    static constexpr Width width{1, false};
    constexpr Rest of_type(ArgumentType other) const
    {
        Rest copy = *this;
        copy.type = other;
        return copy;
    }
    bool parse(C& command, Arguments& in) const
    {
        return command.*field = in.take(in.left()), true;
    }
    Argument describe(int&) const
    {
        Argument argument = this->described(type);
        argument.multiple = true;
        return argument;
    }
};

template <class C>
constexpr Rest<C> rest(std::string_view name, Words C::* field)
{
    return {{.name_ = name}, field};
}

}  // namespace mini_redis::dispatch
