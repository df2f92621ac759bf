// Lists: from one to another, at once or when there is something to move.
#include "server/commands/lists.hpp"
#include "server/commands/patience.hpp"

#include <string>

namespace mini_redis::commands {
namespace {

void move(Context& context, const Key& source, End from, const Key& destination, End to,
          Writer& reply)
{
    const Entry* origin = context.data.find(source);
    if (!origin) return reply.null();
    const Entry* target = context.data.find(destination);
    if (!must_be(Type::list, origin, reply) || !must_be(Type::list, target, reply)) return;
    Element::Scratch scratch;
    const std::string moved(Borrowed<List>(*origin)->peek(from).text(scratch));
    reply.bulk(moved);
    // Pushed before it is popped, so that it is not lost where there is no memory to push it.
    {
        Edited<List> list(context.data, destination, target);
        list->push(to, moved, list_limits(context));
        context.data.report(pushed(to), destination);
    }
    Edited<List> list(context.data, source, origin);
    list->pop(from);
    context.data.tell(popped(from), source);
}

struct Move {
    Key source;
    Key destination;
    End from = End::tail;
    End to = End::head;

    void move(Context& context, Writer& reply) const
    {
        commands::move(context, source, from, destination, to, reply);
    }
};

constexpr auto source_arg = key_arg("source", &Move::source, Use::rw | Use::access | Use::del);
constexpr auto destination_arg = key_arg("destination", &Move::destination, Use::rw | Use::insert);
constexpr auto from_arg = end_arg("wherefrom", &Move::from);
constexpr auto to_arg = end_arg("whereto", &Move::to);

struct Lmove : Move {
    static constexpr Spec spec{
        .name = "LMOVE",
        .summary = "Moves an element from an end of one list to an end of another.",
        .since = "6.2.0",
        .complexity = "O(1)",
        .flags = Flag::write | Flag::denyoom,
    };
    static constexpr auto syntax = sequence(source_arg, destination_arg, from_arg, to_arg);

    void run(Context& context, Writer& reply) const { move(context, reply); }
};

struct Rpoplpush : Move {
    static constexpr Spec spec{
        .name = "RPOPLPUSH",
        .summary = "Moves an element from the tail of one list to the head of another.",
        .since = "1.2.0",
        .complexity = "O(1)",
        .flags = Flag::write | Flag::denyoom,
        .deprecated_since = "6.2.0",
        .replaced_by = "`LMOVE` with the `RIGHT` and `LEFT` arguments",
    };
    static constexpr auto syntax = sequence(source_arg, destination_arg);

    void run(Context& context, Writer& reply) const { move(context, reply); }
};

// Book: onwards/one-that-waits. A command that has to wait says so, and ends.
struct MoveOrWait : Move {
    PatienceInSeconds patience;

    void run(Context& context, Writer& reply) const
    {
        if (context.data.peek(source)) return move(context, reply);
        if (context.called) return reply.null();
        wait_for(context, Type::list, 1, patience, reply);
    }
};

constexpr auto moves_or_waits = Flag::write | Flag::denyoom | Flag::noscript | Flag::blocking;

struct Blmove : MoveOrWait {
    static constexpr Spec spec{
        .name = "BLMOVE",
        .summary =
            "Moves an element from an end of one list to an end of another, or waits for one.",
        .since = "6.2.0",
        .complexity = "O(1)",
        .flags = moves_or_waits,
    };
    static constexpr auto syntax =
        sequence(source_arg, destination_arg, from_arg, to_arg, timeout_arg(&MoveOrWait::patience));
};

struct Brpoplpush : MoveOrWait {
    static constexpr Spec spec{
        .name = "BRPOPLPUSH",
        .summary =
            "Moves an element from the tail of one list to the head of another, or waits for "
            "one.",
        .since = "2.2.0",
        .complexity = "O(1)",
        .flags = moves_or_waits,
        .deprecated_since = "6.2.0",
        .replaced_by = "`BLMOVE` with the `RIGHT` and `LEFT` arguments",
    };
    static constexpr auto syntax =
        sequence(source_arg, destination_arg, timeout_arg(&MoveOrWait::patience));
};

}  // namespace

constexpr auto list_move_commands = dispatch::commands<Blmove, Brpoplpush, Lmove, Rpoplpush>;
const dispatch::Family list_moves{"list", Category::list, list_move_commands};

}  // namespace mini_redis::commands
