// Whether a history is linearizable: whether each operation can have happened at one instant
// between its call and its return so that all answers are those of a server that does one thing at
// a time. (Wing and Gong's search, with Lowe's remedies against its size.)
//
// It goes from return to return. A possibility is the state, and which of the pending operations
// have happened. An operation happens as late as it may: only when one returns are those tried that
// may have happened before it, in every order, the shortest first, and never twice from the same
// possibility. A history is wrong where no possibility leads beyond a return.
//
// What touches no common key, not even by way of others, is judged apart: a history of
// independent things is linearizable exactly when each of them is.
#pragma once

#include "tests/linearizability/history.hpp"

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <map>
#include <set>
#include <stdexcept>
#include <string>
#include <tuple>
#include <utility>
#include <vector>

namespace mini_redis::tests {

// What is answered to all that was asked: to a transaction an array, of answers of one instant.
template <class Model>
std::string answer_to(const Asked& asked, typename Model::State& state)
{
    if (asked.size() == 1) return Model::apply(state, asked.front());
    std::string answers;
    for (std::size_t i = 1; i + 1 < asked.size(); ++i)
        answers += (i == 1 ? "" : ", ") + Model::apply(state, asked[i]);
    return "*[" + answers + ']';
}

template <class Model>
Words keys_of(const Operation& operation)
{
    if (!operation.is_transaction()) return Model::keys(operation.asked.front());
    Words all;
    for (std::size_t i = 1; i + 1 < operation.asked.size(); ++i)
        for (std::string& key : Model::keys(operation.asked[i])) all.push_back(std::move(key));
    return all;
}

// Whether what was answered shows that nothing was changed, whatever the state was.
template <class Model>
bool only_looks(const Operation& operation)
{
    if (!operation.is_transaction())
        return Model::only_looks(operation.asked.front(), *operation.answered);
    return std::all_of(operation.asked.begin() + 1, operation.asked.end() - 1,
                       [](const Words& words) { return Model::only_looks(words, {}); });
}

// The histories of keys that have nothing to do with each other.
template <class Model>
std::vector<History> independent_parts(const History& history)
{
    std::map<std::string, std::string> joined;  // to another key of its part, or to itself
    const auto leader = [&](std::string key) {
        while (joined.try_emplace(key, key).first->second != key) key = joined[key];
        return key;
    };
    std::vector<Words> keys;
    for (const Operation& operation : history) {
        keys.push_back(keys_of<Model>(operation));
        for (const std::string& key : keys.back()) joined[leader(key)] = leader(keys.back()[0]);
    }
    std::map<std::string, History> parts;
    for (std::size_t i = 0; i < history.size(); ++i)
        parts[leader(keys[i][0])].push_back(history[i]);
    std::vector<History> all;
    for (auto& [key, part] : parts) all.push_back(std::move(part));
    return all;
}

// Judges one history as a whole.
template <class Model>
class Checker {
public:
    using State = typename Model::State;

    // What is wrong; empty: nothing.
    static std::string check(const History& history) { return Checker(history).run(); }

private:
    using Slots = std::vector<const Operation*>;  // null: it is free
    static constexpr std::size_t slots_max = 64;
    // More than any history of few clients needs; so that none takes all memory.
    static constexpr std::size_t possibilities_max = 1'000'000;

    struct Possibility {
        std::uint64_t happened = 0;  // a bit for each slot
        State state = {};
        auto operator<=>(const Possibility&) const = default;
    };
    struct Return {
        const Operation* operation;
        std::uint64_t bit;
        Slots pending;                    // this one, too
        std::set<Possibility> seen = {};  // that were there before it
    };
    struct Place {
        std::size_t next;  // the return that comes next
        Possibility now;
    };

    explicit Checker(const History& history)
    {
        std::map<std::uint64_t, const Operation*> moments;
        for (const Operation& operation : history) {
            moments[operation.called] = &operation;
            if (operation.answered) moments[operation.returned] = &operation;
        }
        Slots pending;
        for (const auto& [moment, operation] : moments) {
            const bool returns = moment != operation->called;
            const auto slot = std::ranges::find(pending, returns ? operation : nullptr);
            const auto number = static_cast<std::size_t>(slot - pending.begin());
            if (returns) {
                returns_.push_back({operation, std::uint64_t{1} << number, pending});
                *slot = nullptr;
            } else if (slot != pending.end()) {
                *slot = operation;
            } else {
                pending.push_back(operation);
            }
            if (number >= slots_max) throw std::length_error("too many operations at one time");
        }
    }

    std::string run()
    {
        std::vector<Place> ahead{Place{}};
        std::size_t furthest = 0;
        for (std::size_t count = 0; !ahead.empty();) {
            auto [next, now] = std::move(ahead.back());
            ahead.pop_back();
            for (; next < returns_.size() && (now.happened & returns_[next].bit) != 0; ++next)
                now.happened &= ~returns_[next].bit;
            if (next == returns_.size()) return {};
            furthest = std::max(furthest, next);
            if (!returns_[next].seen.insert(now).second) continue;
            if (++count > possibilities_max)
                throw std::length_error("more is possible than can be looked at");
            go_on(next, now, ahead);
        }
        return returns_.empty() ? "" : report(returns_[furthest], furthest);
    }

    // What may be true after one more operation: last, so that it is tried first, after that which
    // has to return.
    void go_on(std::size_t next, Possibility& now, std::vector<Place>& ahead)
    {
        const Return& due = returns_[next];
        const std::size_t before = ahead.size();
        std::uint64_t only_looked = 0;
        for (std::size_t slot = 0; slot < due.pending.size(); ++slot) {
            const std::uint64_t bit = std::uint64_t{1} << slot;
            if (!due.pending[slot] || (now.happened & bit) != 0) continue;
            const Operation& operation = *due.pending[slot];
            State state = now.state;
            const std::string answer = answer_to<Model>(operation.asked, state);
            if (operation.answered && *operation.answered != answer) continue;
            if (operation.answered && only_looks<Model>(operation))
                only_looked |= bit;
            else if (operation.answered || state != now.state)
                ahead.push_back({next, {now.happened | bit, std::move(state)}});
        }
        // Who only looks, and sees what it said it saw, may as well look first: that excludes
        // nothing later. (And what nobody heard and changes nothing need not happen now.)
        if (only_looked != 0) {
            ahead.erase(ahead.begin() + static_cast<std::ptrdiff_t>(before), ahead.end());
            ahead.push_back({next, {now.happened | only_looked, std::move(now.state)}});
        }
        for (std::size_t i = before; i < ahead.size(); ++i)
            if ((ahead[i].now.happened & due.bit) != 0) std::swap(ahead[i], ahead.back());
    }

    std::string report(const Return& wrong, std::size_t number) const
    {
        constexpr std::size_t shown_max = 30;
        std::string text =
            "no order explains\n    " + shown(*wrong.operation) + "\npending then:\n";
        for (const Operation* operation : wrong.pending)
            if (operation && operation != wrong.operation)
                text += "    " + shown(*operation) + '\n';
        text += "possible before:\n";
        std::size_t count = 0;
        for (const auto& [happened, state] : wrong.seen) {
            if (++count > shown_max) break;
            text += "   " + Model::text(state) + "; happened:";
            for (std::size_t slot = 0; slot < wrong.pending.size(); ++slot)
                if ((happened >> slot & 1) != 0)
                    text += " [" + std::to_string(wrong.pending[slot]->called) + "]";
            text += '\n';
        }
        text += "returned before:\n";
        for (std::size_t i = number - std::min(number, shown_max); i < number; ++i)
            text += "    " + shown(*returns_[i].operation) + '\n';
        return text;
    }

    std::vector<Return> returns_;
};

// What is wrong with a history; empty: nothing, it is linearizable.
template <class Model>
std::string wrong_with(const History& history)
{
    for (const History& part : independent_parts<Model>(history))
        if (std::string wrong = Checker<Model>::check(part); !wrong.empty()) return wrong;
    return {};
}

}  // namespace mini_redis::tests
