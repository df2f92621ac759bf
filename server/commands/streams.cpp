// Streams: appending entries, deleting them, and cutting off the oldest.
#include "server/commands/stream_words.hpp"

namespace mini_redis::commands {
namespace {

Stream::Limits stream_limits(const Context& context)
{
    const auto& config = context.services.config;
    return {static_cast<std::size_t>(config.stream_node_max_bytes.get()),
            static_cast<std::size_t>(config.stream_node_max_entries.get())};
}

// MAXLEN or MINID, and what may stand behind them.
struct TrimWords {
    enum class Strategy : std::uint8_t { none, max_length, min_id };

    Strategy strategy = Strategy::none;
    bool approximately = false;
    std::int64_t length = 0;
    StreamId first;
    std::optional<std::int64_t> limit;

    static constexpr auto nodes = block(
        "trim",
        one_of("strategy", token("MAXLEN", &TrimWords::strategy, Strategy::max_length),
               token("MINID", &TrimWords::strategy, Strategy::min_id).since("6.2.0")),
        optional(one_of("operator", token("=", &TrimWords::approximately, false).named("equal"),
                        token("~", &TrimWords::approximately).named("approximately"))),
        word("threshold"),
        optional(token_arg("LIMIT", arg("count", &TrimWords::limit)).since("6.2.0")));

    // Reads one option, if the next word is one.
    dispatch::Match match(Arguments& in)
    {
        using dispatch::Match;
        const auto result = [](bool read) { return read ? Match::yes : Match::failed; };
        if (in.left() < 2) return Match::no;
        if (in.take_token("MAXLEN")) return result(read_threshold(Strategy::max_length, in));
        if (in.take_token("MINID")) return result(read_threshold(Strategy::min_id, in));
        if (!in.take_token("LIMIT")) return Match::no;
        if (!dispatch::convert(in.take(), limit, in)) return Match::failed;
        return result(*limit >= 0 || in.fail("ERR The LIMIT argument must be >= 0."));
    }

    bool read_threshold(Strategy chosen, Arguments& in)
    {
        if (strategy != Strategy::none)
            return in.fail(
                "ERR syntax error, MAXLEN and MINID options at the same time are not compatible");
        strategy = chosen;
        if (in.left() >= 2 && (in.peek() == "~" || in.peek() == "="))
            approximately = in.take() == "~";
        if (chosen == Strategy::min_id) return read_id(in.take(), first, in);
        if (!dispatch::convert(in.take(), length, in)) return false;
        return length >= 0 || in.fail("ERR The MAXLEN argument must be >= 0.");
    }

    // Whether the options go together, and are there where they have to be.
    bool check(bool required, Arguments& in) const
    {
        if (strategy == Strategy::none && limit.value_or(0) != 0)
            return in.fail(
                "ERR syntax error, LIMIT cannot be used without specifying a trimming strategy");
        if (strategy == Strategy::none && required)
            return in.fail("ERR syntax error, XTRIM must be called with a trimming strategy");
        return !limit || approximately ||
               in.fail("ERR syntax error, LIMIT cannot be used without the special ~ option");
    }

    std::uint64_t cut(Stream& stream, const Context& context) const
    {
        if (strategy == Strategy::none) return 0;
        const bool by_id = strategy == Strategy::min_id;
        return stream.trim({.by = by_id ? Stream::Trim::By::id : Stream::Trim::By::length,
                            .length = static_cast<std::uint64_t>(length),
                            .first = first,
                            .whole_nodes = approximately,
                            .most = approximately ? most(context) : 0});
    }

    // A hundred nodes' worth, if that is a reasonable number.
    std::uint64_t most(const Context& context) const
    {
        constexpr std::uint64_t unlimited_nodes = 10'000;
        constexpr std::uint64_t highest = 1'000'000;
        if (limit) return static_cast<std::uint64_t>(*limit);
        const std::size_t entries = stream_limits(context).entries;
        if (entries == 0) return unlimited_nodes;
        return entries < highest / 100 ? entries * 100 : highest;
    }
};

// What is said of a field and its value where they are described only.
constexpr auto field_values = repeated(block("field_value", word("field"), word("value")));

struct Xadd {
    Key key;
    bool make_stream = true;
    TrimWords trim;
    std::optional<NewStreamId> id;
    Words fields;

    static constexpr Spec spec{
        .name = "XADD",
        .summary = "Appends an entry to a stream, and makes the stream if it is not there.",
        .since = "5.0.0",
        .complexity = "O(1) to append, O(N) to trim, N being the number of entries cut off",
        .flags = Flag::write | Flag::denyoom | Flag::fast,
        .tips = {"nondeterministic_output"},
    };

    // Up to the id, which is the first word that is no option.
    static bool read_options(Xadd& command, Arguments& in)
    {
        while (!in.done()) {
            if (c_text(in.peek()) == "*") {
                in.take();
                break;
            }
            const dispatch::Match match = command.trim.match(in);
            if (match == dispatch::Match::failed) return false;
            if (match == dispatch::Match::yes) continue;
            if (in.take_token("NOMKSTREAM")) {
                command.make_stream = false;
                continue;
            }
            if (!read_new_id(in.take(), command.id.emplace(), in)) return false;
            break;
        }
        return command.trim.check(false, in);
    }

    static constexpr auto syntax = sequence(
        key_arg("key", &Xadd::key, Use::rw | Use::update),
        custom<1>(&Xadd::read_options,
                  optional(token("NOMKSTREAM", &Xadd::make_stream, false).since("6.2.0")),
                  optional(TrimWords::nodes),
                  one_of("id_or_auto", token("*", &Xadd::id, {}).named("auto_id"), word("id"))),
        unread<2>(&Xadd::fields, field_values));

    void run(Context& context, Writer& reply) const
    {
        if (fields.size() < 2 || fields.size() % 2 != 0)
            return reply.error("ERR wrong number of arguments for 'xadd' command");
        if (id && id->ms == 0 && id->seq == 0)
            return reply.error("ERR The ID specified in XADD must be greater than 0-0");
        const Entry* entry = context.data.find(key);
        if (!must_be(Type::stream, entry, reply)) return;
        if (!entry && !make_stream) return reply.null();

        const StreamId last = entry ? Borrowed<Stream>(*entry)->last_id() : StreamId{};
        if (last == stream_id_max)
            return reply.error(
                "ERR The stream has exhausted the last possible ID, unable to add more items");
        const auto next = next_id(last, context.now());
        // Which is what Redis says of it.
        if (!next) return reply.error("ERR Elements are too large to be stored");
        if (*next <= last)
            return reply.error(
                "ERR The ID specified in XADD is equal or smaller than the target stream top item");
        if (Stream::too_large(fields))
            return reply.error("ERR Elements are too large to be stored");

        Edited<Stream> stream(context.data, key, entry);
        stream->append(*next, fields, stream_limits(context));
        context.data.report(Event::xadd, key);
        if (trim.cut(*stream, context) != 0) context.data.tell(Event::xtrim, key);
        reply_with(*next, reply);
    }

    // What was asked for, or the least that is later; nothing where there is none such.
    std::optional<StreamId> next_id(const StreamId& last, Milliseconds now) const
    {
        if (!id) {
            const auto ms = static_cast<std::uint64_t>(now);
            return ms > last.ms ? StreamId{ms, 0} : last.after();
        }
        if (id->seq) return StreamId{id->ms, *id->seq};
        if (id->ms != last.ms) return StreamId{id->ms, 0};
        if (last.seq == StreamId::number_max) return std::nullopt;
        return last.after();
    }
};

struct Xdel {
    Key key;
    Words ids;

    static constexpr Spec spec{
        .name = "XDEL",
        .summary = "Deletes entries of a stream.",
        .since = "5.0.0",
        .complexity = "O(log(N)) for each entry to delete, N being the number of entries",
        .flags = Flag::write | Flag::fast,
    };
    static constexpr auto syntax =
        sequence(key_arg("key", &Xdel::key, Use::rw | Use::del), rest("id", &Xdel::ids));

    void run(Context& context, Writer& reply) const
    {
        const Entry* entry = context.data.find(key);
        if (!must_be(Type::stream, entry, reply)) return;
        if (!entry) return reply.integer(0);
        Arguments in(ids, 0, {});
        StreamId id;
        while (!in.done())
            if (!read_id(in.take(), id, in)) return reply.error(in.error());

        Edited<Stream> stream(context.data, key, entry);
        std::uint64_t deleted = 0;
        for (const Word word : ids) {
            read_id(word, id, in);
            if (stream->erase(id)) ++deleted;
        }
        if (deleted != 0) context.data.report(Event::xdel, key, deleted);
        reply.integer(static_cast<std::int64_t>(deleted));
    }
};

struct Xlen {
    Key key;

    static constexpr Spec spec{
        .name = "XLEN",
        .summary = "Counts the entries of a stream.",
        .since = "5.0.0",
        .complexity = "O(1)",
        .flags = Flag::readonly | Flag::fast,
    };
    static constexpr auto syntax = sequence(key_arg("key", &Xlen::key, Use::ro));

    void run(Context& context, Writer& reply) const
    {
        reply_with_size<Stream>(context, key, reply);
    }
};

struct Xtrim {
    Key key;
    TrimWords trim;

    static constexpr Spec spec{
        .name = "XTRIM",
        .summary = "Cuts off the oldest entries of a stream.",
        .since = "5.0.0",
        .complexity = "O(N), N being the number of entries cut off, most of them by whole nodes",
        .flags = Flag::write,
        .tips = {"nondeterministic_output"},
    };

    static bool read_options(Xtrim& command, Arguments& in)
    {
        while (!in.done()) {
            const dispatch::Match match = command.trim.match(in);
            if (match == dispatch::Match::no) return in.fail(errors::syntax);
            if (match == dispatch::Match::failed) return false;
        }
        return command.trim.check(true, in);
    }

    static constexpr auto syntax = sequence(key_arg("key", &Xtrim::key, Use::rw | Use::del),
                                            custom<2>(&Xtrim::read_options, TrimWords::nodes));

    void run(Context& context, Writer& reply) const
    {
        const Entry* entry = context.data.find(key);
        if (!must_be(Type::stream, entry, reply)) return;
        if (!entry) return reply.integer(0);
        Edited<Stream> stream(context.data, key, entry);
        const std::uint64_t trimmed = trim.cut(*stream, context);
        if (trimmed != 0) context.data.report(Event::xtrim, key, trimmed);
        reply.integer(static_cast<std::int64_t>(trimmed));
    }
};

struct Xsetid {
    Key key;
    StreamId last;
    std::optional<std::int64_t> added;
    StreamId max_deleted;

    static constexpr Spec spec{
        .name = "XSETID",
        .summary = "Sets what a stream knows of its past: its last id, and what was in it.",
        .since = "5.0.0",
        .complexity = "O(1)",
        .flags = Flag::write | Flag::denyoom | Flag::fast,
    };

    static bool read_words(Xsetid& command, Arguments& in)
    {
        if (!read_id(in.take(), command.last, in)) return false;
        while (!in.done()) {
            if (in.left() >= 2 && in.take_token("ENTRIESADDED")) {
                if (!dispatch::convert(in.take(), command.added, in)) return false;
                if (*command.added < 0) return in.fail("ERR entries_added must be positive");
            } else if (in.left() >= 2 && in.take_token("MAXDELETEDID")) {
                if (!read_id(in.take(), command.max_deleted, in)) return false;
                if (command.last < command.max_deleted)
                    return in.fail(
                        "ERR The ID specified in XSETID is smaller than the provided "
                        "max_deleted_entry_id");
            } else {
                return in.fail(errors::syntax);
            }
        }
        return true;
    }

    static constexpr auto syntax = sequence(
        key_arg("key", &Xsetid::key, Use::rw | Use::update),
        custom<1>(
            &Xsetid::read_words, word("last-id"),
            optional(
                token_arg("ENTRIESADDED", arg("entries_added", &Xsetid::added)).since("7.0.0")),
            optional(token_arg("MAXDELETEDID", word("max_deleted_entry_id")).since("7.0.0"))));

    void run(Context& context, Writer& reply) const
    {
        const Entry* entry = context.data.find(key);
        if (!entry) return reply.error(errors::no_such_key);
        if (!must_be(Type::stream, entry, reply)) return;
        Edited<Stream> stream(context.data, key, entry);
        if (stream->size() != 0 && last < stream->last_entry_id())
            return reply.error(
                "ERR The ID specified in XSETID is smaller than the target stream top item");
        if (added && stream->size() > static_cast<std::uint64_t>(*added))
            return reply.error(
                "ERR The entries_added specified in XSETID is smaller than the target stream "
                "length");
        stream->set_last_id(last);
        if (added) stream->set_entries_added(static_cast<std::uint64_t>(*added));
        if (!max_deleted.is_zero()) stream->set_max_deleted_id(max_deleted);
        context.data.report(Event::xsetid, key);
        reply.ok();
    }
};

}  // namespace

constexpr auto stream_commands = dispatch::commands<Xadd, Xdel, Xlen, Xsetid, Xtrim>;
const dispatch::Family streams{"stream", Category::stream, stream_commands};

}  // namespace mini_redis::commands
