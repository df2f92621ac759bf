// When keys end: setting the moment, asking for it, taking it back.
#include "protocol/number.hpp"
#include "server/commands/grammar.hpp"

#include <optional>
#include <string>

namespace mini_redis::commands {
namespace {

// A number of `unit` milliseconds, from now on or from 1970 on.
struct TimeScale {
    Milliseconds unit;
    bool from_now;

    // Nothing if it overflows.
    std::optional<Milliseconds> moment(std::int64_t number, Milliseconds now) const
    {
        Milliseconds at = 0;
        if (__builtin_mul_overflow(number, unit, &at)) return std::nullopt;
        if (__builtin_add_overflow(at, from_now ? now : 0, &at)) return std::nullopt;
        return at;
    }
};

// The words that EXPIRE and its kin share.
struct ExpireWords {
    Key key;
    Word time;
    bool nx = false;
    bool xx = false;
    bool gt = false;
    bool lt = false;
    std::optional<Word> unsupported;

    static bool read_conditions(ExpireWords& words, Arguments& in)
    {
        while (!in.done()) {
            if (in.take_token("NX"))
                words.nx = true;
            else if (in.take_token("XX"))
                words.xx = true;
            else if (in.take_token("GT"))
                words.gt = true;
            else if (in.take_token("LT"))
                words.lt = true;
            else
                words.unsupported = in.take(in.left()).front();
        }
        return true;
    }

    // The error; empty if there is none.
    std::string wrong_conditions() const
    {
        if (unsupported)
            return "ERR Unsupported option " +
                   std::string(unsupported->substr(0, unsupported->find('\0')));
        if (nx && (xx || gt || lt))
            return "ERR NX and XX, GT or LT options at the same time are not compatible";
        if (gt && lt) return "ERR GT and LT options at the same time are not compatible";
        return {};
    }

    // A key without an expiry lives for ever: nothing is later than that, everything is earlier.
    bool allow(const Entry& entry, Milliseconds at) const
    {
        if (!entry.expires()) return !xx && !gt;
        return !nx && (!gt || at > entry.expiry()) && (!lt || at < entry.expiry());
    }

    // Errors come in Redis' order: of the conditions, of the number, of the moment.
    void apply(Context& context, TimeScale scale, std::string_view command, Writer& reply) const
    {
        if (const std::string error = wrong_conditions(); !error.empty()) return reply.error(error);
        const auto number = protocol::parse_integer(time);
        if (!number) return reply.error(errors::not_an_integer);
        const auto at = scale.moment(*number, context.now());
        if (!at)
            return reply.error("ERR invalid expire time in '" + std::string(command) + "' command");
        const Entry* entry = context.data.find(key);
        if (!entry || !allow(*entry, *at)) return reply.integer(0);
        context.data.expire_at(key, *at);
        reply.integer(1);
    }
};

constexpr auto expire_syntax(std::string_view time, ArgumentType type)
{
    return sequence(
        key_arg("key", &ExpireWords::key, Use::rw | Use::update),
        arg(time, &ExpireWords::time).of_type(type),
        custom(&ExpireWords::read_conditions,
               optional(one_of("condition", token("NX", &ExpireWords::nx),
                               token("XX", &ExpireWords::xx), token("GT", &ExpireWords::gt),
                               token("LT", &ExpireWords::lt))
                            .since("7.0.0"))));
}

struct Expire : ExpireWords {
    static constexpr Spec spec{
        .name = "EXPIRE",
        .summary = "Gives a key so many seconds to live.",
        .since = "1.0.0",
        .complexity = "O(1)",
        .flags = Flag::write | Flag::fast,
    };
    static constexpr auto syntax = expire_syntax("seconds", ArgumentType::integer);

    void run(Context& context, Writer& reply) const
    {
        apply(context, {.unit = 1000, .from_now = true}, "expire", reply);
    }
};

struct Expireat : ExpireWords {
    static constexpr Spec spec{
        .name = "EXPIREAT",
        .summary = "Lets a key live until a moment, a Unix time in seconds.",
        .since = "1.2.0",
        .complexity = "O(1)",
        .flags = Flag::write | Flag::fast,
    };
    static constexpr auto syntax = expire_syntax("unix-time-seconds", ArgumentType::unix_time);

    void run(Context& context, Writer& reply) const
    {
        apply(context, {.unit = 1000, .from_now = false}, "expireat", reply);
    }
};

struct Pexpire : ExpireWords {
    static constexpr Spec spec{
        .name = "PEXPIRE",
        .summary = "Gives a key so many milliseconds to live.",
        .since = "2.6.0",
        .complexity = "O(1)",
        .flags = Flag::write | Flag::fast,
    };
    static constexpr auto syntax = expire_syntax("milliseconds", ArgumentType::integer);

    void run(Context& context, Writer& reply) const
    {
        apply(context, {.unit = 1, .from_now = true}, "pexpire", reply);
    }
};

struct Pexpireat : ExpireWords {
    static constexpr Spec spec{
        .name = "PEXPIREAT",
        .summary = "Lets a key live until a moment, a Unix time in milliseconds.",
        .since = "2.6.0",
        .complexity = "O(1)",
        .flags = Flag::write | Flag::fast,
    };
    static constexpr auto syntax = expire_syntax("unix-time-milliseconds", ArgumentType::unix_time);

    void run(Context& context, Writer& reply) const
    {
        apply(context, {.unit = 1, .from_now = false}, "pexpireat", reply);
    }
};

struct Persist {
    Key key;

    static constexpr Spec spec{
        .name = "PERSIST",
        .summary = "Lets a key live for ever.",
        .since = "2.2.0",
        .complexity = "O(1)",
        .flags = Flag::write | Flag::fast,
    };
    static constexpr auto syntax = sequence(key_arg("key", &Persist::key, Use::rw | Use::update));

    void run(Context& context, Writer& reply) const
    {
        reply.integer(context.data.persist(key) ? 1 : 0);
    }
};

constexpr std::int64_t not_there = -2;

// In milliseconds since 1970; not_there, or no_expiry.
std::int64_t moment_of(Context& context, const Key& key)
{
    const Entry* entry = context.data.inspect(key);
    return entry ? entry->expiry() : not_there;
}

std::int64_t left_of(Context& context, const Key& key)
{
    const std::int64_t at = moment_of(context, key);
    return at < 0 ? at : at - context.now();
}

// To the nearest second.
std::int64_t seconds(std::int64_t ms)
{
    return ms < 0 ? ms : ms / 1000 + (ms % 1000 >= 500 ? 1 : 0);
}

struct TtlCommand {
    Key key;

    static constexpr Spec spec{
        .name = "TTL",
        .summary =
            "Tells how many seconds a key has to live: -1 is for ever, -2 that it is not there.",
        .since = "1.0.0",
        .complexity = "O(1)",
        .flags = Flag::readonly | Flag::fast,
        .tips = {"nondeterministic_output"},
    };
    static constexpr auto syntax =
        sequence(key_arg("key", &TtlCommand::key, Use::ro | Use::access));

    void run(Context& context, Writer& reply) const
    {
        reply.integer(seconds(left_of(context, key)));
    }
};

struct Pttl {
    Key key;

    static constexpr Spec spec{
        .name = "PTTL",
        .summary =
            "Tells how many milliseconds a key has to live: -1 is for ever, -2 that it is "
            "not there.",
        .since = "2.6.0",
        .complexity = "O(1)",
        .flags = Flag::readonly | Flag::fast,
        .tips = {"nondeterministic_output"},
    };
    static constexpr auto syntax = sequence(key_arg("key", &Pttl::key, Use::ro | Use::access));

    void run(Context& context, Writer& reply) const { reply.integer(left_of(context, key)); }
};

struct Expiretime {
    Key key;

    static constexpr Spec spec{
        .name = "EXPIRETIME",
        .summary = "Tells when a key expires, as a Unix time in seconds; -1 and -2 as in TTL.",
        .since = "7.0.0",
        .complexity = "O(1)",
        .flags = Flag::readonly | Flag::fast,
    };
    static constexpr auto syntax =
        sequence(key_arg("key", &Expiretime::key, Use::ro | Use::access));

    void run(Context& context, Writer& reply) const
    {
        reply.integer(seconds(moment_of(context, key)));
    }
};

struct Pexpiretime {
    Key key;

    static constexpr Spec spec{
        .name = "PEXPIRETIME",
        .summary = "Tells when a key expires, as a Unix time in milliseconds; -1 and -2 as in TTL.",
        .since = "7.0.0",
        .complexity = "O(1)",
        .flags = Flag::readonly | Flag::fast,
    };
    static constexpr auto syntax =
        sequence(key_arg("key", &Pexpiretime::key, Use::ro | Use::access));

    void run(Context& context, Writer& reply) const { reply.integer(moment_of(context, key)); }
};

}  // namespace

constexpr auto expire_commands = dispatch::commands<Expire, Expireat, Expiretime, Persist, Pexpire,
                                                    Pexpireat, Pexpiretime, Pttl, TtlCommand>;
const dispatch::Family key_expiry{"generic", Category::keyspace, expire_commands};

}  // namespace mini_redis::commands
