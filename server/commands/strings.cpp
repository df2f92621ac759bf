// Strings: storing and fetching whole values.
#include "server/commands/strings.hpp"

#include "server/commands/expiry.hpp"

namespace mini_redis::commands {
namespace {

using Form = Expiry::Form;

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

// Book: onwards/one-more-command. A command says what it asks for, what it is, and what it does.
struct Getdel {
    Key key;

    static constexpr Spec spec{
        .name = "GETDEL",
        .summary = "Returns the string value of a key and deletes the key.",
        .since = "6.2.0",
        .complexity = "O(1)",
        .flags = Flag::write | Flag::fast,
    };
    static constexpr auto syntax =
        sequence(key_arg("key", &Getdel::key, Use::rw | Use::access | Use::del));

    void run(Context& context, Writer& reply) const
    {
        const Entry* entry = context.data.read(key);
        if (!must_be_string(entry, reply)) return;
        reply_with_string(entry, reply);
        if (entry) context.data.remove(key);
    }
};

struct Getex {
    Key key;
    Expiry expiry{Form::keep};

    static constexpr Spec spec{
        .name = "GETEX",
        .summary = "Returns the string value of a key and sets or removes its expiry.",
        .since = "6.2.0",
        .complexity = "O(1)",
        .flags = Flag::write | Flag::fast,
    };
    static constexpr auto syntax =
        sequence(key_arg("key", &Getex::key, Use::rw | Use::access | Use::update),
                 options(one_of("expiration", expiry_token(Form::ex, &Getex::expiry),
                                expiry_token(Form::px, &Getex::expiry),
                                expiry_token(Form::exat, &Getex::expiry),
                                expiry_token(Form::pxat, &Getex::expiry),
                                token("PERSIST", &Getex::expiry, Expiry{Form::drop}))));

    void run(Context& context, Writer& reply) const
    {
        const Entry* entry = context.data.read(key);
        if (!entry) return reply.null();
        if (!must_be_string(entry, reply)) return;
        const auto ttl = expiry.ttl(context.now(), "getex", reply);
        if (!ttl) return;
        reply_with_string(entry, reply);
        if (is_moment(*ttl))
            context.data.expire_at(key, static_cast<Milliseconds>(*ttl));
        else if (ttl == Ttl::drop)
            context.data.persist(key);
    }
};

struct Getset {
    Key key;
    std::string_view value;

    static constexpr Spec spec{
        .name = "GETSET",
        .summary = "Sets the string value of a key and returns the one before.",
        .since = "1.0.0",
        .complexity = "O(1)",
        .flags = Flag::write | Flag::denyoom | Flag::fast,
        .deprecated_since = "6.2.0",
        .replaced_by = "`SET` with the `!GET` argument",
    };
    static constexpr auto syntax =
        sequence(key_arg("key", &Getset::key, Use::rw | Use::access | Use::update),
                 arg("value", &Getset::value));

    void run(Context& context, Writer& reply) const
    {
        const Entry* entry = context.data.read(key);
        if (!must_be_string(entry, reply)) return;
        reply_with_string(entry, reply);
        context.data.set(key, value, Ttl::drop, Event::set);
    }
};

struct Mget {
    Keys keys;

    static constexpr Spec spec{
        .name = "MGET",
        .summary = "Returns the string values of several keys, null for what is no string.",
        .since = "1.0.0",
        .complexity = "O(N), N being the number of keys",
        .flags = Flag::readonly | Flag::fast,
        .tips = {"request_policy:multi_shard"},
    };
    static constexpr auto syntax = sequence(keys_arg("key", &Mget::keys, Use::ro | Use::access));

    void run(Context& context, Writer& reply) const
    {
        reply.array(keys.size());
        for (const Key& key : keys) {
            const Entry* entry = context.data.read(key);
            const bool string = entry && entry->type() == keyspace::Type::string;
            reply_with_string(string ? entry : nullptr, reply);
        }
    }
};

enum class Condition : std::uint8_t { none, nx, xx };

struct Set {
    Key key;
    std::string_view value;
    Condition condition = Condition::none;
    bool get = false;
    Expiry expiry{Form::drop};

    static constexpr Spec spec{
        .name = "SET",
        .summary = "Sets the string value of a key, whatever it held, and optionally its expiry.",
        .since = "1.0.0",
        .complexity = "O(1)",
        .flags = Flag::write | Flag::denyoom,
    };
    static constexpr auto syntax = sequence(
        key_arg("key", &Set::key, Use::rw | Use::access | Use::update | Use::variable),
        arg("value", &Set::value),
        options(one_of("condition", token("NX", &Set::condition, Condition::nx),
                       token("XX", &Set::condition, Condition::xx))
                    .since("2.6.12"),
                token("GET", &Set::get).since("6.2.0"),
                one_of("expiration", expiry_token(Form::ex, &Set::expiry).since("2.6.12"),
                       expiry_token(Form::px, &Set::expiry).since("2.6.12"),
                       expiry_token(Form::exat, &Set::expiry).since("6.2.0"),
                       expiry_token(Form::pxat, &Set::expiry).since("6.2.0"),
                       token("KEEPTTL", &Set::expiry, Expiry{Form::keep}).since("6.0.0"))));

    // For COMMAND GETKEYSANDFLAGS: what it does to its key follows from GET.
    static dispatch::Uses uses_in(Words words)
    {
        for (const Word word : words.subspan(3))
            if (protocol::equal_ignoring_case(word, "GET"))
                return Use::rw | Use::access | Use::update;
        return Use::ow | Use::update;
    }

    void run(Context& context, Writer& reply) const
    {
        const auto ttl = expiry.ttl(context.now(), "set", reply);
        if (!ttl || ((get || condition != Condition::none) && !may_set(context, reply))) return;
        context.data.set(key, value, *ttl, Event::set);
        if (!get) reply.ok();
    }

    // Looks at what is there; if it answers no, the reply is written.
    bool may_set(Context& context, Writer& reply) const
    {
        const Entry* entry = get ? context.data.read(key) : context.data.find(key);
        if (get) {
            if (!must_be_string(entry, reply)) return false;
            reply_with_string(entry, reply);
        }
        if (condition == Condition::none || (condition == Condition::xx) == (entry != nullptr))
            return true;
        if (!get) reply.null();
        return false;
    }
};

struct Setnx {
    Key key;
    std::string_view value;

    static constexpr Spec spec{
        .name = "SETNX",
        .summary = "Sets the string value of a key that is not there yet.",
        .since = "1.0.0",
        .complexity = "O(1)",
        .flags = Flag::write | Flag::denyoom | Flag::fast,
    };
    static constexpr auto syntax =
        sequence(key_arg("key", &Setnx::key, Use::ow | Use::insert), arg("value", &Setnx::value));

    void run(Context& context, Writer& reply) const
    {
        if (context.data.find(key)) return reply.integer(0);
        context.data.set(key, value, Ttl::drop, Event::set);
        reply.integer(1);
    }
};

struct Setex {
    Key key;
    std::string_view time;
    std::string_view value;

    static constexpr Spec spec{
        .name = "SETEX",
        .summary = "Sets the string value of a key and its expiry, in seconds.",
        .since = "2.0.0",
        .complexity = "O(1)",
        .flags = Flag::write | Flag::denyoom,
    };
    static constexpr auto syntax = sequence(
        key_arg("key", &Setex::key, Use::ow | Use::update),
        arg("seconds", &Setex::time).of_type(ArgumentType::integer), arg("value", &Setex::value));

    void run(Context& context, Writer& reply) const
    {
        set({Form::ex, time}, "setex", context, reply);
    }

    void set(Expiry expiry, std::string_view command, Context& context, Writer& reply) const
    {
        const auto ttl = expiry.ttl(context.now(), command, reply);
        if (!ttl) return;
        context.data.set(key, value, *ttl, Event::set);
        reply.ok();
    }
};

struct Psetex : Setex {
    static constexpr Spec spec{
        .name = "PSETEX",
        .summary = "Sets the string value of a key and its expiry, in milliseconds.",
        .since = "2.6.0",
        .complexity = "O(1)",
        .flags = Flag::write | Flag::denyoom,
    };
    static constexpr auto syntax =
        sequence(key_arg("key", &Psetex::key, Use::ow | Use::update),
                 arg("milliseconds", &Psetex::time).of_type(ArgumentType::integer),
                 arg("value", &Psetex::value));

    void run(Context& context, Writer& reply) const
    {
        set({Form::px, time}, "psetex", context, reply);
    }
};

struct Mset {
    Keys keys;
    Words words;  // keys and values in turn

    static constexpr std::string_view odd_words_error =
        "ERR wrong number of arguments for 'mset' command";
    static constexpr Spec spec{
        .name = "MSET",
        .summary = "Sets the string values of several keys.",
        .since = "1.0.1",
        .complexity = "O(N), N being the number of keys",
        .flags = Flag::write | Flag::denyoom,
        .tips = {"request_policy:multi_shard", "response_policy:all_succeeded"},
    };
    static constexpr auto syntax =
        sequence(key_values_arg("key_value", &Mset::keys, &Mset::words, Use::ow | Use::update));

    void run(Context& context, Writer& reply) const
    {
        set_all(context);
        reply.ok();
    }

    void set_all(Context& context) const
    {
        for (std::size_t i = 0; i < keys.size(); ++i)
            context.data.set(keys[i], words[2 * i + 1], Ttl::drop, Event::set);
    }
};

struct Msetnx : Mset {
    static constexpr std::string_view odd_words_error =
        "ERR wrong number of arguments for 'msetnx' command";
    static constexpr Spec spec{
        .name = "MSETNX",
        .summary = "Sets the string values of several keys if none of them is there yet.",
        .since = "1.0.1",
        .complexity = "O(N), N being the number of keys",
        .flags = Flag::write | Flag::denyoom,
        .tips = {"request_policy:multi_shard", "response_policy:agg_min"},
    };
    static constexpr auto syntax =
        sequence(key_values_arg("key_value", &Msetnx::keys, &Msetnx::words, Use::ow | Use::insert));

    void run(Context& context, Writer& reply) const
    {
        for (const Key& key : keys)
            if (context.data.find(key)) return reply.integer(0);
        set_all(context);
        reply.integer(1);
    }
};

}  // namespace

constexpr auto string_commands =
    dispatch::commands<Get, Getdel, Getex, Getset, Mget, Mset, Msetnx, Psetex, Set, Setex, Setnx>;
const dispatch::Family strings{"string", Category::string, string_commands};

}  // namespace mini_redis::commands
