// Where all decisions of a simulation come from, and the token by which it is asked for again.
//
// A token is S<decisions>-<seed>: as many decisions are taken at random, then all comes to an end.
// So of a run that fails a beginning may fail, too, and is easier to read.
#pragma once

#include <charconv>
#include <cstdint>
#include <initializer_list>
#include <optional>
#include <random>
#include <string>
#include <string_view>

namespace mini_redis::tests {

struct Token {
    std::size_t decisions;
    std::uint64_t seed;

    std::string text() const
    {
        char digits[16];
        const auto end = std::to_chars(digits, digits + sizeof digits, seed, 16).ptr;
        return "S" + std::to_string(decisions) + "-" + std::string(digits, end);
    }
    static std::optional<Token> read(std::string_view text)
    {
        Token token{};
        const std::size_t dash = text.find('-');
        if (!text.starts_with('S') || dash == text.npos) return std::nullopt;
        const char* const end = text.data() + text.size();
        const auto size = std::from_chars(text.data() + 1, end, token.decisions);
        const auto seed = std::from_chars(text.data() + dash + 1, end, token.seed, 16);
        if (size.ptr != text.data() + dash || seed.ec != std::errc() || seed.ptr != end)
            return std::nullopt;
        return token;
    }
};

class Chance {
public:
    explicit Chance(std::uint64_t seed) : engine_(seed) {}

    std::size_t below(std::size_t bound) { return engine_() % bound; }
    std::size_t between(std::size_t least, std::size_t most)
    {
        return least + below(most - least + 1);
    }
    bool one_in(std::size_t times) { return below(times) == 0; }
    std::size_t one_of(std::initializer_list<std::size_t> values)
    {
        return values.begin()[below(values.size())];
    }

private:
    std::mt19937_64 engine_;
};

}  // namespace mini_redis::tests
