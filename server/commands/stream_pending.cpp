// Streams: what was delivered to a group and is not acknowledged.
#include "server/commands/stream_words.hpp"

namespace mini_redis::commands {
namespace {

struct Xack {
    Key key;
    Word group;
    Words ids;

    static constexpr Spec spec{
        .name = "XACK",
        .summary = "Acknowledges entries: they are no longer pending.",
        .since = "5.0.0",
        .complexity = "O(log(N)) for each id, N being the number of pending entries",
        .flags = Flag::write | Flag::fast,
    };
    static constexpr auto syntax = sequence(key_arg("key", &Xack::key, Use::rw | Use::update),
                                            arg("group", &Xack::group), rest("id", &Xack::ids));

    void run(Context& context, Writer& reply) const
    {
        const Entry* entry = context.data.read(key);
        if (!must_be(Type::stream, entry, reply)) return;
        if (!entry || !Borrowed<Stream>(*entry)->find_group(group)) return reply.integer(0);
        Arguments in(ids, 0, {});
        StreamId id;
        while (!in.done())
            if (!read_id(in.take(), id, in)) return reply.error(in.error());

        Edited<Stream> stream(context.data, key, entry);
        StreamGroup& found = *stream->find_group(group);
        std::uint64_t acknowledged = 0;
        for (const Word word : ids) {
            read_id(word, id, in);
            if (found.acknowledge(id)) ++acknowledged;
        }
        context.data.count_changes(acknowledged);
        reply.integer(static_cast<std::int64_t>(acknowledged));
    }
};

struct Xpending {
    Key key;
    Word group;
    bool summary = true;
    std::int64_t idle_min = 0;
    StreamId first;
    StreamId last;
    std::int64_t count = 0;
    std::optional<Word> consumer;

    static constexpr Spec spec{
        .name = "XPENDING",
        .summary = "Tells what is pending for a group: all in all, or each entry.",
        .since = "5.0.0",
        .complexity = "O(N), N being the number of entries looked at, or of consumers",
        .flags = Flag::readonly,
        .tips = {"nondeterministic_output"},
    };

    static bool read_filters(Xpending& command, Arguments& in)
    {
        if (in.done()) return true;
        if (in.left() < 3 || in.left() > 6) return in.fail(errors::syntax);
        command.summary = false;
        if (in.take_token("IDLE")) {
            if (!dispatch::convert(in.take(), command.idle_min, in)) return false;
            if (in.left() < 3) return in.fail(errors::syntax);
        }
        const Words bounds = in.take(2);
        if (!read_count(in.take(), command.count, in)) return false;
        if (!in.done()) command.consumer = in.take(in.left()).front();
        return read_first(bounds[0], command.first, in) && read_last(bounds[1], command.last, in);
    }

    static constexpr auto syntax = sequence(
        key_arg("key", &Xpending::key, Use::ro | Use::access), arg("group", &Xpending::group),
        custom(&Xpending::read_filters,
               optional(block(
                   "filters",
                   optional(
                       token_arg("IDLE", arg("min-idle-time", &Xpending::idle_min)).since("6.2.0")),
                   word("start"), word("end"), arg("count", &Xpending::count),
                   optional(arg("consumer", &Xpending::consumer))))));

    void run(Context& context, Writer& reply) const
    {
        const Entry* entry = context.data.read(key);
        if (!must_be(Type::stream, entry, reply)) return;
        const StreamGroup* found = find_group(key, entry, group, reply);
        if (!found) return;
        summary ? reply_with_summary(*found, reply) : reply_with_each(*found, context.now(), reply);
    }

    static void reply_with_summary(const StreamGroup& found, Writer& reply)
    {
        const StreamGroup::Pending& pending = found.pending();
        reply.array(4);
        reply.integer(static_cast<std::int64_t>(pending.size()));
        if (pending.empty()) {
            reply.null();
            reply.null();
            return reply.null_array();
        }
        reply_with(pending[pending.begin()].id, reply);
        reply_with(pending[pending.last()].id, reply);
        const auto mark = reply.later();
        std::size_t owners = 0;
        for (const auto& owner : found.consumers()) {
            if (owner->pending.empty()) continue;
            ++owners;
            reply.array(2);
            reply.bulk(owner->name);
            reply.bulk_integer(static_cast<std::int64_t>(owner->pending.size()));
        }
        reply.array_at(mark, owners);
    }

    void reply_with_each(const StreamGroup& found, Milliseconds now, Writer& reply) const
    {
        const auto mark = reply.later();
        std::int64_t replied = 0;
        const auto visit = [&](const PendingEntry& pending) {
            if (idle_min != 0 && now - pending.delivered < idle_min) return;
            ++replied;
            reply.array(4);
            reply_with(pending.id, reply);
            reply.bulk(pending.consumer->name);
            reply.integer(std::max<Milliseconds>(now - pending.delivered, 0));
            reply.integer(pending.deliveries);
        };
        if (!consumer) {
            const auto& all = found.pending();
            for (auto place = all.from(first);
                 place != all.end() && replied != count && all[place].id <= last;
                 place = all.next(place))
                visit(all[place]);
        } else if (const StreamConsumer* owner = found.find_consumer(*consumer)) {
            const auto& own = owner->pending;
            for (auto place = own.from(first);
                 place != own.end() && replied != count && own[place] <= last;
                 place = own.next(place))
                visit(*found.pending().find(own[place]));
        }
        reply.array_at(mark, static_cast<std::size_t>(replied));
    }
};

}  // namespace

constexpr auto stream_pending_commands = dispatch::commands<Xack, Xpending>;
const dispatch::Family stream_pending{"stream", Category::stream, stream_pending_commands};

}  // namespace mini_redis::commands
