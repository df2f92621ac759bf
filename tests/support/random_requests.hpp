// Requests at random, from what the catalogue says of each command: every command, every option.
//
// Few keys, so that clients meet; mostly well-formed. The same seed gives the same requests.
#pragma once

#include "server/dispatch/catalogue.hpp"

#include <functional>
#include <random>
#include <string>
#include <vector>

namespace mini_redis::tests {

class RandomRequests {
public:
    using Wanted = std::function<bool(const dispatch::Listed&)>;

    RandomRequests(const dispatch::Catalogue& catalogue, unsigned seed, const Wanted& wanted)
        : chance_(seed)
    {
        for (const dispatch::Listed& listed : catalogue.all())
            if (listed.command->execute && wanted(listed)) commands_.push_back(&listed);
    }

    // One after the other, so that none is left out.
    std::vector<std::string> next()
    {
        const dispatch::Listed& listed = *commands_[next_++ % commands_.size()];
        std::vector<std::string> words;
        if (!listed.spec().container.empty()) words.emplace_back(listed.spec().container);
        words.emplace_back(listed.spec().name);
        for (const dispatch::Argument& argument : listed.command->arguments()) add(argument, words);
        return words;
    }

    std::size_t commands() const { return commands_.size(); }

private:
    std::size_t below(std::size_t bound) { return chance_() % bound; }

    void add(const dispatch::Argument& argument, std::vector<std::string>& words)
    {
        if (argument.optional && below(2) == 0) return;
        for (std::size_t times = argument.multiple ? 1 + below(3) : 1; times > 0; --times)
            add_one(argument, words);
    }

    void add_one(const dispatch::Argument& argument, std::vector<std::string>& words)
    {
        using enum dispatch::ArgumentType;
        if (!argument.token.empty()) words.emplace_back(argument.token);
        switch (argument.type) {
            case pure_token:
                return;
            case one_of:
                return add(argument.children[below(argument.children.size())], words);
            case block:
                for (const dispatch::Argument& child : argument.children) add(child, words);
                return;
            case key:
                return words.push_back("key:" + std::to_string(below(40)));
            case pattern:
                return words.push_back(below(2) ? "key:1*" : "*");
            case integer:
                return words.push_back(std::to_string(below(100)));
            case real:
                return words.push_back(std::to_string(below(100)) + ".5");
            case unix_time:
                return words.push_back(std::to_string(4'000'000'000 + below(100)));
            case string:
                return words.push_back(below(2) ? std::to_string(below(100)) : "text");
        }
    }

    std::mt19937 chance_;
    std::vector<const dispatch::Listed*> commands_;
    std::size_t next_ = 0;
};

// As RESP sends it.
inline std::string to_bytes(const std::vector<std::string>& words)
{
    std::string bytes = "*" + std::to_string(words.size()) + "\r\n";
    for (const std::string& word : words)
        bytes += "$" + std::to_string(word.size()) + "\r\n" + word + "\r\n";
    return bytes;
}

}  // namespace mini_redis::tests
