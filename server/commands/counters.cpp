// Strings as numbers: counting up and down.
#include "server/commands/strings.hpp"

#include <cmath>
#include <limits>

namespace mini_redis::commands {
namespace {

void add(Context& context, const Key& key, std::int64_t amount, Writer& reply)
{
    const Entry* entry = context.data.find(key);
    if (!must_be_string(entry, reply)) return;
    const bool held = entry && entry->encoding() == Encoding::integer;
    std::int64_t number = 0;
    if (held) {
        number = entry->integer();
    } else if (entry) {
        char scratch[24];
        const auto parsed = protocol::parse_integer(entry->text(scratch));
        if (!parsed) return reply.error(errors::not_an_integer);
        number = *parsed;
    }
    if (__builtin_add_overflow(number, amount, &number)) return reply.error(errors::overflow);
    if (held)
        context.data.update_integer(key, *entry, number, Event::incrby);
    else
        context.data.set_integer(key, number, Ttl::keep, Event::incrby);
    reply.integer(number);
}

struct Incr {
    Key key;

    static constexpr Spec spec{
        .name = "INCR",
        .summary = "Adds one to the integer at a key; a key that is not there counts from zero.",
        .since = "1.0.0",
        .complexity = "O(1)",
        .flags = Flag::write | Flag::denyoom | Flag::fast,
    };
    static constexpr auto syntax =
        sequence(key_arg("key", &Incr::key, Use::rw | Use::access | Use::update));

    void run(Context& context, Writer& reply) const { add(context, key, 1, reply); }
};

struct Decr {
    Key key;

    static constexpr Spec spec{
        .name = "DECR",
        .summary = "Takes one from the integer at a key; a key that is not there counts from zero.",
        .since = "1.0.0",
        .complexity = "O(1)",
        .flags = Flag::write | Flag::denyoom | Flag::fast,
    };
    static constexpr auto syntax =
        sequence(key_arg("key", &Decr::key, Use::rw | Use::access | Use::update));

    void run(Context& context, Writer& reply) const { add(context, key, -1, reply); }
};

struct Incrby {
    Key key;
    std::int64_t increment = 0;

    static constexpr Spec spec{
        .name = "INCRBY",
        .summary = "Adds to the integer at a key; a key that is not there counts from zero.",
        .since = "1.0.0",
        .complexity = "O(1)",
        .flags = Flag::write | Flag::denyoom | Flag::fast,
    };
    static constexpr auto syntax =
        sequence(key_arg("key", &Incrby::key, Use::rw | Use::access | Use::update),
                 arg("increment", &Incrby::increment));

    void run(Context& context, Writer& reply) const { add(context, key, increment, reply); }
};

struct Decrby {
    Key key;
    std::int64_t decrement = 0;

    static constexpr Spec spec{
        .name = "DECRBY",
        .summary = "Takes from the integer at a key; a key that is not there counts from zero.",
        .since = "1.0.0",
        .complexity = "O(1)",
        .flags = Flag::write | Flag::denyoom | Flag::fast,
    };
    static constexpr auto syntax =
        sequence(key_arg("key", &Decrby::key, Use::rw | Use::access | Use::update),
                 arg("decrement", &Decrby::decrement));

    void run(Context& context, Writer& reply) const
    {
        if (decrement == std::numeric_limits<std::int64_t>::min())
            return reply.error("ERR decrement would overflow");
        add(context, key, -decrement, reply);
    }
};

struct Incrbyfloat {
    Key key;
    std::string_view increment;

    static constexpr Spec spec{
        .name = "INCRBYFLOAT",
        .summary = "Adds to the number at a key; a key that is not there counts from zero.",
        .since = "2.6.0",
        .complexity = "O(1)",
        .flags = Flag::write | Flag::denyoom | Flag::fast,
    };
    static constexpr auto syntax =
        sequence(key_arg("key", &Incrbyfloat::key, Use::rw | Use::access | Use::update),
                 arg("increment", &Incrbyfloat::increment).of_type(ArgumentType::real));

    void run(Context& context, Writer& reply) const
    {
        const Entry* entry = context.data.find(key);
        if (!must_be_string(entry, reply)) return;
        char scratch[24];
        const auto number = protocol::parse_long_double(entry ? entry->text(scratch) : "0");
        const auto amount = protocol::parse_long_double(increment);
        if (!number || !amount) return reply.error(errors::not_a_float);
        const long double sum = *number + *amount;
        if (!std::isfinite(sum)) return reply.error(errors::nan_or_infinity);
        char digits[protocol::long_double_chars_max];
        const std::string_view text(digits, protocol::format_long_double(digits, sum));
        // Text even where it looks like an integer: so it is in Redis.
        context.data.set_text(key, text, Ttl::keep, Event::incrbyfloat);
        reply.bulk(text);
    }
};

}  // namespace

constexpr auto counter_commands = dispatch::commands<Decr, Decrby, Incr, Incrby, Incrbyfloat>;
const dispatch::Family string_counters{"string", Category::string, counter_commands};

}  // namespace mini_redis::commands
