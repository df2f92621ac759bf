// DUMP and RESTORE: values on their way to another server, and from one.
#include "server/commands/hashes.hpp"
#include "server/commands/lists.hpp"
#include "server/commands/sets.hpp"
#include "server/commands/sorted_sets.hpp"
#include "server/keyspace/access_clock.hpp"
#include "server/keyspace/rdb.hpp"
#include "server/values/dump_seal.hpp"

#include <string>

namespace mini_redis::commands {
namespace {

struct Dump {
    Key key;

    static constexpr Spec spec{
        .name = "DUMP",
        .summary = "Returns a value in a form that RESTORE takes, here or on another server.",
        .since = "2.6.0",
        .complexity = "O(N), N being the bytes of the value",
        .flags = Flag::readonly,
        .tips = {"nondeterministic_output"},
    };
    static constexpr auto syntax = sequence(key_arg("key", &Dump::key, Use::ro | Use::access));

    void run(Context& context, Writer& reply) const
    {
        const Entry* entry = context.data.read(key);
        if (!entry) return reply.null();
        values::RdbWriter value;
        write_value(value, *entry);
        reply.bulk(values::sealed(value.take()));
    }
};

struct Restore {
    Key key;
    Word time;
    std::string_view payload;
    bool replace = false;
    bool absolute = false;
    std::optional<std::int64_t> idle_seconds;
    std::optional<std::int64_t> frequency;

    // One by one, as Redis does; the last two exclude each other.
    static bool read_options(Restore& restore, Arguments& in)
    {
        while (!in.done()) {
            if (in.take_token("REPLACE")) {
                restore.replace = true;
            } else if (in.take_token("ABSTTL")) {
                restore.absolute = true;
            } else if (in.left() > 1 && !restore.frequency && in.take_token("IDLETIME")) {
                if (!convert(in.take(), restore.idle_seconds, in)) return false;
                if (*restore.idle_seconds < 0)
                    return in.fail("ERR Invalid IDLETIME value, must be >= 0");
            } else if (in.left() > 1 && !restore.idle_seconds && in.take_token("FREQ")) {
                if (!convert(in.take(), restore.frequency, in)) return false;
                if (*restore.frequency < 0 || *restore.frequency > 255)
                    return in.fail("ERR Invalid FREQ value, must be >= 0 and <= 255");
            } else {
                return in.fail(errors::syntax);
            }
        }
        return true;
    }

    static constexpr Spec spec{
        .name = "RESTORE",
        .summary = "Makes a key of what DUMP returned.",
        .since = "2.6.0",
        .complexity = "O(N), N being the bytes of the value",
        .flags = Flag::write | Flag::denyoom,
        .categories = Category::dangerous,
    };
    static constexpr auto syntax = sequence(
        key_arg("key", &Restore::key, Use::ow | Use::update),
        arg("ttl", &Restore::time).of_type(ArgumentType::integer),
        arg("serialized-value", &Restore::payload),
        custom(
            &Restore::read_options, optional(token("REPLACE", &Restore::replace).since("3.0.0")),
            optional(token("ABSTTL", &Restore::absolute).since("5.0.0")),
            optional(token_arg("IDLETIME", arg("seconds", &Restore::idle_seconds)).since("5.0.0")),
            optional(token_arg("FREQ", arg("frequency", &Restore::frequency)).since("5.0.0"))));

    // Errors come in Redis' order: of the key, of the time, of the seal, of the value.
    void run(Context& context, Writer& reply) const
    {
        keyspace::View& data = context.data;
        if (!replace && data.find(key))
            return reply.error("BUSYKEY Target key name already exists.");
        const auto number = protocol::parse_integer(time);
        if (!number) return reply.error(errors::not_an_integer);
        if (*number < 0) return reply.error("ERR Invalid TTL value, must be >= 0");
        if (!values::is_sealed(payload))
            return reply.error("ERR DUMP payload version or checksum are wrong");

        const Milliseconds end = expiry(*number, data.now());
        const values::RdbLimits limits{hash_limits(context), list_limits(context),
                                       set_limits(context), sorted_set_limits(context)};
        values::RdbReader value(payload);
        keyspace::OwnedEntry entry = keyspace::read_entry(value, limits, key.name, end);
        if (!entry) return reply.error("ERR Bad data format");
        reply.ok();
        if (entry->expires() && end <= data.now()) {
            data.remove(key);
            return;
        }
        entry->set_clock(clock(data));
        data.put(key, std::move(entry));
        data.report(Event::restore, key);
    }

private:
    // 0 is none. What lies further ahead than can be said has passed, as in Redis.
    Milliseconds expiry(std::int64_t number, Milliseconds now) const
    {
        if (number == 0) return keyspace::no_expiry;
        if (absolute) return number;
        Milliseconds at = 0;
        return __builtin_add_overflow(number, now, &at) ? 0 : at;
    }

    // Only what the policy for eviction goes by can be restored.
    std::uint32_t clock(const keyspace::View& data) const
    {
        const auto policy = data.keyspace().eviction.policy.load(std::memory_order_relaxed);
        if (counts_uses(policy) && frequency)
            return keyspace::lfu_clock(data.now(), static_cast<std::uint32_t>(*frequency));
        if (!counts_uses(policy) && idle_seconds)
            return keyspace::lru_clock(data.now()) - static_cast<std::uint32_t>(*idle_seconds);
        return data.first_clock();
    }
};

}  // namespace

constexpr auto dump_commands = dispatch::commands<Dump, Restore>;
const dispatch::Family dumps{"generic", Category::keyspace, dump_commands};

}  // namespace mini_redis::commands
