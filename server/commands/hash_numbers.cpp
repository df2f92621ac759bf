// Hashes: the values of fields as numbers.
#include "protocol/number.hpp"
#include "server/commands/hashes.hpp"

#include <cmath>

namespace mini_redis::commands {
namespace {

struct Hincrby {
    Key key;
    std::string_view field;
    std::int64_t increment = 0;

    static constexpr Spec spec{
        .name = "HINCRBY",
        .summary = "Adds to the integer at a field of a hash; one it has not counts from zero.",
        .since = "2.0.0",
        .complexity = "O(1)",
        .flags = Flag::write | Flag::denyoom | Flag::fast,
        .member = 2,
    };
    static constexpr auto syntax =
        sequence(key_arg("key", &Hincrby::key, Use::rw | Use::access | Use::update),
                 arg("field", &Hincrby::field), arg("increment", &Hincrby::increment));

    void run(Context& context, Writer& reply) const
    {
        const Entry* entry = context.data.find(key);
        if (!must_be(Type::hash, entry, reply)) return;
        auto number = held(entry);
        if (!number) return reply.error("ERR hash value is not an integer");
        if (__builtin_add_overflow(*number, increment, &*number))
            return reply.error(errors::overflow);
        char digits[protocol::integer_chars_max];
        const std::string_view text(digits, protocol::format_integer(digits, *number));
        Edited<Hash> hash(context.data, key, entry);
        hash->set(field, text, hash_limits(context));
        context.data.report(Event::hincrby, key);
        reply.integer(*number);
    }

private:
    std::optional<std::int64_t> held(const Entry* entry) const
    {
        const auto value = entry ? Borrowed<Hash>(*entry)->get(field) : std::nullopt;
        if (!value) return 0;
        if (value->is_integer()) return value->integer();
        Element::Scratch scratch;
        return protocol::parse_integer(value->text(scratch));
    }
};

struct Hincrbyfloat {
    Key key;
    std::string_view field;
    std::string_view increment;

    static constexpr Spec spec{
        .name = "HINCRBYFLOAT",
        .summary = "Adds to the number at a field of a hash; one it has not counts from zero.",
        .since = "2.6.0",
        .complexity = "O(1)",
        .flags = Flag::write | Flag::denyoom | Flag::fast,
        .member = 2,
    };
    static constexpr auto syntax =
        sequence(key_arg("key", &Hincrbyfloat::key, Use::rw | Use::access | Use::update),
                 arg("field", &Hincrbyfloat::field),
                 arg("increment", &Hincrbyfloat::increment).of_type(ArgumentType::real));

    void run(Context& context, Writer& reply) const
    {
        const auto amount = protocol::parse_long_double(increment);
        if (!amount) return reply.error(errors::not_a_float);
        if (!std::isfinite(*amount)) return reply.error("ERR value is NaN or Infinity");
        const Entry* entry = context.data.find(key);
        if (!must_be(Type::hash, entry, reply)) return;
        const auto number = held(entry);
        if (!number) return reply.error("ERR hash value is not a float");
        const long double sum = *number + *amount;
        if (!std::isfinite(sum)) return reply.error(errors::nan_or_infinity);
        char digits[protocol::long_double_chars_max];
        const std::string_view text(digits, protocol::format_long_double(digits, sum));
        Edited<Hash> hash(context.data, key, entry);
        hash->set(field, text, hash_limits(context));
        context.data.report(Event::hincrbyfloat, key);
        reply.bulk(text);
    }

private:
    std::optional<long double> held(const Entry* entry) const
    {
        const auto value = entry ? Borrowed<Hash>(*entry)->get(field) : std::nullopt;
        if (!value) return 0;
        Element::Scratch scratch;
        return protocol::parse_long_double(value->text(scratch));
    }
};

}  // namespace

constexpr auto hash_number_commands = dispatch::commands<Hincrby, Hincrbyfloat>;
const dispatch::Family hash_numbers{"hash", Category::hash, hash_number_commands};

}  // namespace mini_redis::commands
