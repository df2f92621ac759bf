// LCS: what two strings have in common, in order.
#include "server/commands/strings.hpp"
#include "server/commands/subsequence.hpp"

#include <limits>
#include <string>

namespace mini_redis::commands {
namespace {

using Keep = Subsequence::Keep;
using Match = Subsequence::Match;

struct Choices {
    bool length = false;
    bool indexes = false;
    bool match_lengths = false;
    std::int64_t match_length_min = 0;

    static constexpr auto syntax =
        options(token("LEN", &Choices::length), token("IDX", &Choices::indexes),
                token_arg("MINMATCHLEN", arg("len", &Choices::match_length_min)),
                token("WITHMATCHLEN", &Choices::match_lengths));
};

// What stands against comparing texts of these sizes; empty if nothing does. The bound is that of
// Redis' table, of four bytes a cell.
std::string_view refusal(std::uint64_t a, std::uint64_t b, std::uint64_t bytes_max)
{
    constexpr std::uint64_t size_max = std::numeric_limits<std::uint32_t>::max() - 1;
    if (a >= size_max || b >= size_max) return "ERR String too long for LCS";
    if ((a + 1) * (b + 1) > bytes_max / 4)
        return "ERR Insufficient memory, transient memory for LCS exceeds proto-max-bulk-len";
    return {};
}

void reply_with_range(std::size_t first, std::size_t length, Writer& reply)
{
    reply.array(2);
    reply.integer(static_cast<std::int64_t>(first));
    reply.integer(static_cast<std::int64_t>(first + length - 1));
}

void reply_with_indexes(const Subsequence& common, const Choices& choices, Writer& reply)
{
    reply.map(2);
    reply.bulk("matches");
    const auto mark = reply.later();
    std::size_t count = 0;
    for (const Match& match : common.matches()) {
        if (static_cast<std::int64_t>(match.length) < choices.match_length_min) continue;
        ++count;
        reply.array(choices.match_lengths ? 3 : 2);
        reply_with_range(match.a, match.length, reply);
        reply_with_range(match.b, match.length, reply);
        if (choices.match_lengths) reply.integer(static_cast<std::int64_t>(match.length));
    }
    reply.array_at(mark, count);
    reply.bulk("len");
    reply.integer(static_cast<std::int64_t>(common.length()));
}

void reply_with_text(const Subsequence& common, std::string_view a, Writer& reply)
{
    std::string text(common.length(), '\0');
    auto begin = text.end();
    for (const Match& match : common.matches())
        begin = std::ranges::copy_backward(a.substr(match.a, match.length), begin).out;
    reply.bulk(text);
}

struct Lcs {
    Key key1;
    Key key2;
    Words choices;

    static constexpr Spec spec{
        .name = "LCS",
        .summary = "Finds the longest common subsequence of two strings.",
        .since = "7.0.0",
        .complexity = "O(N*M), N and M being the lengths of the strings",
        .flags = Flag::readonly,
    };
    static constexpr auto syntax =
        sequence(key_pair_arg("key1", &Lcs::key1, "key2", &Lcs::key2, Use::ro | Use::access),
                 unread(&Lcs::choices, Choices::syntax));

    void run(Context& context, Writer& reply) const
    {
        const Entry* entry1 = context.data.read(key1);
        const Entry* entry2 = context.data.read(key2);
        for (const Entry* entry : {entry1, entry2})
            if (entry && entry->type() != keyspace::Type::string)
                return reply.error("ERR The specified keys must contain string values");
        Choices chosen;
        Arguments in(choices, 0, {});
        if (!Choices::syntax.parse(chosen, in)) return reply.error(in.error());
        if (!in.done()) return reply.error(errors::syntax);
        if (chosen.length && chosen.indexes)
            return reply.error("ERR If you want both the length and indexes, please just use IDX.");

        char scratch1[24];
        char scratch2[24];
        const std::string_view a = entry1 ? entry1->text(scratch1) : "";
        const std::string_view b = entry2 ? entry2->text(scratch2) : "";
        const std::uint64_t bytes_max = context.services.config.proto_max_bulk_len.get();
        if (const auto error = refusal(a.size(), b.size(), bytes_max); !error.empty())
            return reply.error(error);
        const Subsequence common(a, b, chosen.length ? Keep::length : Keep::all);
        if (chosen.indexes)
            reply_with_indexes(common, chosen, reply);
        else if (chosen.length)
            reply.integer(static_cast<std::int64_t>(common.length()));
        else
            reply_with_text(common, a, reply);
    }
};

}  // namespace

constexpr auto lcs_commands = dispatch::commands<Lcs>;
const dispatch::Family string_lcs{"string", Category::string, lcs_commands};

}  // namespace mini_redis::commands
