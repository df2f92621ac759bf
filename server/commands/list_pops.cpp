// Lists: taking elements from the first of several that is there, or waiting until one is.
#include "server/commands/lists.hpp"
#include "server/commands/patience.hpp"

namespace mini_redis::commands {
namespace {

struct Mpop {
    Keys keys;
    End from = End::head;
    PopCount count;

    // Whether one of them is there.
    bool pop(Context& context, Writer& reply) const
    {
        const auto take = [&](const Key& key, const Entry& entry) {
            Edited<List> list(context.data, key, &entry);
            reply.array(2);
            reply.bulk(key.name);
            pop_several(context, key, *list, from, std::min(count.value, list->size()), reply);
        };
        return with_first(context, keys, Type::list, reply, take);
    }
};

constexpr auto mpop_keys = counted_keys_arg("key", &Mpop::keys, Use::rw | Use::access | Use::del,
                                            {too_few_keys, too_few_keys});
constexpr auto mpop_count = optional(token_arg("COUNT", arg("count", &Mpop::count)));

struct Lmpop : Mpop {
    static constexpr Spec spec{
        .name = "LMPOP",
        .summary = "Takes elements from the first list of several that is there.",
        .since = "7.0.0",
        .complexity = "O(N+M), N being the number of keys and M of the elements taken",
        .flags = Flag::write,
    };
    static constexpr auto syntax = sequence(mpop_keys, end_arg("where", &Mpop::from), mpop_count);

    void run(Context& context, Writer& reply) const
    {
        if (!pop(context, reply)) reply.null_array();
    }
};

struct Blmpop : Mpop {
    Word timeout;  // which Redis reads last

    static constexpr Spec spec{
        .name = "BLMPOP",
        .summary = "Takes elements from the first list of several that is there, or waits for one.",
        .since = "7.0.0",
        .complexity = "O(N+M), N being the number of keys and M of the elements taken",
        .flags = Flag::write | Flag::blocking,
    };
    static constexpr auto syntax =
        sequence(arg("timeout", &Blmpop::timeout).of_type(ArgumentType::real), mpop_keys,
                 end_arg("where", &Mpop::from), mpop_count);

    void run(Context& context, Writer& reply) const
    {
        PatienceInSeconds patience;
        if (!read_patience(timeout, patience, reply)) return;
        if (!pop(context, reply)) wait_for(context, Type::list, keys.size(), patience, reply);
    }
};

struct PopOneOrWait : PopOrWait {
    void pop(Context& context, End from, Writer& reply) const
    {
        const auto take = [&](const Key& key, const Entry& entry) {
            Edited<List> list(context.data, key, &entry);
            reply.array(2);
            reply.bulk(key.name);
            reply_with(list->peek(from), reply);
            list->pop(from);
            context.data.report(popped(from), key);
        };
        take_or_wait(context, Type::list, reply, take);
    }
};

constexpr auto pops_or_waits = Flag::write | Flag::noscript | Flag::blocking;

struct Blpop : PopOneOrWait {
    static constexpr Spec spec{
        .name = "BLPOP",
        .summary = "Takes an element from the head of a list, or waits for one.",
        .since = "2.0.0",
        .complexity = "O(N), N being the number of keys",
        .flags = pops_or_waits,
    };

    void run(Context& context, Writer& reply) const { pop(context, End::head, reply); }
};

struct Brpop : PopOneOrWait {
    static constexpr Spec spec{
        .name = "BRPOP",
        .summary = "Takes an element from the tail of a list, or waits for one.",
        .since = "2.0.0",
        .complexity = "O(N), N being the number of keys",
        .flags = pops_or_waits,
    };

    void run(Context& context, Writer& reply) const { pop(context, End::tail, reply); }
};

}  // namespace

constexpr auto list_pop_commands = dispatch::commands<Blmpop, Blpop, Brpop, Lmpop>;
const dispatch::Family list_pops{"list", Category::list, list_pop_commands};

}  // namespace mini_redis::commands
