// The checker beside one too simple to be wrong, on small histories; and on long ones, in time.
#include "tests/linearizability/asker.hpp"
#include "tests/linearizability/checker.hpp"
#include "tests/linearizability/models.hpp"

#include <algorithm>
#include <functional>
#include <vector>

#include <gtest/gtest.h>

namespace mini_redis::tests {
namespace {

// A history of a server that does one thing at a time, and of clients who hear of it late.
template <class Model>
History made_up(const Scenario& scenario, std::uint64_t seed, int clients, int count)
{
    enum class At : std::uint8_t { rest, called, done };
    struct Maker {
        Asker asker;
        At at = At::rest;
        std::size_t operation = 0;
    };
    std::vector<Maker> makers;
    for (int i = 0; i < clients; ++i) makers.push_back({Asker(scenario, seed, i)});
    Chance chance(seed);
    History history;
    typename Model::State state;
    std::uint64_t moment = 0;
    for (std::size_t resting = 0; resting < makers.size();) {
        const std::size_t number = chance.below(makers.size());
        Maker& maker = makers[number];
        if (maker.at == At::rest) {
            if (--count < 0) {
                resting = static_cast<std::size_t>(
                    std::ranges::count(makers, At::rest, [](const Maker& m) { return m.at; }));
                continue;
            }
            maker.operation = history.size();
            history.push_back({static_cast<int>(number), maker.asker.next(), ++moment});
            maker.at = At::called;
        } else if (Operation& operation = history[maker.operation]; maker.at == At::called) {
            operation.answered = answer_to<Model>(operation.asked, state);
            maker.at = At::done;
        } else {
            operation.returned = ++moment;
            maker.at = At::rest;
        }
    }
    return history;
}

// Tries all orders.
template <class Model>
bool explained(const History& left, const typename Model::State& state)
{
    std::uint64_t first_return = Operation::never;
    for (const Operation& operation : left)
        if (operation.answered) first_return = std::min(first_return, operation.returned);
    if (first_return == Operation::never) return true;
    for (std::size_t i = 0; i < left.size(); ++i) {
        if (left[i].called > first_return) continue;
        typename Model::State next = state;
        const std::string answer = answer_to<Model>(left[i].asked, next);
        if (left[i].answered && *left[i].answered != answer) continue;
        History others = left;
        others.erase(others.begin() + static_cast<std::ptrdiff_t>(i));
        if (explained<Model>(others, next)) return true;
    }
    return false;
}

// Two exchange what they heard; or one has not heard it.
void spoil(History& history, Chance& chance)
{
    Operation& one = history[chance.below(history.size())];
    Operation& other = history[chance.below(history.size())];
    if (chance.one_in(4))
        one.answered.reset();
    else if (one.answered && other.answered)
        std::swap(one.answered, other.answered);
}

template <class Model>
void expect_agreement(const Scenario& scenario)
{
    int right = 0;
    int wrong = 0;
    for (std::uint64_t seed = 1; seed <= 1000; ++seed) {
        History history = made_up<Model>(scenario, seed, 4, 8);
        Chance chance(seed);
        for (std::size_t times = chance.below(4); times > 0; --times) spoil(history, chance);
        const bool is_right = explained<Model>(history, {});
        ASSERT_EQ(wrong_with<Model>(history).empty(), is_right) << "seed " << seed << [&] {
            std::string t = "\n";
            for (auto& o : history) t += shown(o) + "\n";
            return t + wrong_with<Model>(history);
        }();
        ++(is_right ? right : wrong);
    }
    EXPECT_GT(right, 200);
    EXPECT_GT(wrong, 200);
}

TEST(CheckerLaws, AgreesWithAllOrders)
{
    expect_agreement<Counters>({&Asker::of_counters, 2, 0});
    expect_agreement<Lists>({&Asker::of_lists, 0, 2});
    expect_agreement<Lists>({&Asker::of_waits, 0, 2});
    expect_agreement<CountersAndLists>({&Asker::of_transactions, 1, 1});
}

// One part: neither what is right nor what is wrong in its last answer takes long.
template <class Model>
void expect_an_end(const Scenario& scenario, int count)
{
    History history = made_up<Model>(scenario, 1, 8, count);
    EXPECT_EQ(wrong_with<Model>(history), "");
    const auto last = std::ranges::max_element(history, std::less(), &Operation::returned);
    last->answered = "what nobody says";
    EXPECT_NE(wrong_with<Model>(history), "");
}

TEST(CheckerLaws, EndsSoonWhateverTheLength)
{
    expect_an_end<Counters>({&Asker::of_counters, 1, 0}, 4000);
    expect_an_end<CountersAndLists>({&Asker::of_transactions, 2, 2}, 4000);
    // The longer a list grows, the later the order of what it holds is known.
    expect_an_end<Lists>({&Asker::of_lists, 0, 3}, 1000);
    expect_an_end<Lists>({&Asker::of_waits, 0, 3}, 1000);
    expect_an_end<Lists>({&Asker::of_waits_for_several, 0, 3}, 1000);
}

}  // namespace
}  // namespace mini_redis::tests
