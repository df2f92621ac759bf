// TIME, and LOLWUT, which passes it.
#include "protocol/number.hpp"
#include "protocol/text.hpp"
#include "server/commands/grammar.hpp"
#include "server/config/version.hpp"

#include <algorithm>
#include <chrono>
#include <ranges>

namespace mini_redis::commands {
namespace {

struct Time {
    static constexpr Spec spec{
        .name = "TIME",
        .summary =
            "Returns the server's time: Unix seconds, and the microseconds that have passed "
            "in this one.",
        .since = "2.6.0",
        .complexity = "O(1)",
        .flags = Flag::loading | Flag::stale | Flag::fast,
        .tips = {"nondeterministic_output"},
    };
    static constexpr auto syntax = sequence();

    void run(Context&, Writer& reply) const
    {
        const std::int64_t us = std::chrono::duration_cast<std::chrono::microseconds>(
                                    std::chrono::system_clock::now().time_since_epoch())
                                    .count();
        reply.array(2);
        reply.bulk_integer(us / 1'000'000);
        reply.bulk_integer(us % 1'000'000);
    }
};

// A labyrinth of diagonals, another one each time: the shortest program that was ever art.
struct Lolwut {
    Words words;

    static constexpr Spec spec{
        .name = "LOLWUT",
        .summary = "Draws something, and says which version drew it.",
        .since = "5.0.0",
        .flags = Flag::readonly | Flag::fast,
    };
    static constexpr auto syntax = sequence(unread(
        &Lolwut::words, optional(token_arg("VERSION", word("version", ArgumentType::integer)))));

    void run(Context& context, Writer& reply) const
    {
        if (!numbers_where_redis_wants_them()) return reply.error(errors::not_an_integer);
        constexpr std::string_view walls[] = {"╱", "╲"};
        std::string art;
        for (int row = 0; row < 10; ++row) {
            std::uint64_t chance = context.counts.keyspace.chance();
            for (int column = 0; column < 40; ++column, chance >>= 1) art += walls[chance & 1];
            art += '\n';
        }
        art.append("\nmini-redis ver. ").append(config::version).append("\n");
        reply.verbatim("txt", art);
    }

private:
    // The pictures of Redis 5 and 6 take their measures as arguments; ours takes none.
    bool numbers_where_redis_wants_them() const
    {
        if (words.size() < 2 || !protocol::equal_ignoring_case(words[0], "VERSION")) return true;
        const auto version = protocol::parse_integer(words[1]);
        const std::size_t measures = version == 5 ? 3 : version == 6 ? 2 : 0;
        return version && std::ranges::all_of(
                              words.subspan(2) | std::views::take(measures),
                              [](Word word) { return protocol::parse_integer(word).has_value(); });
    }
};

constexpr auto time_commands = dispatch::commands<Lolwut, Time>;

}  // namespace

const dispatch::Family server_time{"server", {}, time_commands};

}  // namespace mini_redis::commands
