// Streams: reading what is behind an id, of several at once, alone or as a group.
#include "server/commands/patience.hpp"
#include "server/commands/stream_words.hpp"

#include <vector>

namespace mini_redis::commands {
namespace {

struct ReadWords {
    Keys keys;
    Words ids;
    std::optional<Word> group;
    Word consumer;
    std::int64_t count = 0;
    std::optional<Patience> patience;
    bool acknowledged = false;

    static constexpr std::string_view odd_words_error =
        "ERR Unbalanced XREAD list of streams: for each stream key an ID or '$' must be specified.";

    static bool read_alone(ReadWords& words, Arguments& in) { return words.read(false, in); }
    static bool read_as_group(ReadWords& words, Arguments& in) { return words.read(true, in); }

    // What stands before STREAMS, in any order.
    bool read(bool as_group, Arguments& in)
    {
        while (in.left() >= 2 && !protocol::equal_ignoring_case(in.peek(), "STREAMS")) {
            if (in.take_token("BLOCK")) {
                if (!convert(in.take(), patience.emplace(), in)) return false;
            } else if (in.take_token("COUNT")) {
                if (!read_count(in.take(), count, in)) return false;
            } else if (in.left() >= 3 && in.take_token("GROUP")) {
                if (!as_group)
                    return in.fail(
                        "ERR The GROUP option is only supported by XREADGROUP. You called XREAD "
                        "instead.");
                group = in.take();
                consumer = in.take();
            } else if (in.take_token("NOACK")) {
                if (!as_group)
                    return in.fail(
                        "ERR The NOACK option is only supported by XREADGROUP. You called XREAD "
                        "instead.");
                acknowledged = true;
            } else {
                return in.fail(errors::syntax);
            }
        }
        return in.left() >= 2 || in.fail(errors::syntax);
    }

    // One that has waited is not shown everything that there is behind an id from long ago.
    std::uint64_t most(const Context& context) const
    {
        constexpr std::int64_t after_waiting = 1000;
        return static_cast<std::uint64_t>(count == 0 && context.ready ? after_waiting : count);
    }

    // Behind which id there is nothing. (What has woken a client may be gone: it is told so.)
    static StreamId newest(const Context& context, const Stream& stream)
    {
        return context.ready ? stream.last_id() : stream.last_entry_id();
    }

    void wait(Context& context, Writer& reply) const
    {
        if (!patience) return reply.null_array();
        wait_for(context, Type::stream, keys.size(), *patience, reply);
    }

    static constexpr auto count_arg = optional(token_arg("COUNT", arg("count", &ReadWords::count)));
    static constexpr auto block_arg =
        optional(token_arg("BLOCK", arg("milliseconds", &ReadWords::patience)));
    static constexpr auto streams_arg = keys_behind("STREAMS", "streams", &ReadWords::keys, "id",
                                                    &ReadWords::ids, Use::ro | Use::access);
};

// What was read of each stream that there was something to read of.
class ReadReply {
public:
    explicit ReadReply(Writer& reply) : reply_(reply) {}

    Writer& stream(const Key& key)
    {
        if (count_++ == 0) mark_ = reply_.later();
        if (!in_pairs()) reply_.array(2);
        reply_.bulk(key.name);
        return reply_;
    }

    bool empty() const { return count_ == 0; }
    void end()
    {
        if (in_pairs())
            reply_.map_at(mark_, count_);
        else
            reply_.array_at(mark_, count_);
    }

private:
    bool in_pairs() const { return reply_.dialect() == Dialect::resp3; }

    Writer& reply_;
    Writer::Mark mark_{};
    std::size_t count_ = 0;
};

struct Xread : ReadWords {
    static constexpr Spec spec{
        .name = "XREAD",
        .summary = "Returns the entries of streams behind an id each.",
        .since = "5.0.0",
        .complexity = "O(N), N being the number of entries returned",
        .flags = Flag::readonly | Flag::blocking,
    };
    static constexpr auto syntax =
        sequence(custom(&ReadWords::read_alone, count_arg, block_arg), streams_arg);

    void run(Context& context, Writer& reply) const
    {
        std::vector<StreamId> from(keys.size());
        for (std::size_t i = 0; i < keys.size(); ++i)
            if (context.concerns(keys[i]) && !read_start(context, i, from[i], reply)) return;

        ReadReply read(reply);
        for (std::size_t i = 0; i < keys.size(); ++i) {
            const Entry* entry = context.concerns(keys[i]) ? context.data.read(keys[i]) : nullptr;
            if (!entry) continue;
            const Borrowed<Stream> stream(*entry);
            if (newest(context, *stream) <= from[i]) continue;
            reply_with_entries(*stream, *from[i].after(), stream_id_max, most(context),
                               read.stream(keys[i]));
        }
        if (!read.empty()) return read.end();
        wait(context, reply);
        if (!context.waiting) return;
        StreamIdChars text;
        for (std::size_t i = 0; i < keys.size(); ++i)  // what is the end now will not be later
            if (c_text(ids[i]) == "$")
                context.waiting->instead.emplace_back(context.words.size() - ids.size() + i,
                                                      print(from[i], text));
    }

    // Behind which id to read. False, and an error written, if that cannot be told.
    bool read_start(Context& context, std::size_t at, StreamId& id, Writer& reply) const
    {
        const Entry* entry = context.data.read(keys[at]);
        if (!must_be(Type::stream, entry, reply)) return false;
        const std::string_view text = c_text(ids[at]);
        if (text == "$") {
            if (entry) id = Borrowed<Stream>(*entry)->last_id();
            return true;
        }
        if (text == ">") {
            reply.error(
                "ERR The > ID can be specified only when calling XREADGROUP using the GROUP "
                "<group> <consumer> option.");
            return false;
        }
        Arguments in({}, 0, {});
        return read_id(ids[at], id, in) || (reply.error(in.error()), false);
    }
};

struct Xreadgroup : ReadWords {
    static constexpr Spec spec{
        .name = "XREADGROUP",
        .summary = "Delivers to a consumer the new entries of streams, or those pending for it.",
        .since = "5.0.0",
        .complexity = "O(N), N being the number of entries returned",
        .flags = Flag::write | Flag::blocking,
    };
    static constexpr auto syntax = sequence(
        custom<3>(&ReadWords::read_as_group,
                  token_arg("GROUP", block("group_consumer", word("group"),
                                           arg("consumer", &ReadWords::consumer))),
                  count_arg, block_arg, optional(token("NOACK", &ReadWords::acknowledged))),
        streams_arg);

    void run(Context& context, Writer& reply) const
    {
        if (!group) return reply.error("ERR Missing GROUP option for XREADGROUP");
        if (context.ready && !may_go_on(context, reply)) return;
        std::vector<std::optional<StreamId>> from(keys.size());
        for (std::size_t i = 0; i < keys.size(); ++i)
            if (context.concerns(keys[i]) && !read_start(context, i, from[i], reply)) return;

        ReadReply read(reply);
        for (std::size_t i = 0; i < keys.size(); ++i) {
            if (!context.concerns(keys[i])) continue;
            const Entry* entry = context.data.read(keys[i]);
            Edited<Stream> stream(context.data, keys[i], entry);
            StreamGroup& found = *stream->find_group(*group);
            if (!from[i] && newest(context, *stream) <= found.last_id) continue;
            StreamConsumer& reader = find_or_add(context, keys[i], found, consumer);
            if (from[i])
                reply_with_history(context, *stream, found, reader, *from[i], read.stream(keys[i]));
            else
                reply_with_new(context, *stream, found, reader, read.stream(keys[i]));
            context.data.count_changes(1);
        }
        if (!read.empty()) return read.end();
        wait(context, reply);
        if (context.waiting) context.waiting->heeds_absence = true;
    }

    // Whether one that has waited still can. False, and an error written, if not.
    bool may_go_on(Context& context, Writer& reply) const
    {
        const Entry* entry = context.data.peek(*context.ready);
        if (!entry || entry->type() != Type::stream)
            return reply.error("UNBLOCKED the stream key no longer exists"), false;
        if (Borrowed<Stream>(*entry)->find_group(*group)) return true;
        reply.error("NOGROUP the consumer group this client was blocked on no longer exists");
        return false;
    }

    // Behind which of the ids pending for it the consumer wants to read; nothing if it wants those
    // that are new. False, and an error written, if that cannot be told.
    bool read_start(Context& context, std::size_t at, std::optional<StreamId>& id,
                    Writer& reply) const
    {
        const Entry* entry = context.data.read(keys[at]);
        if (!must_be(Type::stream, entry, reply)) return false;
        constexpr std::string_view where = " in XREADGROUP with GROUP option";
        if (!find_group(keys[at], entry, *group, reply, where)) return false;
        const std::string_view text = c_text(ids[at]);
        if (text == ">") return true;
        if (text == "$") {
            reply.error(
                "ERR The $ ID is meaningless in the context of XREADGROUP: you want to read the "
                "history of this consumer by specifying a proper ID, or use the > ID to get new "
                "messages. The $ ID would just return an empty result set.");
            return false;
        }
        Arguments in({}, 0, {});
        if (!read_id(ids[at], id.emplace(), in)) return reply.error(in.error()), false;
        if (*id == stream_id_max) id.reset();  // which is what > is to Redis
        return true;
    }

    void reply_with_new(const Context& context, const Stream& stream, StreamGroup& found,
                        StreamConsumer& reader, Writer& reply) const
    {
        const auto mark = reply.later();
        std::int64_t replied = 0;
        stream.each(*found.last_id.after(), stream_id_max, [&](const StreamEntry& entry) {
            stream.note_read(found, entry.id);
            if (!acknowledged) found.deliver(entry.id, reader, context.now());
            reply_with(entry, reply);
            return ++replied != static_cast<std::int64_t>(most(context));
        });
        reply.array_at(mark, static_cast<std::size_t>(replied));
    }

    // Of an entry that is gone, its id and null.
    void reply_with_history(const Context& context, const Stream& stream, StreamGroup& found,
                            const StreamConsumer& reader, const StreamId& from, Writer& reply) const
    {
        const auto mark = reply.later();
        const auto& own = reader.pending;
        std::int64_t replied = 0;
        for (auto place = own.from(*from.after()); place != own.end(); place = own.next(place)) {
            if (reply_with_entry(stream, own[place], reply)) {
                PendingEntry& entry = *found.find_pending(own[place]);
                entry.delivered = context.now();
                ++entry.deliveries;
            } else {
                reply.array(2);
                reply_with(own[place], reply);
                reply.null_array();
            }
            if (++replied == count) break;
        }
        reply.array_at(mark, static_cast<std::size_t>(replied));
    }
};

}  // namespace

constexpr auto stream_read_commands = dispatch::commands<Xread, Xreadgroup>;
const dispatch::Family stream_reads{"stream", Category::stream, stream_read_commands};

}  // namespace mini_redis::commands
