// Lists: elements by what they are.
#include "server/commands/lists.hpp"

#include <cstdlib>
#include <optional>

namespace mini_redis::commands {
namespace {

struct Linsert {
    Key key;
    List::Side side = List::Side::before;
    std::string_view pivot;
    std::string_view element;

    static constexpr Spec spec{
        .name = "LINSERT",
        .summary = "Inserts an element before or after the first of its kind.",
        .since = "2.2.0",
        .complexity = "O(N), N being the number of elements before it",
        .flags = Flag::write | Flag::denyoom,
    };
    static constexpr auto syntax =
        sequence(key_arg("key", &Linsert::key, Use::rw | Use::insert),
                 one_of("where", token("BEFORE", &Linsert::side, List::Side::before),
                        token("AFTER", &Linsert::side, List::Side::after)),
                 arg("pivot", &Linsert::pivot), arg("element", &Linsert::element));

    void run(Context& context, Writer& reply) const
    {
        const Entry* entry = context.data.find(key);
        if (!must_be(Type::list, entry, reply)) return;
        if (!entry) return reply.integer(0);
        Edited<List> list(context.data, key, entry);
        if (!list->insert(side, pivot, element, list_limits(context))) return reply.integer(-1);
        context.data.report(Event::linsert, key);
        reply.integer(static_cast<std::int64_t>(list->size()));
    }
};

struct Lrem {
    Key key;
    std::int64_t count = 0;
    std::string_view element;

    static constexpr Spec spec{
        .name = "LREM",
        .summary = "Removes elements of a list that equal one, from the head or the tail on.",
        .since = "1.0.0",
        .complexity = "O(N), N being the number of elements",
        .flags = Flag::write,
    };
    static constexpr auto syntax =
        sequence(key_arg("key", &Lrem::key, Use::rw | Use::del), arg("count", &Lrem::count),
                 arg("element", &Lrem::element));

    void run(Context& context, Writer& reply) const
    {
        const Entry* entry = context.data.find(key);
        if (!must_be(Type::list, entry, reply)) return;
        if (!entry) return reply.integer(0);
        Edited<List> list(context.data, key, entry);
        // (Unsigned, the least of all integers has a negative, too.)
        const auto wanted = static_cast<std::size_t>(count);
        const std::size_t max = count == 0 ? list->size() : count < 0 ? 0 - wanted : wanted;
        const std::size_t removed =
            list->erase_equal(element, count < 0 ? End::tail : End::head, max);
        if (removed != 0) context.data.report(Event::lrem, key, removed);
        reply.integer(static_cast<std::int64_t>(removed));
    }
};

// Which of several matches is the first wanted: 1 is that from the head, -1 that from the tail.
struct Rank {
    std::int64_t value = 1;

    End from() const { return value < 0 ? End::tail : End::head; }
    // How many matches come before it; none, as in Redis, where it has no negative.
    std::int64_t before() const
    {
        if (value == std::numeric_limits<std::int64_t>::min()) return 0;
        return std::abs(value) - 1;
    }
};

bool convert(Word word, Rank& rank, Arguments& in)
{
    if (!dispatch::convert(word, rank.value, in)) return false;
    return rank.value != 0 ||
           in.fail(
               "ERR RANK can't be zero: use 1 to start from the first match, 2 from the second ... "
               "or use negative to start from the end of the list");
}

// How many are to be found; 0 is all of them.
struct Matches {
    std::size_t value = 0;
};

// How many are looked at; 0 is all of them.
struct Compared {
    std::size_t value = 0;
};

bool convert(Word word, Matches& matches, Arguments& in)
{
    const auto number = protocol::parse_integer(word);
    if (!number || *number < 0) return in.fail("ERR COUNT can't be negative");
    return matches.value = static_cast<std::size_t>(*number), true;
}

bool convert(Word word, Compared& compared, Arguments& in)
{
    const auto number = protocol::parse_integer(word);
    if (!number || *number < 0) return in.fail("ERR MAXLEN can't be negative");
    return compared.value = static_cast<std::size_t>(*number), true;
}

struct Lpos {
    Key key;
    std::string_view element;
    Rank rank;
    std::optional<Matches> matches;
    Compared compared;

    static constexpr Spec spec{
        .name = "LPOS",
        .summary = "Returns the numbers of the elements that equal one.",
        .since = "6.0.6",
        .complexity = "O(N), N being the number of elements, or MAXLEN",
        .flags = Flag::readonly,
    };
    static constexpr auto syntax =
        sequence(key_arg("key", &Lpos::key, Use::ro | Use::access), arg("element", &Lpos::element),
                 options(token_arg("RANK", arg("rank", &Lpos::rank)),
                         token_arg("COUNT", arg("num-matches", &Lpos::matches)),
                         token_arg("MAXLEN", arg("len", &Lpos::compared))));

    void run(Context& context, Writer& reply) const
    {
        const Entry* entry = context.data.read(key);
        if (!must_be(Type::list, entry, reply)) return;
        if (!entry) return matches ? reply.array(0) : reply.null();
        const Borrowed<List> list(*entry);
        if (matches) {
            const auto mark = reply.later();
            reply.array_at(mark, find(*list, reply));
        } else if (find(*list, reply) == 0) {
            reply.null();
        }
    }

private:
    std::size_t find(const List& list, Writer& reply) const
    {
        const Element wanted = values::element_of(element);
        const std::size_t wanted_count = matches ? matches->value : 1;
        std::int64_t skipped = rank.before();
        std::size_t at = 0;
        std::size_t found = 0;
        list.walk(rank.from(), [&](const Element& met) {
            const std::size_t index = rank.from() == End::head ? at : list.size() - 1 - at;
            ++at;
            if (met == wanted && --skipped < 0) {
                reply.integer(static_cast<std::int64_t>(index));
                if (++found == wanted_count) return false;
            }
            return at != compared.value;
        });
        return found;
    }
};

}  // namespace

constexpr auto list_search_commands = dispatch::commands<Linsert, Lpos, Lrem>;
const dispatch::Family list_searches{"list", Category::list, list_search_commands};

}  // namespace mini_redis::commands
