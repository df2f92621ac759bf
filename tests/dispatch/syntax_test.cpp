// A grammar is read twice: what it makes of words, and what it says of itself.
#include "server/dispatch/command.hpp"
#include "server/dispatch/context.hpp"

#include <gtest/gtest.h>

namespace mini_redis::dispatch {
namespace {

enum class Mode : std::uint8_t { none, quick, slow };

// Everything at once: a key, a number, options, alternatives.
struct Sample {
    Key key;
    std::int64_t number = 0;
    bool loud = false;
    Mode mode = Mode::none;
    std::optional<std::int64_t> times;
    std::optional<double> weight;

    static constexpr Spec spec{.name = "SAMPLE"};
    static constexpr auto syntax = sequence(
        key_arg("key", &Sample::key, Use::ro | Use::access), arg("number", &Sample::number),
        options(token("LOUD", &Sample::loud),
                one_of("mode", token("QUICK", &Sample::mode, Mode::quick),
                       token("SLOW", &Sample::mode, Mode::slow)),
                token_arg("TIMES", arg("times", &Sample::times)),
                token_arg("WEIGHT", arg("weight", &Sample::weight))));
    void run(Context&, protocol::Writer&) const {}
};

struct Pairs {
    Keys keys;
    Words words;

    static constexpr std::string_view odd_words_error = "ERR odd";
    static constexpr Spec spec{.name = "PAIRS"};
    static constexpr auto syntax =
        sequence(key_values_arg("key_value", &Pairs::keys, &Pairs::words, Use::ow | Use::update));
    void run(Context&, protocol::Writer&) const {}
};

struct Many {
    Key destination;
    Keys sources;

    static constexpr Spec spec{.name = "MANY", .container = "BOX"};
    static constexpr auto syntax =
        sequence(key_arg("destination", &Many::destination, Use::ow | Use::update),
                 keys_arg("source", &Many::sources, Use::ro | Use::access));
    void run(Context&, protocol::Writer&) const {}
};

struct Choice {
    bool on = false;

    static constexpr Spec spec{.name = "CHOICE"};
    static constexpr auto syntax = sequence(
        one_of("switch", token("ON", &Choice::on, true), token("OFF", &Choice::on, false)));
    void run(Context&, protocol::Writer&) const {}
};

struct Loose {
    Words words;

    static constexpr Spec spec{.name = "LOOSE"};
    static constexpr auto syntax =
        sequence(unread<2>(&Loose::words, repeated(block("pair", word("name"), word("value"))),
                           optional(word("rest", ArgumentType::pattern))));
    void run(Context&, protocol::Writer&) const {}
};

struct Counted {
    Keys keys;
    Word word;

    static constexpr Spec spec{.name = "COUNTED"};
    static constexpr auto syntax = sequence(
        counted_keys_arg("key", &Counted::keys, Use::rw, {"ERR none", "ERR few", "ERR many"}),
        arg("word", &Counted::word));
    void run(Context&, protocol::Writer&) const {}
};

struct Behind {
    Keys keys;
    Words words;
    Word name;

    static constexpr std::string_view odd_words_error = "ERR odd";
    static constexpr Spec spec{.name = "BEHIND"};
    static constexpr auto syntax =
        sequence(options(token_arg("CALLED", arg("name", &Behind::name))),
                 keys_behind("OF", "pairs", &Behind::keys, "word", &Behind::words, Use::rw));
    void run(Context&, protocol::Writer&) const {}
};

// The command that the words make, or the error.
template <class T>
struct Parsed {
    T command{};
    std::string error;
};

template <class T>
Parsed<T> parse(const std::vector<Word>& words)
{
    Parsed<T> parsed;
    std::vector<Key> keys;
    each_key(command<T>(), words,
             [&](std::size_t at, const KeySpec&) { keys.emplace_back(words[at]); });
    Arguments in(words, detail::first_argument<T>, keys);
    if (!T::syntax.parse(parsed.command, in)) parsed.error = in.error();
    return parsed;
}

TEST(Syntax, ArityFollows)
{
    EXPECT_EQ(command<Sample>().arity, -3);
    EXPECT_EQ(command<Pairs>().arity, -3);
    EXPECT_EQ(command<Many>().arity, -4);  // its container is a word too
    EXPECT_EQ(command<Choice>().arity, 2);
    EXPECT_EQ(command<Loose>().arity, -3);
}

TEST(Syntax, KeyPositionsFollow)
{
    const auto positions = [](const Command& of, const std::vector<Word>& words) {
        std::string text;
        EXPECT_TRUE(each_key(
            of, words, [&](std::size_t at, const KeySpec&) { text += std::to_string(at) + " "; }));
        return text;
    };
    EXPECT_EQ(positions(command<Sample>(), {"sample", "k", "1"}), "1 ");
    EXPECT_EQ(positions(command<Pairs>(), {"pairs", "a", "1", "b", "2"}), "1 3 ");
    EXPECT_EQ(positions(command<Many>(), {"box", "many", "d", "a", "b"}), "2 3 4 ");
}

TEST(Syntax, KeysAreCounted)
{
    EXPECT_EQ(command<Counted>().arity, -4);
    const auto parsed = parse<Counted>({"counted", "2", "a", "b", "w"});
    EXPECT_EQ(parsed.error, "");
    EXPECT_EQ(parsed.command.word, "w");
    EXPECT_EQ(parse<Counted>({"counted", "2", "a", "b"}).error, errors::syntax);
    EXPECT_EQ(parse<Counted>({"counted", "x", "a", "b"}).error, "ERR none");
    EXPECT_EQ(parse<Counted>({"counted", "0", "a", "b"}).error, "ERR few");
    EXPECT_EQ(parse<Counted>({"counted", "-1", "a", "b"}).error, "ERR few");
    EXPECT_EQ(parse<Counted>({"counted", "3", "a", "b"}).error, "ERR many");
    EXPECT_EQ(parse<Counted>({"counted", "9223372036854775807", "a", "b"}).error, "ERR many");
    EXPECT_EQ(usage(command<Counted>().arguments()), "numkeys key [key ...] word");
}

TEST(Syntax, KeysStandBehindAWord)
{
    EXPECT_EQ(command<Behind>().arity, -4);
    const std::vector<Word> words{"behind", "called", "x", "of", "a", "b", "1", "2"};
    const auto parsed = parse<Behind>(words);
    EXPECT_EQ(parsed.error, "");
    EXPECT_EQ(parsed.command.keys.size(), 2U);
    EXPECT_EQ(parsed.command.words.front(), "1");
    EXPECT_EQ(parse<Behind>({"behind", "of", "a", "b", "1"}).error, "ERR odd");
    EXPECT_EQ(parse<Behind>({"behind", "called", "a", "1"}).error, errors::syntax);
    EXPECT_EQ(parse<Behind>({"behind", "called", "x", "of"}).error, errors::syntax);
    // The word is looked for before the name is known to be one.
    EXPECT_EQ(parse<Behind>({"behind", "called", "of", "of", "a", "1"}).error, errors::syntax);
    EXPECT_EQ(usage(command<Behind>().arguments()),
              "[CALLED name] OF key [key ...] word [word ...]");
}

TEST(Syntax, KeysThatAreNotThereAreNoticed)
{
    const std::vector<Word> words{"box", "many", "d"};
    EXPECT_FALSE(each_key(command<Many>(), words, [](std::size_t, const KeySpec&) {}));
}

TEST(Syntax, OptionsComeInAnyOrderAndTheLastCounts)
{
    const auto parsed = parse<Sample>(
        {"sample", "k", "-7", "times", "1", "Loud", "WEIGHT", "1.5", "slow", "TIMES", "2"});
    EXPECT_EQ(parsed.error, "");
    EXPECT_EQ(parsed.command.key.name, "k");
    EXPECT_EQ(parsed.command.number, -7);
    EXPECT_TRUE(parsed.command.loud);
    EXPECT_EQ(parsed.command.mode, Mode::slow);
    EXPECT_EQ(parsed.command.times, 2);
    EXPECT_EQ(parsed.command.weight, 1.5);
}

TEST(Syntax, WhatIsNotSaidKeepsItsDefault)
{
    const auto parsed = parse<Sample>({"sample", "k", "7"});
    EXPECT_EQ(parsed.error, "");
    EXPECT_EQ(parsed.command.mode, Mode::none);
    EXPECT_EQ(parsed.command.times, std::nullopt);
}

TEST(Syntax, OneAlternativeMayBeRepeatedTwoMayNotBeMixed)
{
    EXPECT_EQ(parse<Sample>({"sample", "k", "7", "quick", "QUICK"}).error, "");
    EXPECT_EQ(parse<Sample>({"sample", "k", "7", "quick", "slow"}).error, errors::syntax);
    EXPECT_EQ(parse<Choice>({"choice", "off"}).error, "");
    EXPECT_EQ(parse<Choice>({"choice", "maybe"}).error, errors::syntax);
}

TEST(Syntax, WordsLeftOverAreASyntaxError)
{
    EXPECT_EQ(parse<Sample>({"sample", "k", "7", "noise"}).error, errors::syntax);
    EXPECT_EQ(parse<Sample>({"sample", "k", "7", "LOUD", "noise"}).error, errors::syntax);
    EXPECT_EQ(parse<Sample>({"sample", "k", "7", "TIMES"}).error, errors::syntax);
}

TEST(Syntax, NumbersAreReadWhereTheyStand)
{
    EXPECT_EQ(parse<Sample>({"sample", "k", "7.0", "noise"}).error, errors::not_an_integer);
    EXPECT_EQ(parse<Sample>({"sample", "k", "9223372036854775808"}).error, errors::not_an_integer);
    EXPECT_EQ(parse<Sample>({"sample", "k", "7", "TIMES", "x", "noise"}).error,
              errors::not_an_integer);
    EXPECT_EQ(parse<Sample>({"sample", "k", "7", "WEIGHT", "x"}).error, errors::not_a_float);
}

TEST(Syntax, PairsAreWhole)
{
    EXPECT_EQ(parse<Pairs>({"pairs", "a", "1", "b"}).error, "ERR odd");
    const std::vector<Word> words{"pairs", "a", "1", "b", "2"};
    const auto parsed = parse<Pairs>(words);
    EXPECT_EQ(parsed.error, "");
    EXPECT_EQ(parsed.command.keys.size(), 2U);
    EXPECT_EQ(parsed.command.words.size(), 4U);
}

TEST(Syntax, SaysOfItselfWhatTheManualSays)
{
    EXPECT_EQ(usage(command<Sample>().arguments()),
              "key number [LOUD] [QUICK | SLOW] [TIMES times] [WEIGHT weight]");
    EXPECT_EQ(usage(command<Many>().arguments()), "destination source [source ...]");
    EXPECT_EQ(usage(command<Choice>().arguments()), "<ON | OFF>");
    EXPECT_EQ(usage(command<Loose>().arguments()), "name value [name value ...] [rest]");
}

TEST(Syntax, KeysKnowTheirSpecs)
{
    const auto arguments = command<Many>().arguments();
    ASSERT_EQ(arguments.size(), 2U);
    EXPECT_EQ(arguments[0].key_spec, 0);
    EXPECT_EQ(arguments[1].key_spec, 1);
    EXPECT_TRUE(arguments[1].multiple);
    const auto specs = command<Many>().key_specs;
    ASSERT_EQ(specs.size(), 2U);
    EXPECT_EQ(specs[0].uses, Use::ow | Use::update);
    EXPECT_EQ(specs[1].first, 3);
    EXPECT_EQ(specs[1].last, -1);
}

}  // namespace
}  // namespace mini_redis::dispatch
