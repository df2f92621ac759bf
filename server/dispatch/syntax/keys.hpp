// The leaves of a syntax that are keys, and what stands where a key would: each says where its keys
// stand, so that they are known before the words are read.
#pragma once

#include "protocol/number.hpp"
#include "server/dispatch/errors.hpp"
#include "server/dispatch/spec.hpp"
#include "server/dispatch/syntax/arguments.hpp"
#include "server/dispatch/syntax/node.hpp"

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace mini_redis::dispatch {

template <class C>
struct OneKey : Node<OneKey<C>> {
    Key C::* field;
    Uses uses;

    static constexpr Width width{1};
    constexpr KeySpec key_spec(int position) const { return {.uses = uses, .first = position}; }
    bool parse(C& command, Arguments& in) const { return command.*field = in.take_key(), true; }
    Argument describe(int& key_spec) const
    {
        Argument argument = this->described(ArgumentType::key);
        argument.key_spec = key_spec++;
        return argument;
    }
};

template <class C>
constexpr OneKey<C> key_arg(std::string_view name, Key C::* field, Uses uses)
{
    return {{.name_ = name}, field, uses};
}

// Two keys that share a specification.
template <class C>
struct KeyPair {
    std::string_view first_name;
    std::string_view second_name;
    Key C::* first;
    Key C::* second;
    Uses uses;

    static constexpr Width width{2};
    constexpr KeySpec key_spec(int position) const
    {
        return {.uses = uses, .first = position, .last = 1};
    }
    bool parse(C& command, Arguments& in) const
    {
        command.*first = in.take_key();
        command.*second = in.take_key();
        return true;
    }
    void describe_into(std::vector<Argument>& all, int& key_spec) const
    {
        for (const std::string_view name : {first_name, second_name})
            all.push_back(
                {.name = std::string(name), .type = ArgumentType::key, .key_spec = key_spec});
        ++key_spec;
    }
};

template <class C>
constexpr KeyPair<C> key_pair_arg(std::string_view first_name, Key C::* first,
                                  std::string_view second_name, Key C::* second, Uses uses)
{
    return {first_name, second_name, first, second, uses};
}

// All words that are left are keys, one at least; but for so many `behind` them.
template <class C>
struct ManyKeys : Node<ManyKeys<C>> {
    Keys C::* field;
    Uses uses;
    int behind;

    static constexpr Width width{1, false};
    constexpr KeySpec key_spec(int position) const
    {
        return {.uses = uses, .first = position, .last = -1 - behind};
    }
    bool parse(C& command, Arguments& in) const
    {
        return command.*field = in.take_keys(in.left() - static_cast<std::size_t>(behind)), true;
    }
    Argument describe(int& key_spec) const
    {
        Argument argument = this->described(ArgumentType::key);
        argument.multiple = true;
        argument.key_spec = key_spec++;
        return argument;
    }
};

template <class C>
constexpr ManyKeys<C> keys_arg(std::string_view name, Keys C::* field, Uses uses, int behind = 0)
{
    return {{.name_ = name}, field, uses, behind};
}

// `STORE key`, anywhere behind its place and any number of times, among words that are kept unread.
template <class C>
struct KeyOption : Node<KeyOption<C>> {
    std::string_view keyword;
    Keys C::* field;
    Uses uses;

    static constexpr Width width{0, false};
    constexpr KeySpec key_spec(int position) const
    {
        return {.uses = uses, .first = position, .keyword = this->keyword, .again = true};
    }
    bool parse(C& command, Arguments& in) const
    {
        return command.*field = in.take_keys_behind(keyword), true;
    }
    Argument describe(int& key_spec) const
    {
        Argument argument = this->described(ArgumentType::key);
        argument.token = keyword;
        argument.optional = true;
        argument.key_spec = key_spec++;
        return argument;
    }
};

template <class C>
constexpr KeyOption<C> key_option(std::string_view keyword, std::string_view name, Keys C::* field,
                                  Uses uses)
{
    return {{.name_ = name}, keyword, field, uses};
}

// What is said of a number of keys that cannot be: the command's words, not ours to make alike.
struct CountErrors {
    std::string_view no_number;
    std::string_view too_few;
    std::string_view too_many = errors::syntax;
};

// `numkeys key [key ...]`
template <class C>
struct CountedKeys {
    std::string_view name;
    Keys C::* field;
    Uses uses;
    CountErrors count_errors;

    static constexpr Width width{2, false};
    constexpr KeySpec key_spec(int position) const
    {
        return {.uses = uses, .first = position, .reach = KeySpec::Reach::counted};
    }
    template <class Command>  // which may derive from C
    bool parse(Command& command, Arguments& in) const
    {
        const auto count = protocol::parse_integer(in.take());
        if (!count) return in.fail(count_errors.no_number);
        if (*count < 1) return in.fail(count_errors.too_few);
        if (static_cast<std::uint64_t>(*count) > in.left()) return in.fail(count_errors.too_many);
        command.*field = in.take_keys(static_cast<std::size_t>(*count));
        return true;
    }
    void describe_into(std::vector<Argument>& all, int& key_spec) const
    {
        all.push_back({.name = "numkeys", .type = ArgumentType::integer});
        all.push_back({.name = std::string(name),
                       .type = ArgumentType::key,
                       .key_spec = key_spec++,
                       .multiple = true});
    }
};

template <class C>
constexpr CountedKeys<C> counted_keys_arg(std::string_view name, Keys C::* field, Uses uses,
                                          CountErrors count_errors)
{
    return {name, field, uses, count_errors};
}

// `STREAMS key [key ...] id [id ...]`: as many words behind a keyword as there are keys.
template <class C>
struct KeysBehind : Node<KeysBehind<C>> {
    std::string_view keyword;
    Keys C::* keys_field;
    std::string_view word_name;
    Words C::* words_field;
    Uses uses;

    static constexpr Width width{3, false};
    constexpr KeySpec key_spec(int position) const
    {
        return {.uses = uses, .first = position, .last = -1, .keyword = this->keyword, .share = 2};
    }
    template <class Command>  // which may derive from C
    bool parse(Command& command, Arguments& in) const
    {
        if (in.left() < 2 || !in.take_token(keyword)) return in.fail(errors::syntax);
        if (in.left() % 2 != 0) return in.fail(Command::odd_words_error);
        const std::size_t count = in.left() / 2;
        // The keys were looked for behind the first such word, which may be a name before this one.
        if (!in.keys_are_next(count)) return in.fail(errors::syntax);
        command.*keys_field = in.take_keys(count);
        command.*words_field = in.take(count);
        return true;
    }
    Argument describe(int& key_spec) const
    {
        Argument argument = this->described(ArgumentType::block);
        argument.token = keyword;
        argument.children = {
            {.name = "key", .type = ArgumentType::key, .key_spec = key_spec++, .multiple = true},
            {.name = std::string(word_name), .multiple = true}};
        return argument;
    }
};

template <class C>
constexpr KeysBehind<C> keys_behind(std::string_view keyword, std::string_view name,
                                    Keys C::* keys_field, std::string_view word_name,
                                    Words C::* words_field, Uses uses)
{
    return {{.name_ = name}, keyword, keys_field, word_name, words_field, uses};
}

// Keys that COMMAND does not tell where to find, and that nothing reads here: they are named by
// what the command comes upon; or, with a keyword, they stand behind it in words read otherwise.
struct UnknownKeys {
    Uses uses;
    std::string_view keyword;

    static constexpr Width width{0};
    constexpr KeySpec key_spec(int position) const
    {
        return {.uses = uses,
                .first = position,
                .reach = KeySpec::Reach::unknown,
                .keyword = this->keyword};
    }
    template <class C>
    bool parse(C&, Arguments&) const
    {
        return true;
    }
    void describe_into(std::vector<Argument>&, int&) const {}
};

constexpr UnknownKeys unknown_keys(Uses uses, std::string_view keyword = {})
{
    return {uses, keyword};
}

// One word that stands where a key stands and is none: a shard channel.
template <class C>
struct NoKey : Node<NoKey<C>> {
    Word C::* field;

    static constexpr Width width{1};
    constexpr KeySpec key_spec(int position) const
    {
        return {.uses = Use::not_key, .first = position};
    }
    bool parse(C& command, Arguments& in) const { return command.*field = in.take(), true; }
    Argument describe(int&) const { return this->described(ArgumentType::string); }
};

template <class C>
constexpr NoKey<C> no_key_arg(std::string_view name, Word C::* field)
{
    return {{.name_ = name}, field};
}

// All words that are left, `Min` at least, of that kind.
template <int Min, class C>
struct NoKeys : Node<NoKeys<Min, C>> {
    Words C::* field;

    static constexpr Width width{Min, false};
    constexpr KeySpec key_spec(int position) const
    {
        return {.uses = Use::not_key, .first = position, .last = -1};
    }
    bool parse(C& command, Arguments& in) const
    {
        return command.*field = in.take(in.left()), true;
    }
    Argument describe(int&) const
    {
        Argument argument = this->described(ArgumentType::string);
        argument.optional = Min == 0;
        argument.multiple = true;
        return argument;
    }
};

template <int Min, class C>
constexpr NoKeys<Min, C> no_keys_arg(std::string_view name, Words C::* field)
{
    return {{.name_ = name}, field};
}

// `key value [key value ...]`; an odd number of words is the wrong number.
template <class C>
struct KeyValues : Node<KeyValues<C>> {
    Keys C::* keys_field;
    Words C::* words_field;  // keys and values in turn
    Uses uses;

    static constexpr Width width{2, false};
    constexpr KeySpec key_spec(int position) const
    {
        return {.uses = uses, .first = position, .last = -1, .step = 2};
    }
    template <class Command>  // which may derive from C
    bool parse(Command& command, Arguments& in) const
    {
        Arguments words = in;
        if (in.left() % 2 != 0) return in.fail(Command::odd_words_error);
        command.*words_field = words.take(words.left());
        command.*keys_field = in.take_keys(in.left() / 2, 2);
        return true;
    }
    Argument describe(int& key_spec) const
    {
        Argument argument = this->described(ArgumentType::block);
        argument.multiple = true;
        argument.children = {{.name = "key", .type = ArgumentType::key, .key_spec = key_spec++},
                             {.name = "value"}};
        return argument;
    }
};

template <class C>
constexpr KeyValues<C> key_values_arg(std::string_view name, Keys C::* keys_field,
                                      Words C::* words_field, Uses uses)
{
    return {{.name_ = name}, keys_field, words_field, uses};
}

}  // namespace mini_redis::dispatch
