// Simulations from seeds: whatever happens, and whenever, each client sees a server that works.
//
//   MINI_REDIS_REPLAY   one token: this run alone, with everything that happens (./dev replay)
//   MINI_REDIS_SEEDS    how many seeds to try
#include "tests/simulation/simulation.hpp"

#include "tests/cancellation/sessions.hpp"

#include <cstdlib>

namespace mini_redis::tests {
namespace {

constexpr std::size_t decisions = 500;

std::size_t seeds()
{
    const char* const wanted = std::getenv("MINI_REDIS_SEEDS");
    return wanted ? std::stoull(wanted) : 150;
}

std::string run(Token token)
{
    return Simulation(token).run();
}

// Of a run that fails, the shortest beginning that does.
Token shortened(Token token)
{
    for (std::size_t size = 1; size < token.decisions; size += 1 + size / 16)
        if (!run({size, token.seed}).empty()) return {size, token.seed};
    return token;
}

std::string report(Token token)
{
    const Token shortest = shortened(token);
    return shortest.text() + ": " + run(shortest) + "\n    ./dev replay " + shortest.text();
}

TEST(Simulation, KeepsTheLawsFromEverySeed)
{
    const QuietLog quiet;
    if (const char* const wanted = std::getenv("MINI_REDIS_REPLAY")) {
        const auto token = Token::read(wanted);
        ASSERT_TRUE(token) << wanted << " is no token";
        EXPECT_EQ(Simulation(*token, true).run(), "");
        return;
    }
    std::size_t steps = 0;
    std::size_t commands = 0;
    for (std::uint64_t seed = 1; seed <= seeds(); ++seed) {
        // Neighbours are to have nothing in common.
        const Token token{decisions, seed * 0x9e3779b97f4a7c15};
        Simulation simulation(token);
        ASSERT_EQ(simulation.run(), "") << token.text() << "; its shortest part that fails:\n"
                                        << report(token);
        steps += simulation.steps();
        commands += simulation.commands();
    }
    std::printf("[simulation] %zu seeds: %zu steps, %zu commands\n", seeds(), steps, commands);
    EXPECT_GT(commands, seeds() * 20);
}

TEST(Simulation, IsTheSameFromTheSameSeed)
{
    const QuietLog quiet;
    Simulation one({decisions, 7});
    EXPECT_EQ(one.run(), "");
    Simulation again({decisions, 7});
    EXPECT_EQ(again.run(), "");
    EXPECT_EQ(one.digest(), again.digest());
    Simulation other({decisions, 8});
    EXPECT_EQ(other.run(), "");
    EXPECT_NE(one.digest(), other.digest());
}

TEST(Simulation, ReadsItsTokens)
{
    const auto token = Token::read("S12-8f3a");
    ASSERT_TRUE(token);
    EXPECT_EQ(token->decisions, 12U);
    EXPECT_EQ(token->seed, 0x8f3aU);
    EXPECT_EQ(token->text(), "S12-8f3a");
    for (const char* wrong : {"", "S", "S1", "S1-", "1-2", "S1-2x", "Sx-2"})
        EXPECT_FALSE(Token::read(wrong)) << wrong;
}

}  // namespace
}  // namespace mini_redis::tests
