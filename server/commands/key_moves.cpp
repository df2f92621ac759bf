// Keys under another name or in another database; their expiries go with them.
#include "server/commands/database_index.hpp"

namespace mini_redis::commands {
namespace {

// Whether there was a key `from`, and none `to` that had to stay. Writes no reply.
enum class Renamed : std::uint8_t { no_such_key, taken, done };

Renamed rename(Context& context, const Key& from, const Key& to, bool replace)
{
    if (!context.data.find(from)) return Renamed::no_such_key;
    const bool same = from == to;
    if (!replace && (same || context.data.find(to))) return Renamed::taken;
    if (same) return Renamed::done;
    context.data.move(from, context.data, to);
    context.data.report(Event::rename_from, from);
    context.data.tell(Event::rename_to, to);
    return Renamed::done;
}

struct Rename {
    Key key;
    Key new_key;

    static constexpr Spec spec{
        .name = "RENAME",
        .summary = "Gives a key another name, in place of the key that had it.",
        .since = "1.0.0",
        .complexity = "O(1), and O(N) for the N elements of a value that is replaced.",
        .flags = Flag::write,
    };
    static constexpr auto syntax =
        sequence(key_arg("key", &Rename::key, Use::rw | Use::access | Use::del),
                 key_arg("newkey", &Rename::new_key, Use::ow | Use::update));

    void run(Context& context, Writer& reply) const
    {
        if (rename(context, key, new_key, true) == Renamed::no_such_key)
            return reply.error(errors::no_such_key);
        reply.ok();
    }
};

struct Renamenx {
    Key key;
    Key new_key;

    static constexpr Spec spec{
        .name = "RENAMENX",
        .summary = "Gives a key another name if no key has it.",
        .since = "1.0.0",
        .complexity = "O(1)",
        .flags = Flag::write | Flag::fast,
    };
    static constexpr auto syntax =
        sequence(key_arg("key", &Renamenx::key, Use::rw | Use::access | Use::del),
                 key_arg("newkey", &Renamenx::new_key, Use::ow | Use::insert));

    void run(Context& context, Writer& reply) const
    {
        const Renamed renamed = rename(context, key, new_key, false);
        if (renamed == Renamed::no_such_key) return reply.error(errors::no_such_key);
        reply.integer(renamed == Renamed::done ? 1 : 0);
    }
};

struct Copy {
    Key source;
    Key destination;
    Words words;

    static constexpr Spec spec{
        .name = "COPY",
        .summary = "Copies a key's value and expiry to another key, here or in another database.",
        .since = "6.2.0",
        .complexity = "O(N) for the N elements of the value, O(1) for a string.",
        .flags = Flag::write | Flag::denyoom,
    };
    static constexpr auto syntax = sequence(
        key_arg("source", &Copy::source, Use::ro | Use::access),
        key_arg("destination", &Copy::destination, Use::ow | Use::update),
        unread(&Copy::words,
               optional(token_arg("DB", word("destination-db", ArgumentType::integer))), Manual{[] {
                   return Argument{.name = "replace",
                                   .type = ArgumentType::pure_token,
                                   .token = "REPLACE",
                                   .optional = true};
               }}));

    void run(Context& context, Writer& reply) const
    {
        keyspace::View& here = context.data;
        unsigned number = here.database();
        bool replace = false;
        if (const auto error = read_words(context, number, replace); !error.empty())
            return reply.error(error);
        keyspace::View there = here.in(number);
        if (there.database() == here.database() && source == destination)
            return reply.error(errors::same_object);
        const Entry* entry = here.read(source);
        if (!entry || (there.find(destination) && !replace)) return reply.integer(0);
        there.put_copy(destination, *entry);
        there.report(Event::copy_to, destination);
        reply.integer(1);
    }

private:
    // Word by word, as Redis does: a database that is not there is an error before a later word is.
    std::string_view read_words(const Context& context, unsigned& number, bool& replace) const
    {
        for (std::size_t i = 0; i < words.size(); ++i) {
            if (protocol::equal_ignoring_case(words[i], "REPLACE")) {
                replace = true;
            } else if (protocol::equal_ignoring_case(words[i], "DB") && i + 1 < words.size()) {
                DatabaseIndex index;
                Arguments in({}, 0, {});
                if (!convert(words[++i], index, in)) return in.error();
                if (!index.exists(context)) return errors::database_out_of_range;
                number = index.number();
            } else {
                return errors::syntax;
            }
        }
        return {};
    }
};

struct Move {
    Key key;
    DatabaseIndex database;

    static constexpr Spec spec{
        .name = "MOVE",
        .summary = "Moves a key to another database, unless it has such a key.",
        .since = "1.0.0",
        .complexity = "O(1)",
        .flags = Flag::write | Flag::fast,
    };
    static constexpr auto syntax =
        sequence(key_arg("key", &Move::key, Use::rw | Use::access | Use::update),
                 arg("db", &Move::database));

    void run(Context& context, Writer& reply) const
    {
        if (!database.exists(context)) return reply.error(errors::database_out_of_range);
        keyspace::View& here = context.data;
        keyspace::View there = here.in(database.number());
        if (there.database() == here.database()) return reply.error(errors::same_object);
        if (!here.find(key) || there.find(key)) return reply.integer(0);
        here.move(key, there, key);
        here.report(Event::move_from, key);
        there.tell(Event::move_to, key);
        reply.integer(1);
    }
};

struct Swapdb {
    Word first;
    Word second;

    static constexpr Spec spec{
        .name = "SWAPDB",
        .summary = "Exchanges two databases: the clients of each see the keys of the other.",
        .since = "4.0.0",
        .complexity = "O(1)",
        .flags = Flag::write | Flag::fast,
        .categories = Category::dangerous,
        .locks_everything = true,
    };
    static constexpr auto syntax =
        sequence(arg("index1", &Swapdb::first).of_type(ArgumentType::integer),
                 arg("index2", &Swapdb::second).of_type(ArgumentType::integer));

    void run(Context& context, Writer& reply) const
    {
        const std::optional<DatabaseIndex> a = read(first);
        if (!a) return reply.error("ERR invalid first DB index");
        const std::optional<DatabaseIndex> b = read(second);
        if (!b) return reply.error("ERR invalid second DB index");
        if (!a->exists(context) || !b->exists(context))
            return reply.error(errors::database_out_of_range);
        context.data.in(a->number()).swap_with(b->number());
        reply.ok();
    }

private:
    static std::optional<DatabaseIndex> read(Word word)
    {
        const auto number = protocol::parse_integer(word);
        if (!number || !fits_int(*number)) return std::nullopt;
        return DatabaseIndex{*number};
    }
};

}  // namespace

constexpr auto move_commands = dispatch::commands<Copy, Move, Rename, Renamenx>;
const dispatch::Family key_moves{"generic", Category::keyspace, move_commands};

constexpr auto database_commands = dispatch::commands<Swapdb>;
const dispatch::Family swap_databases{"server", Category::keyspace, database_commands};

}  // namespace mini_redis::commands
