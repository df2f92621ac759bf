// Lists: pushing, popping, and elements by their number.
#include "server/commands/lists.hpp"

#include "server/commands/index_range.hpp"

#include <optional>

namespace mini_redis::commands {
namespace {

// Where an index points; nothing if that is outside.
std::optional<std::size_t> place_of(std::int64_t index, std::size_t size)
{
    const IndexRange one = index_range(index, index, size);
    return one.count == 1 && (index >= 0 || index + static_cast<std::int64_t>(size) >= 0)
               ? std::optional(one.from)
               : std::nullopt;
}

struct Push {
    Key key;
    Words elements;

    static constexpr auto syntax = sequence(key_arg("key", &Push::key, Use::rw | Use::insert),
                                            rest("element", &Push::elements));

    enum class To : bool { any_list, one_that_is_there };

    void push(Context& context, End end, To to, Writer& reply) const
    {
        const Entry* entry = context.data.find(key);
        if (!must_be(Type::list, entry, reply)) return;
        if (!entry && to == To::one_that_is_there) return reply.integer(0);
        const List::Limits limits = list_limits(context);
        Edited<List> list(context.data, key, entry);
        for (const Word element : elements) list->push(end, element, limits);
        context.data.report(pushed(end), key, elements.size());
        reply.integer(static_cast<std::int64_t>(list->size()));
    }
};

constexpr std::string_view each_pushed = "O(N), N being the number of elements to push";

struct Lpush : Push {
    static constexpr Spec spec{
        .name = "LPUSH",
        .summary = "Pushes elements to the head of a list, and makes the list if it is not there.",
        .since = "1.0.0",
        .complexity = each_pushed,
        .flags = Flag::write | Flag::denyoom | Flag::fast,
    };

    void run(Context& context, Writer& reply) const
    {
        push(context, End::head, To::any_list, reply);
    }
};

struct Lpushx : Push {
    static constexpr Spec spec{
        .name = "LPUSHX",
        .summary = "Pushes elements to the head of a list that is there.",
        .since = "2.2.0",
        .complexity = each_pushed,
        .flags = Flag::write | Flag::denyoom | Flag::fast,
    };

    void run(Context& context, Writer& reply) const
    {
        push(context, End::head, To::one_that_is_there, reply);
    }
};

struct Rpush : Push {
    static constexpr Spec spec{
        .name = "RPUSH",
        .summary = "Pushes elements to the tail of a list, and makes the list if it is not there.",
        .since = "1.0.0",
        .complexity = each_pushed,
        .flags = Flag::write | Flag::denyoom | Flag::fast,
    };

    void run(Context& context, Writer& reply) const
    {
        push(context, End::tail, To::any_list, reply);
    }
};

struct Rpushx : Push {
    static constexpr Spec spec{
        .name = "RPUSHX",
        .summary = "Pushes elements to the tail of a list that is there.",
        .since = "2.2.0",
        .complexity = each_pushed,
        .flags = Flag::write | Flag::denyoom | Flag::fast,
    };

    void run(Context& context, Writer& reply) const
    {
        push(context, End::tail, To::one_that_is_there, reply);
    }
};

void pop(Context& context, const Key& key, End end, const std::optional<Amount>& count,
         Writer& reply)
{
    const Entry* entry = context.data.find(key);
    if (!must_be(Type::list, entry, reply)) return;
    if (!entry) return count ? reply.null_array() : reply.null();
    if (count && count->value == 0) return reply.array(0);
    Edited<List> list(context.data, key, entry);
    if (count)
        return pop_several(context, key, *list, end, std::min(count->value, list->size()), reply);
    reply_with(list->peek(end), reply);
    list->pop(end);
    context.data.report(popped(end), key);
}

struct Lpop {
    Key key;
    std::optional<Amount> count;

    static constexpr Spec spec{
        .name = "LPOP",
        .summary = "Takes elements from the head of a list.",
        .since = "1.0.0",
        .complexity = "O(N), N being the number of elements taken",
        .flags = Flag::write | Flag::fast,
    };
    static constexpr auto syntax =
        sequence(key_arg("key", &Lpop::key, Use::rw | Use::access | Use::del),
                 optional_last(arg("count", &Lpop::count).since("6.2.0"),
                               "ERR wrong number of arguments for 'lpop' command"));

    void run(Context& context, Writer& reply) const { pop(context, key, End::head, count, reply); }
};

struct Rpop {
    Key key;
    std::optional<Amount> count;

    static constexpr Spec spec{
        .name = "RPOP",
        .summary = "Takes elements from the tail of a list.",
        .since = "1.0.0",
        .complexity = "O(N), N being the number of elements taken",
        .flags = Flag::write | Flag::fast,
    };
    static constexpr auto syntax =
        sequence(key_arg("key", &Rpop::key, Use::rw | Use::access | Use::del),
                 optional_last(arg("count", &Rpop::count).since("6.2.0"),
                               "ERR wrong number of arguments for 'rpop' command"));

    void run(Context& context, Writer& reply) const { pop(context, key, End::tail, count, reply); }
};

struct Llen {
    Key key;

    static constexpr Spec spec{
        .name = "LLEN",
        .summary = "Counts the elements of a list.",
        .since = "1.0.0",
        .complexity = "O(1)",
        .flags = Flag::readonly | Flag::fast,
    };
    static constexpr auto syntax = sequence(key_arg("key", &Llen::key, Use::ro));

    void run(Context& context, Writer& reply) const { reply_with_size<List>(context, key, reply); }
};

struct Lindex {
    Key key;
    std::string_view index;  // which Redis reads once it has a list

    static constexpr Spec spec{
        .name = "LINDEX",
        .summary = "Returns an element of a list by its number.",
        .since = "1.0.0",
        .complexity = "O(N), N being the number of blocks between it and the nearer end",
        .flags = Flag::readonly,
    };
    static constexpr auto syntax =
        sequence(key_arg("key", &Lindex::key, Use::ro | Use::access),
                 arg("index", &Lindex::index).of_type(ArgumentType::integer));

    void run(Context& context, Writer& reply) const
    {
        const Entry* entry = context.data.read(key);
        if (!must_be(Type::list, entry, reply)) return;
        if (!entry) return reply.null();
        const auto number = protocol::parse_integer(index);
        if (!number) return reply.error(errors::not_an_integer);
        const Borrowed<List> list(*entry);
        const auto place = place_of(*number, list->size());
        place ? reply_with(list->at(*place), reply) : reply.null();
    }
};

struct Lset {
    Key key;
    std::string_view index;
    std::string_view element;

    static constexpr Spec spec{
        .name = "LSET",
        .summary = "Replaces an element of a list by its number.",
        .since = "1.0.0",
        .complexity = "O(N), N being the number of blocks between it and the nearer end",
        .flags = Flag::write | Flag::denyoom,
    };
    static constexpr auto syntax = sequence(
        key_arg("key", &Lset::key, Use::rw | Use::update),
        arg("index", &Lset::index).of_type(ArgumentType::integer), arg("element", &Lset::element));

    void run(Context& context, Writer& reply) const
    {
        const Entry* entry = context.data.find(key);
        if (!must_be(Type::list, entry, reply)) return;
        if (!entry) return reply.error(errors::no_such_key);
        const auto number = protocol::parse_integer(index);
        if (!number) return reply.error(errors::not_an_integer);
        Edited<List> list(context.data, key, entry);
        const auto place = place_of(*number, list->size());
        if (!place) return reply.error("ERR index out of range");
        list->set(*place, element, list_limits(context));
        context.data.report(Event::lset, key);
        reply.ok();
    }
};

struct Lrange {
    Key key;
    std::int64_t start = 0;
    std::int64_t stop = 0;

    static constexpr Spec spec{
        .name = "LRANGE",
        .summary = "Returns the elements of a list from one number to another.",
        .since = "1.0.0",
        .complexity = "O(S+N), S being the number of blocks before them and N of the elements",
        .flags = Flag::readonly,
    };
    static constexpr auto syntax =
        sequence(key_arg("key", &Lrange::key, Use::ro | Use::access), arg("start", &Lrange::start),
                 arg("stop", &Lrange::stop));

    void run(Context& context, Writer& reply) const
    {
        const Entry* entry = context.data.read(key);
        if (!must_be(Type::list, entry, reply)) return;
        if (!entry) return reply.array(0);
        const Borrowed<List> list(*entry);
        const IndexRange part = index_range(start, stop, list->size());
        reply.array(part.count);
        list->each(part.from, part.count,
                   [&](const Element& element) { reply_with(element, reply); });
    }
};

struct Ltrim {
    Key key;
    std::int64_t start = 0;
    std::int64_t stop = 0;

    static constexpr Spec spec{
        .name = "LTRIM",
        .summary = "Removes what lies outside a part of a list, and the list if that is all.",
        .since = "1.0.0",
        .complexity = "O(N), N being the number of elements to remove",
        .flags = Flag::write,
    };
    static constexpr auto syntax = sequence(key_arg("key", &Ltrim::key, Use::rw | Use::del),
                                            arg("start", &Ltrim::start), arg("stop", &Ltrim::stop));

    void run(Context& context, Writer& reply) const
    {
        const Entry* entry = context.data.find(key);
        if (!must_be(Type::list, entry, reply)) return;
        reply.ok();
        if (!entry) return;
        Edited<List> list(context.data, key, entry);
        const std::size_t size = list->size();
        const IndexRange kept = index_range(start, stop, size);
        const std::size_t behind = kept.from + kept.count;
        list->erase(behind, size - behind);
        list->erase(0, kept.from);
        context.data.report(Event::ltrim, key, size - kept.count);
    }
};

}  // namespace

constexpr auto list_commands =
    dispatch::commands<Lindex, Llen, Lpop, Lpush, Lpushx, Lrange, Lset, Ltrim, Rpop, Rpush, Rpushx>;
const dispatch::Family lists{"list", Category::list, list_commands};

}  // namespace mini_redis::commands
