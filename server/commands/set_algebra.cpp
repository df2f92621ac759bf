// Sets: what several of them have in common, have together, or have not.
#include "server/commands/sets.hpp"

#include <algorithm>
#include <deque>
#include <span>
#include <vector>

namespace mini_redis::commands {
namespace {

enum class Operation : std::uint8_t { difference, intersection, union_of };

// Those of the sets that are there; null where one is not. False, and an error written, if one of
// the keys holds something else.
bool find_all(Context& context, Keys keys, std::vector<const Entry*>& found, Writer& reply)
{
    for (const Key& key : keys) found.push_back(context.data.read(key));
    return std::ranges::all_of(
        found, [&](const Entry* entry) { return must_be(Type::set, entry, reply); });
}

// The sets that are there. (Borrowed once each, because they are asked once for each member.)
std::deque<Borrowed<Set>> borrow(std::span<const Entry* const> entries)
{
    std::deque<Borrowed<Set>> sets;
    for (const Entry* entry : entries)
        if (entry) sets.emplace_back(*entry);
    return sets;
}

// Visits each member of the result once.
template <class Visit>
void each_difference(std::span<const Entry* const> entries, Visit&& visit)
{
    if (!entries[0]) return;
    const auto others = borrow(entries.subspan(1));
    Borrowed<Set>(*entries[0])->each([&](const Element& member) {
        Element::Scratch scratch;
        const std::string_view text = member.text(scratch);
        if (std::ranges::none_of(others, [&](const auto& other) { return other->contains(text); }))
            visit(member);
    });
}

// Or some, until visit() returns false. From the smallest set, because each of its members is
// looked for in all others.
template <class Visit>
void each_intersection(std::span<const Entry*> entries, Visit&& visit)
{
    if (std::ranges::find(entries, nullptr) != entries.end()) return;
    std::ranges::sort(entries, {}, [](const Entry* set) { return Borrowed<Set>(*set)->size(); });
    const auto others = borrow(entries.subspan(1));
    Borrowed<Set>(*entries[0])->each([&](const Element& member) {
        Element::Scratch scratch;
        const std::string_view text = member.text(scratch);
        return !std::ranges::all_of(others, [&](const auto& other) {
            return other->contains(text);
        }) || values::goes_on(visit, member);
    });
}

Set result_of(Operation operation, std::span<const Entry*> sets, const Set::Limits& limits)
{
    Set result;
    const auto add = [&](const Element& member) {
        Element::Scratch scratch;
        result.add(member.text(scratch), limits);
    };
    switch (operation) {
        case Operation::difference:
            each_difference(sets, add);
            break;
        case Operation::intersection:
            each_intersection(sets, add);
            break;
        case Operation::union_of:
            for (const Entry* set : sets)
                if (set) Borrowed<Set>(*set)->each(add);
    }
    return result;
}

void reply_with_result(Context& context, Operation operation, Keys keys, Writer& reply)
{
    std::vector<const Entry*> sets;
    if (!find_all(context, keys, sets, reply)) return;
    if (operation == Operation::union_of)  // which may meet a member several times
        return reply_with_all(result_of(operation, sets, set_limits(context)), reply);
    const auto mark = reply.later();
    std::size_t count = 0;
    const auto write = [&](const Element& member) {
        reply_with(member, reply);
        ++count;
    };
    operation == Operation::difference ? each_difference(std::span(std::as_const(sets)), write)
                                       : each_intersection(std::span(sets), write);
    reply.set_at(mark, count);
}

void store_result(Context& context, Operation operation, const Key& destination, Keys keys,
                  Event event, Writer& reply)
{
    std::vector<const Entry*> sets;
    if (!find_all(context, keys, sets, reply)) return;
    store(context, destination, result_of(operation, sets, set_limits(context)), event, reply);
}

struct Sdiff {
    Keys keys;

    static constexpr Spec spec{
        .name = "SDIFF",
        .summary = "Returns the members of the first set that no other one has.",
        .since = "1.0.0",
        .complexity = "O(N), N being the number of members of all sets",
        .flags = Flag::readonly,
        .tips = {"nondeterministic_output_order"},
    };
    static constexpr auto syntax = sequence(keys_arg("key", &Sdiff::keys, Use::ro | Use::access));

    void run(Context& context, Writer& reply) const
    {
        reply_with_result(context, Operation::difference, keys, reply);
    }
};

struct Sinter {
    Keys keys;

    static constexpr Spec spec{
        .name = "SINTER",
        .summary = "Returns the members that all of several sets have.",
        .since = "1.0.0",
        .complexity = "O(N*M), N being the size of the smallest set and M the number of sets",
        .flags = Flag::readonly,
        .tips = {"nondeterministic_output_order"},
    };
    static constexpr auto syntax = sequence(keys_arg("key", &Sinter::keys, Use::ro | Use::access));

    void run(Context& context, Writer& reply) const
    {
        reply_with_result(context, Operation::intersection, keys, reply);
    }
};

struct Sintercard {
    Keys keys;
    CountLimit limit;

    static constexpr Spec spec{
        .name = "SINTERCARD",
        .summary = "Counts the members that all of several sets have.",
        .since = "7.0.0",
        .complexity = "O(N*M), N being the size of the smallest set and M the number of sets",
        .flags = Flag::readonly,
    };
    static constexpr auto syntax =
        sequence(counted_keys_arg("key", &Sintercard::keys, Use::ro | Use::access,
                                  {too_few_keys, too_few_keys,
                                   "ERR Number of keys can't be greater than number of args"}),
                 options(token_arg("LIMIT", arg("limit", &Sintercard::limit))));

    void run(Context& context, Writer& reply) const
    {
        std::vector<const Entry*> sets;
        if (!find_all(context, keys, sets, reply)) return;
        std::size_t count = 0;
        each_intersection(std::span(sets), [&](const Element&) { return ++count != limit.value; });
        reply.integer(static_cast<std::int64_t>(count));
    }
};

struct Sunion {
    Keys keys;

    static constexpr Spec spec{
        .name = "SUNION",
        .summary = "Returns the members of all of several sets.",
        .since = "1.0.0",
        .complexity = "O(N), N being the number of members of all sets",
        .flags = Flag::readonly,
        .tips = {"nondeterministic_output_order"},
    };
    static constexpr auto syntax = sequence(keys_arg("key", &Sunion::keys, Use::ro | Use::access));

    void run(Context& context, Writer& reply) const
    {
        reply_with_result(context, Operation::union_of, keys, reply);
    }
};

struct Sdiffstore {
    Key destination;
    Keys keys;

    static constexpr Spec spec{
        .name = "SDIFFSTORE",
        .summary = "Stores the members of the first set that no other one has.",
        .since = "1.0.0",
        .complexity = "O(N), N being the number of members of all sets",
        .flags = Flag::write | Flag::denyoom,
    };
    static constexpr auto syntax =
        sequence(key_arg("destination", &Sdiffstore::destination, Use::ow | Use::update),
                 keys_arg("key", &Sdiffstore::keys, Use::ro | Use::access));

    void run(Context& context, Writer& reply) const
    {
        store_result(context, Operation::difference, destination, keys, Event::sdiffstore, reply);
    }
};

struct Sinterstore {
    Key destination;
    Keys keys;

    static constexpr Spec spec{
        .name = "SINTERSTORE",
        .summary = "Stores the members that all of several sets have.",
        .since = "1.0.0",
        .complexity = "O(N*M), N being the size of the smallest set and M the number of sets",
        .flags = Flag::write | Flag::denyoom,
    };
    static constexpr auto syntax =
        sequence(key_arg("destination", &Sinterstore::destination, Use::rw | Use::update),
                 keys_arg("key", &Sinterstore::keys, Use::ro | Use::access));

    void run(Context& context, Writer& reply) const
    {
        store_result(context, Operation::intersection, destination, keys, Event::sinterstore,
                     reply);
    }
};

struct Sunionstore {
    Key destination;
    Keys keys;

    static constexpr Spec spec{
        .name = "SUNIONSTORE",
        .summary = "Stores the members of all of several sets.",
        .since = "1.0.0",
        .complexity = "O(N), N being the number of members of all sets",
        .flags = Flag::write | Flag::denyoom,
    };
    static constexpr auto syntax =
        sequence(key_arg("destination", &Sunionstore::destination, Use::ow | Use::update),
                 keys_arg("key", &Sunionstore::keys, Use::ro | Use::access));

    void run(Context& context, Writer& reply) const
    {
        store_result(context, Operation::union_of, destination, keys, Event::sunionstore, reply);
    }
};

}  // namespace

constexpr auto set_algebra_commands =
    dispatch::commands<Sdiff, Sdiffstore, Sinter, Sintercard, Sinterstore, Sunion, Sunionstore>;
const dispatch::Family set_algebra{"set", Category::set, set_algebra_commands};

}  // namespace mini_redis::commands
