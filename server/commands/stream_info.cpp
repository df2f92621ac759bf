// XINFO: what is known of a stream, its groups and their consumers.
#include "server/commands/help.hpp"
#include "server/commands/stream_words.hpp"

namespace mini_redis::commands {
namespace {

void reply_with_count(std::string_view name, std::uint64_t count, Writer& reply)
{
    reply.bulk(name);
    reply.integer(static_cast<std::int64_t>(count));
}

void reply_with_id(std::string_view name, const StreamId& id, Writer& reply)
{
    reply.bulk(name);
    reply_with(id, reply);
}

// Both null where they are not known.
void reply_with_progress(const Stream& stream, const StreamGroup& group, Writer& reply)
{
    reply.bulk("entries-read");
    group.entries_read == StreamGroup::unknown ? reply.null() : reply.integer(group.entries_read);
    reply.bulk("lag");
    const auto lag = stream.lag_of(group);
    lag ? reply.integer(*lag) : reply.null();
}

// The stream; null, and an error written, where there is none.
const Entry* find_stream(Context& context, const Key& key, Writer& reply)
{
    const Entry* entry = context.data.read(key);
    if (!entry) return reply.error(errors::no_such_key), nullptr;
    return must_be(Type::stream, entry, reply) ? entry : nullptr;
}

struct XinfoConsumers {
    Key key;
    Word group;

    static constexpr Spec spec{
        .name = "CONSUMERS",
        .container = "XINFO",
        .summary = "Lists the consumers of a group.",
        .since = "5.0.0",
        .complexity = "O(N), N being the number of consumers",
        .flags = Flag::readonly,
        .tips = {"nondeterministic_output"},
    };
    static constexpr auto syntax =
        sequence(key_arg("key", &XinfoConsumers::key, Use::ro | Use::access),
                 arg("groupname", &XinfoConsumers::group));

    void run(Context& context, Writer& reply) const
    {
        const Entry* entry = find_stream(context, key, reply);
        if (!entry) return;
        const StreamGroup* found = Borrowed<Stream>(*entry)->find_group(group);
        if (!found) return reply.error(no_such_group(key, group));
        reply.array(found->consumers().size());
        for (const auto& consumer : found->consumers()) {
            reply.map(3);
            reply.bulk("name");
            reply.bulk(consumer->name);
            reply_with_count("pending", consumer->pending.size(), reply);
            reply.bulk("idle");
            reply.integer(std::max<Milliseconds>(context.now() - consumer->seen, 0));
        }
    }
};

struct XinfoGroups {
    Key key;

    static constexpr Spec spec{
        .name = "GROUPS",
        .container = "XINFO",
        .summary = "Lists the groups of a stream.",
        .since = "5.0.0",
        .complexity = "O(N), N being the number of groups",
        .flags = Flag::readonly,
    };
    static constexpr auto syntax =
        sequence(key_arg("key", &XinfoGroups::key, Use::ro | Use::access));

    void run(Context& context, Writer& reply) const
    {
        const Entry* entry = find_stream(context, key, reply);
        if (!entry) return;
        const Borrowed<Stream> stream(*entry);
        reply.array(stream->groups().size());
        for (const auto& group : stream->groups()) {
            reply.map(6);
            reply.bulk("name");
            reply.bulk(group->name);
            reply_with_count("consumers", group->consumers().size(), reply);
            reply_with_count("pending", group->pending().size(), reply);
            reply_with_id("last-delivered-id", group->last_id, reply);
            reply_with_progress(*stream, *group, reply);
        }
    }
};

// What XINFO STREAM tells with FULL: so many of each list, or with 0 all.
class FullReport {
public:
    FullReport(const Stream& stream, std::uint64_t most, Writer& reply)
        : stream_(stream), most_(most), reply_(reply)
    {
    }

    void write() const
    {
        reply_.bulk("entries");
        reply_with_entries(stream_, {}, stream_id_max, most_, reply_);
        reply_.bulk("groups");
        reply_.array(stream_.groups().size());
        for (const auto& group : stream_.groups()) write(*group);
    }

private:
    void write(const StreamGroup& group) const
    {
        reply_.map(7);
        reply_.bulk("name");
        reply_.bulk(group.name);
        reply_with_id("last-delivered-id", group.last_id, reply_);
        reply_with_progress(stream_, group, reply_);
        reply_with_count("pel-count", group.pending().size(), reply_);
        reply_.bulk("pending");
        write_some(group.pending(), [&](const PendingEntry& entry) {
            reply_.array(4);
            reply_with(entry.id, reply_);
            reply_.bulk(entry.consumer->name);
            reply_.integer(entry.delivered);
            reply_.integer(entry.deliveries);
        });
        reply_.bulk("consumers");
        reply_.array(group.consumers().size());
        for (const auto& consumer : group.consumers()) write(group, *consumer);
    }

    void write(const StreamGroup& group, const StreamConsumer& consumer) const
    {
        reply_.map(4);
        reply_.bulk("name");
        reply_.bulk(consumer.name);
        reply_.bulk("seen-time");
        reply_.integer(consumer.seen);
        reply_with_count("pel-count", consumer.pending.size(), reply_);
        reply_.bulk("pending");
        write_some(consumer.pending, [&](const StreamId& id) {
            const PendingEntry& entry = *group.pending().find(id);
            reply_.array(3);
            reply_with(entry.id, reply_);
            reply_.integer(entry.delivered);
            reply_.integer(entry.deliveries);
        });
    }

    template <class Items, class Write>
    void write_some(const Items& items, Write&& write_one) const
    {
        std::size_t left = most_ == 0 ? items.size() : std::min(items.size(), most_);
        reply_.array(left);
        for (auto place = items.begin(); left > 0; --left, place = items.next(place))
            write_one(items[place]);
    }

    const Stream& stream_;
    std::size_t most_;
    Writer& reply_;
};

struct XinfoStream {
    Key key;
    Words words;

    static constexpr Spec spec{
        .name = "STREAM",
        .container = "XINFO",
        .summary = "Tells what is known of a stream, in full with its groups and consumers.",
        .since = "5.0.0",
        .complexity = "O(N), N being the number of nodes and of what is listed",
        .flags = Flag::readonly,
    };
    static constexpr auto syntax = sequence(
        key_arg("key", &XinfoStream::key, Use::ro | Use::access),
        unread(&XinfoStream::words,
               optional(token_arg(
                   "FULL", block("full", optional(token_arg(
                                             "COUNT", word("count", ArgumentType::integer))))))));

    void run(Context& context, Writer& reply) const
    {
        const Entry* entry = find_stream(context, key, reply);
        if (!entry) return;
        Arguments in(words, 0, {});
        const bool full = in.take_token("FULL");
        std::int64_t most = 10;
        if (full && in.left() == 2 && in.take_token("COUNT")) {
            if (!dispatch::convert(in.take(), most, in)) return reply.error(in.error());
            if (most < 0) most = 10;
        }
        if (!in.done()) return wrong_subcommand(context, "XINFO", reply);

        const Borrowed<Stream> stream(*entry);
        reply.map(full ? 9 : 10);
        write(*stream, reply);
        if (full) return FullReport(*stream, static_cast<std::size_t>(most), reply).write();
        reply_with_count("groups", stream->groups().size(), reply);
        reply.bulk("first-entry");
        if (!reply_with_entry(*stream, stream->first_entry_id(), reply)) reply.null();
        reply.bulk("last-entry");
        if (!reply_with_entry(*stream, stream->last_entry_id(), reply)) reply.null();
    }

    static void write(const Stream& stream, Writer& reply)
    {
        reply_with_count("length", stream.size(), reply);
        reply_with_count("radix-tree-keys", stream.node_count(), reply);
        reply_with_count("radix-tree-nodes", stream.tree_node_count(), reply);
        reply_with_id("last-generated-id", stream.last_id(), reply);
        reply_with_id("max-deleted-entry-id", stream.max_deleted_id(), reply);
        reply_with_count("entries-added", stream.entries_added(), reply);
        reply_with_id("recorded-first-entry-id", stream.first_entry_id(), reply);
    }
};

constexpr Spec help = help_card("XINFO", "5.0.0", Category::stream);
constexpr auto xinfo_subcommands =
    dispatch::commands<XinfoConsumers, XinfoGroups, Help<help>, XinfoStream>;

struct Xinfo {
    static constexpr Spec spec{
        .name = "XINFO",
        .summary = "Commands that look into streams.",
        .since = "5.0.0",
        .complexity = "Depends on the subcommand.",
    };
    static constexpr std::span<const dispatch::Command> subcommands = xinfo_subcommands;
};

}  // namespace

constexpr auto stream_info_commands = dispatch::commands<Xinfo>;
const dispatch::Family stream_info{"stream", Category::stream, stream_info_commands};

}  // namespace mini_redis::commands
