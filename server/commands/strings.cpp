// Strings: storing and fetching whole values.
#include "server/commands/expiry_option.hpp"
#include "server/commands/strings.hpp"

namespace mini_redis::commands {
namespace {

struct Get {
    Key key;

    static constexpr Spec spec{
        .name = "GET",
        .summary = "Returns the string value of a key.",
        .since = "1.0.0",
        .complexity = "O(1)",
        .flags = Flag::readonly | Flag::fast,
    };
    static constexpr auto syntax = sequence(key_arg("key", &Get::key, Use::ro | Use::access));

    void run(Context& context, Writer& reply) const
    {
        reply_with_string(context.data.read(key), reply);
    }
};

enum class Condition : std::uint8_t { none, nx, xx };

struct Set {
    Key key;
    std::string_view value;
    Condition condition = Condition::none;
    bool get = false;
    bool keep_ttl = false;
    ExpiryOption expiry;

    static constexpr Spec spec{
        .name = "SET",
        .summary = "Sets the string value of a key, whatever it held, and optionally its expiry.",
        .since = "1.0.0",
        .complexity = "O(1)",
        .flags = Flag::write | Flag::denyoom,
    };
    static constexpr auto syntax = sequence(
        key_arg("key", &Set::key, Use::rw | Use::access | Use::update | Use::variable),
        arg("value", &Set::value));

    void run(Context& context, Writer& reply) const
    {
        context.data.set(key, value, Ttl::drop, Event::set);
        reply.ok();
    }
};

}  // namespace

constexpr auto string_commands = dispatch::commands<Get, Set>;
const dispatch::Family strings{"string", Category::string, string_commands};

}  // namespace mini_redis::commands
