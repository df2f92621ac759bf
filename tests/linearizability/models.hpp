// What a server that did one thing at a time would answer: counters, lists, and both.
//
// A model has a State, which begins empty, and says what a command does to it, which keys it
// touches, and whether its answer shows that it has changed nothing. Its answers are spelt as
// description() spells replies. A pop that waits is, at the one instant at which it happens, a pop
// that does not: it is given an element of the first of its lists that has one, or nothing, which
// is right only where all of them are empty.
#pragma once

#include "tests/support/words.hpp"

#include <compare>
#include <cstdint>
#include <map>
#include <stdexcept>
#include <string>
#include <string_view>
#include <vector>

namespace mini_redis::tests {

inline std::string integer_answer(std::int64_t value)
{
    return "(integer) " + std::to_string(value);
}

inline std::string array_answer(const Words& answers)
{
    std::string text = "*[";
    for (const std::string& answer : answers)
        text += (&answer == answers.data() ? "" : ", ") + answer;
    return text + ']';
}

// INCR and GET.
struct Counters {
    using State = std::map<std::string, std::int64_t>;

    static bool knows(const Words& words) { return words[0] == "INCR" || words[0] == "GET"; }
    static Words keys(const Words& words) { return {words[1]}; }
    static bool only_looks(const Words& words, std::string_view) { return words[0] == "GET"; }
    static std::string apply(State& state, const Words& words)
    {
        if (words[0] == "INCR") return integer_answer(++state[words[1]]);
        const auto found = state.find(words[1]);
        return found == state.end() ? "(nil $)" : in_quotes(std::to_string(found->second));
    }
    static std::string text(const State& state)
    {
        std::string text;
        for (const auto& [key, value] : state) text += ' ' + key + '=' + std::to_string(value);
        return text;
    }
};

// RPUSH, LPOP, LMOVE, BLPOP, BLMOVE, and LRANGE of the whole list.
struct Lists {
    using State = std::map<std::string, Words>;  // none of them is empty

    static Words keys(const Words& words)
    {
        if (words[0] == "BLPOP") return {words.begin() + 1, words.end() - 1};
        if (words[0] == "LMOVE" || words[0] == "BLMOVE") return {words[1], words[2]};
        return {words[1]};
    }
    static bool only_looks(const Words& words, std::string_view answer)
    {
        return words[0] == "LRANGE" || answer.starts_with("(nil");
    }
    static std::string apply(State& state, const Words& words)
    {
        const std::string& name = words[0];
        if (name == "RPUSH") return push(state[words[1]], words);
        if (name == "LPOP") return holds(state, words[1]) ? pop(state, words[1], true) : "(nil $)";
        if (name == "LMOVE") return move(state, words, "(nil $)");
        if (name == "BLMOVE") return move(state, words, "(nil *)");
        if (name == "BLPOP") return first_pop(state, words);
        if (name == "LRANGE") return whole(state, words[1]);
        throw std::invalid_argument("no model knows " + name);
    }
    static std::string text(const State& state)
    {
        std::string text;
        for (const auto& [key, list] : state) text += ' ' + key + '=' + whole(state, key);
        return text;
    }

private:
    static bool holds(const State& state, const std::string& key) { return state.contains(key); }

    static std::string push(Words& list, const Words& words)
    {
        list.insert(list.end(), words.begin() + 2, words.end());
        return integer_answer(static_cast<std::int64_t>(list.size()));
    }
    static std::string pop(State& state, const std::string& key, bool left)
    {
        const auto found = state.find(key);
        Words& list = found->second;
        const auto end = left ? list.begin() : list.end() - 1;
        const std::string element = *end;
        list.erase(end);
        if (list.empty()) state.erase(found);
        return in_quotes(element);
    }
    static std::string move(State& state, const Words& words, const char* nothing)
    {
        if (!holds(state, words[1])) return nothing;
        const Words& from = state[words[1]];
        const bool left = words[3] == "LEFT";
        const std::string element = left ? from.front() : from.back();
        const std::string answer = pop(state, words[1], left);
        Words& to = state[words[2]];
        to.insert(words[4] == "LEFT" ? to.begin() : to.end(), element);
        return answer;
    }
    static std::string first_pop(State& state, const Words& words)
    {
        for (const std::string& key : keys(words))
            if (holds(state, key)) return array_answer({in_quotes(key), pop(state, key, true)});
        return "(nil *)";
    }
    static std::string whole(const State& state, const std::string& key)
    {
        Words answers;
        if (const auto found = state.find(key); found != state.end())
            for (const std::string& element : found->second) answers.push_back(in_quotes(element));
        return array_answer(answers);
    }
};

// Counters and lists, under keys that are not the same.
struct CountersAndLists {
    struct State {
        Counters::State counters;
        Lists::State lists;
        auto operator<=>(const State&) const = default;
    };

    static Words keys(const Words& words)
    {
        return Counters::knows(words) ? Counters::keys(words) : Lists::keys(words);
    }
    static bool only_looks(const Words& words, std::string_view answer)
    {
        return Counters::knows(words) ? Counters::only_looks(words, answer)
                                      : Lists::only_looks(words, answer);
    }
    static std::string apply(State& state, const Words& words)
    {
        return Counters::knows(words) ? Counters::apply(state.counters, words)
                                      : Lists::apply(state.lists, words);
    }
    static std::string text(const State& state)
    {
        return Counters::text(state.counters) + Lists::text(state.lists);
    }
};

}  // namespace mini_redis::tests
