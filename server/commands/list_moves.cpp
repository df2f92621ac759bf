// Lists: from one to another, and from the first of several that has any.
#include "server/commands/lists.hpp"

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

template <class C>
constexpr auto end_arg(std::string_view name, End C::* field)
{
    return one_of(name, token("LEFT", field, End::head), token("RIGHT", field, End::tail));
}

struct Lmove {
    Key source;
    Key destination;
    End from = End::head;
    End to = End::head;

    static constexpr Spec spec{
        .name = "LMOVE",
        .summary = "Moves an element from an end of one list to an end of another.",
        .since = "6.2.0",
        .complexity = "O(1)",
        .flags = Flag::write | Flag::denyoom,
    };
    static constexpr auto syntax =
        sequence(key_arg("source", &Lmove::source, Use::rw | Use::access | Use::del),
                 key_arg("destination", &Lmove::destination, Use::rw | Use::insert),
                 end_arg("wherefrom", &Lmove::from), end_arg("whereto", &Lmove::to));

    void run(Context& context, Writer& reply) const
    {
        move(context, source, from, destination, to, reply);
    }
};

struct Rpoplpush {
    Key source;
    Key destination;

    static constexpr Spec spec{
        .name = "RPOPLPUSH",
        .summary = "Moves an element from the tail of one list to the head of another.",
        .since = "1.2.0",
        .complexity = "O(1)",
        .flags = Flag::write | Flag::denyoom,
        .deprecated_since = "6.2.0",
        .replaced_by = "`LMOVE` with the `RIGHT` and `LEFT` arguments",
    };
    static constexpr auto syntax =
        sequence(key_arg("source", &Rpoplpush::source, Use::rw | Use::access | Use::del),
                 key_arg("destination", &Rpoplpush::destination, Use::rw | Use::insert));

    void run(Context& context, Writer& reply) const
    {
        move(context, source, End::tail, destination, End::head, reply);
    }
};

struct Lmpop {
    Keys keys;
    End from = End::head;
    PopCount count;

    static constexpr Spec spec{
        .name = "LMPOP",
        .summary = "Takes elements from the first list of several that is there.",
        .since = "7.0.0",
        .complexity = "O(N+M), N being the number of keys and M of the elements taken",
        .flags = Flag::write,
    };
    static constexpr auto syntax = sequence(
        counted_keys_arg("key", &Lmpop::keys, Use::rw | Use::access | Use::del,
                         {too_few_keys, too_few_keys}),
        end_arg("where", &Lmpop::from), optional(token_arg("COUNT", arg("count", &Lmpop::count))));

    void run(Context& context, Writer& reply) const
    {
        for (const Key& key : keys) {
            const Entry* entry = context.data.find(key);
            if (!must_be(Type::list, entry, reply)) return;
            if (!entry) continue;
            Edited<List> list(context.data, key, entry);
            reply.array(2);
            reply.bulk(key.name);
            return pop_several(context, key, *list, from, std::min(count.value, list->size()),
                               reply);
        }
        reply.null_array();
    }
};

}  // namespace

constexpr auto list_move_commands = dispatch::commands<Lmove, Lmpop, Rpoplpush>;
const dispatch::Family list_moves{"list", Category::list, list_move_commands};

}  // namespace mini_redis::commands
