// Strings as numbers: counting up and down.
#include "server/commands/strings.hpp"

namespace mini_redis::commands {
namespace {

void add(Context& context, const Key& key, std::int64_t amount, Writer& reply)
{
    const Entry* entry = context.data.find(key);
    if (!must_be_string(entry, reply)) return;
    std::int64_t number = 0;
    if (entry) {
        char scratch[24];
        const auto parsed = entry->encoding() == Encoding::integer
                                ? std::optional(entry->integer())
                                : protocol::parse_integer(entry->text(scratch));
        if (!parsed) return reply.error(errors::not_an_integer);
        number = *parsed;
    }
    if (__builtin_add_overflow(number, amount, &number)) return reply.error(errors::overflow);
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

}  // namespace

constexpr auto counter_commands = dispatch::commands<Incr>;
const dispatch::Family string_counters{"string", Category::string, counter_commands};

}  // namespace mini_redis::commands
