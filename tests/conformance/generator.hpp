// Random sessions out of the grammar. Most commands are what the grammar allows; one in seven is
// then broken (a word lost, doubled, replaced or misspelt), for errors are replies too. The
// generator knows nothing of particular commands: what it must not say stands in scope.cpp.
#pragma once

#include "tests/conformance/dice.hpp"
#include "tests/conformance/grammar.hpp"
#include "tests/support/agreement.hpp"

#include <cstdint>
#include <string>
#include <vector>

namespace mini_redis::tests {

struct Step {
    Words words;
    Rule rule = Rule::same;
    std::string command;              // what the generator meant: "config|get"
    std::vector<std::string> tokens;  // the options it chose
};

using Session = std::vector<Step>;

class Generator {
public:
    // Chooses among `commands`; those the grammar or the scope leaves out are ignored.
    Generator(Grammar grammar, const std::vector<std::string>& commands);
    Generator(const Generator&) = delete;
    Generator& operator=(const Generator&) = delete;

    // The same seed gives the same session. The first step of every second one is HELLO 3.
    Session session(std::uint64_t seed, std::size_t size) const;

    // Says the command no more, so that what is known to differ does not hide the rest.
    void leave_out(const std::string& command);

    // What sessions are made of.
    std::vector<std::string> commands() const;

private:
    const Command& any_command(Dice& dice) const;
    Step step(Dice& dice, const Command& command) const;

    Grammar grammar_;
    std::vector<const Command*> commands_;
    std::vector<const Command*> weighted_;  // each as often as its weight says
};

}  // namespace mini_redis::tests
