// The words that stand for themselves: NX, or EX and what follows it.
#pragma once

#include "server/dispatch/syntax/arguments.hpp"
#include "server/dispatch/syntax/node.hpp"

#include <algorithm>
#include <string_view>
#include <type_traits>

namespace mini_redis::dispatch {

template <class C, class T>
struct Token : Node<Token<C, T>> {
    std::string_view token;
    T C::* field;
    std::type_identity_t<T> value;

    static constexpr Width width{1};
    Match match(C& command, Arguments& in, int&) const
    {
        if (!in.take_token(token)) return Match::no;
        command.*field = value;
        return Match::yes;
    }
    Argument describe(int&) const
    {
        Argument argument = this->described(ArgumentType::pure_token);
        if (argument.name.empty())
            std::ranges::transform(token, std::back_inserter(argument.name), protocol::to_lower);
        argument.token = token;
        return argument;
    }
};

template <class C>
constexpr Token<C, bool> token(std::string_view text, bool C::* field)
{
    return {{}, text, field, true};
}

template <class C, class T>
constexpr Token<C, T> token(std::string_view text, T C::* field, std::type_identity_t<T> value)
{
    return {{}, text, field, value};
}

// A token with what follows it: `EX seconds`.
template <class Inner>
struct TokenArg : Node<TokenArg<Inner>> {
    std::string_view token;
    Inner inner;

    static constexpr Width width{1 + Inner::width.min, Inner::width.fixed};
    template <class C>
    Match match(C& command, Arguments& in, int&) const
    {
        Arguments ahead = in;
        if (!ahead.take_token(token)) return Match::no;
        if (static_cast<int>(ahead.left()) < Inner::width.min) return Match::no;
        in = ahead;
        return parse_one(inner, command, in) ? Match::yes : Match::failed;
    }
    Argument describe(int& key_spec) const
    {
        Argument argument = inner.describe(key_spec);
        argument.token = token;
        if (!this->name_.empty()) argument.name = this->name_;
        if (!this->since_.empty()) argument.since = this->since_;
        return argument;
    }
};

template <class Inner>
constexpr TokenArg<Inner> token_arg(std::string_view text, Inner inner)
{
    return {{}, text, inner};
}

}  // namespace mini_redis::dispatch
