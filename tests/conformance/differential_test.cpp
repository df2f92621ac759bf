// The same random sessions to redis-server and to ours, and the same bytes back.
// A difference is shrunk to the shortest session that shows it; then the test goes on, so that
// one run shows everything that is to be repaired.
#include "tests/conformance/coverage.hpp"
#include "tests/conformance/match.hpp"
#include "tests/conformance/settings.hpp"
#include "tests/conformance/shrink.hpp"

#include <algorithm>
#include <iostream>
#include <map>

#include <gtest/gtest.h>

namespace mini_redis::tests {
namespace {

constexpr std::size_t session_size = 200;
constexpr std::size_t enough_for_all = 200'000;  // that each command succeeds now and then
constexpr std::size_t often_enough = 5;          // has a command differed to be left out

class Differential : public testing::Test {
protected:
    // Plays sessions until `commands` are sent; one finding per command that differs.
    void compare(const Connect& connect, std::size_t commands)
    {
        Player reference(reference_binary(), arguments(), connect);
        Player ours(our_binary(), arguments(), connect);
        // By wire in any case: hiredis refuses replies as deep as the grammar.
        auto grammar = fetch_grammar(*connect_wire(reference.server()));
        auto names = spoken(fetch_command_names(*connect_wire(ours.server())));
        std::erase_if(names, [&](const auto& name) { return !wanted(grammar[name]); });
        // The two were asked different things, and INFO would tell.
        for (Player* player : {&reference, &ours})
            connect_wire(player->server())->ask({"CONFIG", "RESETSTAT"});
        Generator generator(std::move(grammar), names);
        ASSERT_FALSE(generator.commands().empty()) << "our server lists no command to compare";
        Match match(reference, ours);
        match.on_reply = [&](const Step& step, auto reply) { coverage_.record(step, reply); };
        for (std::size_t i = 0; i * session_size < commands && !generator.commands().empty(); ++i)
            play(match, generator, first_seed() + i);
        print_differing();
        if (commands < enough_for_all) return;
        for (const auto& name : coverage_.missing(generator.commands()))
            ADD_FAILURE() << name << " never succeeded";
    }

    virtual std::vector<std::string> spoken(std::vector<std::string> names) { return names; }
    virtual Words arguments() const { return server_arguments(); }

    Coverage coverage_;

private:
    static bool wanted(const Command& command)
    {
        const auto only = only_these();
        const auto is_it = [&](const auto& one) {
            return one == command.name || one == command.group;
        };
        return only.empty() || std::any_of(only.begin(), only.end(), is_it);
    }

    void play(Match& match, Generator& generator, std::uint64_t seed)
    {
        const auto session = generator.session(seed, session_size);
        const auto difference = match.play(session);
        if (!difference) return;
        const auto& command = session[difference->step].command;
        const auto times = ++differing_[command];
        if (times == often_enough) generator.leave_out(command);
        if (times > 1) return;
        ADD_FAILURE() << command << " differs (MINI_REDIS_SEED=" << seed
                      << " MINI_REDIS_COMMANDS=" << session_size << "):\n"
                      << report(shrink(match, {session, *difference}));
    }

    void print_differing() const
    {
        if (!differing_.empty()) std::cout << "sessions that ended with a difference, by command\n";
        for (const auto& [name, count] : differing_)
            std::cout << "  " << name << ' ' << count << '\n';
    }

    std::map<std::string, std::size_t> differing_;
};

// hiredis 0.14 cannot read what HELLO 3 switches on.
class DifferentialByHiredis : public Differential {
protected:
    std::vector<std::string> spoken(std::vector<std::string> names) override
    {
        std::erase(names, "hello");
        return names;
    }
};

// Collections that are never packed. (What a skip list finds by text is left to its dice, where
// scores are not equal.)
class DifferentialOfLarge : public Differential {
protected:
    std::vector<std::string> spoken(std::vector<std::string> names) override
    {
        std::erase_if(names, [](const auto& name) {
            return name == "zrange" || name == "zrangestore" || name.ends_with("bylex") ||
                   name == "zlexcount";
        });
        return names;
    }
    Words arguments() const override
    {
        Words words = server_arguments();
        for (const char* limit : {"--hash-max-listpack-entries", "--set-max-intset-entries",
                                  "--zset-max-listpack-entries"})
            words.insert(words.end(), {limit, "0"});
        return words;
    }
};

TEST_F(Differential, RandomSessionsGetTheSameBytes)
{
    compare(connect_wire, command_count(enough_for_all));
    coverage_.print(std::cout);
}

TEST_F(DifferentialByHiredis, RandomSessionsGetTheSameReplies)
{
    compare(connect_hiredis, std::min<std::size_t>(command_count(20'000), 20'000));
}

TEST_F(DifferentialOfLarge, RandomSessionsGetTheSameBytes)
{
    compare(connect_wire, std::min<std::size_t>(command_count(20'000), 20'000));
}

}  // namespace
}  // namespace mini_redis::tests
