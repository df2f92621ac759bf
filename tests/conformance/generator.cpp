// A sentence walks the argument tree and rolls the dice at every choice.
#include "tests/conformance/generator.hpp"

#include "tests/conformance/scope.hpp"
#include "tests/conformance/values.hpp"

#include <algorithm>
#include <cctype>
#include <utility>

namespace mini_redis::tests {
namespace {

std::string in_any_case(Dice& dice, std::string word)
{
    const auto manner = dice.below(5);
    for (char& byte : word) {
        const bool upper = manner < 3 ? manner == 0 : dice.chance(50);
        const int letter = static_cast<unsigned char>(byte);
        byte = static_cast<char>(upper ? std::toupper(letter) : std::tolower(letter));
    }
    return word;
}

bool begins_with_token(const Argument& argument)
{
    if (argument.has_token || argument.type == "oneof") return true;
    return !argument.arguments.empty() && begins_with_token(argument.arguments.front());
}

bool any_time(const std::vector<Argument>& arguments)
{
    return std::any_of(arguments.begin(), arguments.end(), [](const Argument& argument) {
        return is_time(argument) || any_time(argument.arguments);
    });
}

class Sentence {
public:
    Sentence(Dice& dice, const Command& command) : dice_(dice), command_(command)
    {
        const auto bar = command.name.find('|');
        words_.push_back(in_any_case(dice_, command.name.substr(0, bar)));
        if (bar != std::string::npos)
            words_.push_back(in_any_case(dice_, command.name.substr(bar + 1)));
    }

    void say_all()
    {
        for (const auto* argument : in_some_order())
            if (!argument->optional || dice_.chance(40)) say(*argument);
        if (numkeys_ != 0) words_[numkeys_] = "0";
    }

    void append(const Words& words) { words_.insert(words_.end(), words.begin(), words.end()); }

    void break_it()
    {
        const auto at = dice_.below(words_.size());
        const auto here = words_.begin() + static_cast<std::ptrdiff_t>(at);
        switch (dice_.below(8)) {
            case 0:
                words_.resize(at + 1);
                break;
            case 1:
                say_again();
                break;
            case 2:
                words_.push_back(any_token(command_.arguments));
                break;
            case 3:
                words_.insert(here + 1, junk());
                break;
            case 4:
                words_.push_back(words_.back());
                break;
            case 5:
                if (at > 0) words_.erase(here);
                break;
            case 6:
                if (dice_.chance(20)) words_[std::min<std::size_t>(at, 1)] += "x";
                break;
            default:
                if (at > 0) words_[at] = junk();
        }
    }

    Step step() &&
    {
        const auto rule = rule_of(words_);
        return {std::move(words_), rule, command_.name, std::move(tokens_)};
    }

private:
    // Options may come in any order; what stands at a fixed place stays there.
    std::vector<const Argument*> in_some_order()
    {
        std::vector<const Argument*> order;
        order.reserve(command_.arguments.size());
        for (const auto& argument : command_.arguments) order.push_back(&argument);
        auto options = order.size();
        while (options > 0 && order[options - 1]->optional &&
               begins_with_token(*order[options - 1]))
            --options;
        if (dice_.chance(30))
            for (auto i = order.size(); i > options + 1; --i)
                std::swap(order[i - 1], order[options + dice_.below(i - options)]);
        return order;
    }

    std::size_t some_times()
    {
        const auto times = 1 + dice_.below(3);
        return dice_.chance(5) ? times + 10 : times;
    }

    void say(const Argument& argument) { say(argument, argument.multiple ? some_times() : 1); }

    void say(const Argument& argument, std::size_t times)
    {
        if (avoided(command_.name, argument.name)) return;
        for (std::size_t i = 0; i < times; ++i) {
            if (argument.has_token && (i == 0 || argument.multiple_token)) say_token(argument);
            say_one(argument);
        }
        if (numkeys_ != 0 && argument.type == "key") {
            words_[numkeys_] = std::to_string(dice_.chance(95) ? times : dice_.below(4));
            numkeys_ = 0;
        }
    }

    void say_one(const Argument& argument)
    {
        if (argument.type == "oneof") {
            say(dice_.pick(argument.arguments));
        } else if (argument.type == "block") {
            // What comes several times in a block mostly comes as often as the rest.
            const auto times = some_times();
            for (const auto& part : argument.arguments) {
                if (part.optional && !dice_.chance(50)) continue;
                const bool as_often = part.multiple && dice_.chance(90);
                as_often ? say(part, times) : say(part);
            }
        } else if (argument.type == "key") {
            words_.push_back(random_key(dice_, command_.group));
        } else if (argument.name == "numkeys") {
            numkeys_ = words_.size();
            words_.emplace_back();
        } else if (argument.type != "pure-token") {
            words_.push_back(random_value(dice_, command_.name, argument));
        }
    }

    void say_token(const Argument& argument)
    {
        tokens_.push_back(argument.token);
        words_.push_back(in_any_case(dice_, argument.token));
    }

    void say_again()
    {
        if (!command_.arguments.empty()) say(dice_.pick(command_.arguments));
    }

    std::string any_token(const std::vector<Argument>& arguments)
    {
        if (arguments.empty()) return "NOSUCHOPTION";
        const auto& argument = dice_.pick(arguments);
        if (avoided(command_.name, argument.name)) return "NOSUCHOPTION";
        if (argument.has_token) return in_any_case(dice_, argument.token);
        return any_token(argument.arguments);
    }

    std::string junk() { return random_junk(dice_, !any_time(command_.arguments)); }

    Dice& dice_;
    const Command& command_;
    Words words_;
    std::vector<std::string> tokens_;
    std::size_t numkeys_ = 0;  // where the number of keys will stand; 0 when nothing is owed
};

}  // namespace

Generator::Generator(Grammar grammar, const std::vector<std::string>& commands)
    : grammar_(std::move(grammar))
{
    for (const auto& name : commands) {
        const auto found = grammar_.find(name);
        if (found == grammar_.end() || found->second.container) continue;
        const auto weight = scope_of(name).weight;
        if (weight > 0) commands_.push_back(&found->second);
        weighted_.insert(weighted_.end(), weight, &found->second);
    }
}

std::vector<std::string> Generator::commands() const
{
    std::vector<std::string> names;
    names.reserve(commands_.size());
    for (const auto* command : commands_) names.push_back(command->name);
    return names;
}

void Generator::leave_out(const std::string& command)
{
    const auto is_it = [&](const Command* one) { return one->name == command; };
    std::erase_if(commands_, is_it);
    std::erase_if(weighted_, is_it);
}

const Command& Generator::any_command(Dice& dice) const
{
    return *dice.pick(weighted_);
}

Step Generator::step(Dice& dice, const Command& command) const
{
    Sentence sentence(dice, command);
    sentence.say_all();
    // These two take a whole command as their argument, which the documentation does not say.
    if (command.name.starts_with("command|getkeys"))
        sentence.append(step(dice, any_command(dice)).words);
    if (dice.chance(15)) sentence.break_it();
    return std::move(sentence).step();
}

Session Generator::session(std::uint64_t seed, std::size_t size) const
{
    Dice dice(seed);
    Session session;
    if (seed % 2 == 1) session.push_back({{"HELLO", "3"}, Rule::greeting, "hello", {}});
    std::size_t end_of_transaction = 0;
    while (session.size() < size) {
        session.push_back(step(dice, any_command(dice)));
        if (session.back().command == "multi") end_of_transaction = session.size() + dice.below(8);
        if (session.size() == end_of_transaction)
            session.push_back({{dice.chance(80) ? "EXEC" : "DISCARD"}, Rule::same, "exec", {}});
    }
    return session;
}

}  // namespace mini_redis::tests
