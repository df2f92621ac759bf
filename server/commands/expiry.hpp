// EX, PX, EXAT, PXAT and the lack of them: what a command does to a key's expiry besides its work.
//
// The word is kept as it came and read when the command runs, because Redis looks for errors of
// syntax in all words before it looks at a number.
#pragma once

#include "server/commands/grammar.hpp"

#include <optional>
#include <string_view>

namespace mini_redis::commands {

struct Expiry {
    // In `keep` and `drop` there is no word.
    enum class Form : std::uint8_t { ex, px, exat, pxat, keep, drop };

    Form form = Form::keep;
    Word word = {};

    // Nothing, and an error written, if the word is no moment to come. An absolute moment may have
    // passed.
    std::optional<Ttl> ttl(Milliseconds now, std::string_view command, Writer& reply) const
    {
        if (form == Form::drop) return Ttl::drop;
        if (form == Form::keep) return Ttl::keep;
        return moment(now, command, reply);
    }

private:
    std::optional<Ttl> moment(Milliseconds now, std::string_view command, Writer& reply) const;
};

// One of the tokens that take a word.
template <class C>
struct ExpiryToken : dispatch::Node<ExpiryToken<C>> {
    std::string_view token;
    ArgumentType type;
    Expiry::Form form;
    Expiry C::* field;

    static constexpr dispatch::Width width{2};
    dispatch::Match match(C& command, Arguments& in, int&) const
    {
        if (in.left() < 2 || !in.take_token(token)) return dispatch::Match::no;
        command.*field = {form, in.take()};
        return dispatch::Match::yes;
    }
    dispatch::Argument describe(int&) const
    {
        dispatch::Argument argument = this->described(type);
        argument.token = token;
        return argument;
    }
};

template <class C>
constexpr ExpiryToken<C> expiry_token(Expiry::Form form, Expiry C::* field)
{
    switch (form) {
        case Expiry::Form::ex:
            return {{.name_ = "seconds"}, "EX", ArgumentType::integer, form, field};
        case Expiry::Form::px:
            return {{.name_ = "milliseconds"}, "PX", ArgumentType::integer, form, field};
        case Expiry::Form::exat:
            return {{.name_ = "unix-time-seconds"}, "EXAT", ArgumentType::unix_time, form, field};
        default:
            return {
                {.name_ = "unix-time-milliseconds"}, "PXAT", ArgumentType::unix_time, form, field};
    }
}

}  // namespace mini_redis::commands
