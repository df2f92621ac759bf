// XGROUP: making, setting and removing the groups of a stream, and their consumers.
#include "server/commands/help.hpp"
#include "server/commands/stream_words.hpp"

namespace mini_redis::commands {
namespace {

// A key and a group of it; of some, also from where the group reads on.
struct GroupWords {
    Key key;
    Word group;
    Word id;
    bool from_last = false;
    bool make_stream = false;
    std::int64_t entries_read = StreamGroup::unknown;
    bool malformed = false;
    bool too_many = false;

    static bool read_making(GroupWords& words, Arguments& in) { return words.read(true, in); }
    static bool read_setting(GroupWords& words, Arguments& in) { return words.read(false, in); }

    bool read(bool makes, Arguments& in)
    {
        id = in.take();
        from_last = c_text(id) == "$";
        too_many = in.left() > 3;
        while (!in.done()) {
            if (makes && in.take_token("MKSTREAM")) {
                make_stream = true;
            } else if (in.left() >= 2 && in.take_token("ENTRIESREAD")) {
                if (!dispatch::convert(in.take(), entries_read, in)) return false;
                if (entries_read < StreamGroup::unknown)
                    return in.fail("ERR value for ENTRIESREAD must be positive or -1");
            } else {
                malformed = true;
                in.take(in.left());
            }
        }
        return true;
    }

    // Whether the key is a stream and is there, or is to be made; else an error.
    bool find_stream(Context& context, const Entry*& entry, Writer& reply) const
    {
        if (malformed) return wrong_subcommand(context, "XGROUP", reply), false;
        entry = context.data.find(key);
        if (!must_be(Type::stream, entry, reply)) return false;
        if (entry || make_stream) return true;
        reply.error(
            "ERR The XGROUP subcommand requires the key to exist. Note that for CREATE you may "
            "want to use the MKSTREAM option to create an empty stream automatically.");
        return false;
    }

    // Whether the group is there, too.
    bool find_group(Context& context, const Entry*& entry, Writer& reply) const
    {
        if (!find_stream(context, entry, reply)) return false;
        if (!Borrowed<Stream>(*entry)->find_group(group)) {
            reply.error(no_such_group(key, group));
            return false;
        }
        if (too_many) wrong_subcommand(context, "XGROUP", reply);
        return !too_many;
    }
};

constexpr auto group_name = arg("groupname", &GroupWords::group);
constexpr auto new_id = token("$", &GroupWords::from_last).named("new_id");
constexpr auto id_of_group = one_of("id", word("id"), new_id);
constexpr auto read_by_group = optional(
    token_arg("ENTRIESREAD", arg("entries_read", &GroupWords::entries_read)).named("entries_read"));

struct XgroupCreate : GroupWords {
    static constexpr Spec spec{
        .name = "CREATE",
        .container = "XGROUP",
        .summary = "Makes a group, which reads the entries behind an id, or those to come.",
        .since = "5.0.0",
        .complexity = "O(1)",
        .flags = Flag::write | Flag::denyoom,
    };
    static constexpr auto syntax =
        sequence(key_arg("key", &GroupWords::key, Use::rw | Use::insert), group_name,
                 custom<1>(&GroupWords::read_making, id_of_group,
                           optional(token("MKSTREAM", &GroupWords::make_stream)), read_by_group));

    void run(Context& context, Writer& reply) const
    {
        const Entry* entry = nullptr;
        if (!find_stream(context, entry, reply)) return;
        if (too_many) return wrong_subcommand(context, "XGROUP", reply);
        StreamId from;
        Arguments in({}, 0, {});
        if (from_last)
            from = entry ? Borrowed<Stream>(*entry)->last_id() : StreamId{};
        else if (!read_id(id, from, in))
            return reply.error(in.error());
        Edited<Stream> stream(context.data, key, entry);
        if (!stream->add_group(group, from, entries_read))
            return reply.error("BUSYGROUP Consumer Group name already exists");
        context.data.report(entry ? Event::xgroup_create : Event::xgroup_create_stream, key);
        reply.ok();
    }
};

struct XgroupSetid : GroupWords {
    static constexpr Spec spec{
        .name = "SETID",
        .container = "XGROUP",
        .summary = "Sets from where a group reads on.",
        .since = "5.0.0",
        .complexity = "O(1)",
        .flags = Flag::write,
    };
    static constexpr auto syntax =
        sequence(key_arg("key", &GroupWords::key, Use::rw | Use::update), group_name,
                 custom<1>(&GroupWords::read_setting, id_of_group, read_by_group));

    void run(Context& context, Writer& reply) const
    {
        const Entry* entry = nullptr;
        if (!find_group(context, entry, reply)) return;
        Edited<Stream> stream(context.data, key, entry);
        StreamId from = stream->last_id();
        Arguments in({}, 0, {});
        if (!from_last && !read_bound(id, from, in)) return reply.error(in.error());
        StreamGroup& found = *stream->find_group(group);
        found.last_id = from;
        found.entries_read = entries_read;
        context.data.report(Event::xgroup_setid, key);
        reply.ok();
    }
};

struct XgroupDestroy : GroupWords {
    static constexpr Spec spec{
        .name = "DESTROY",
        .container = "XGROUP",
        .summary = "Removes a group, its consumers and what is pending for them.",
        .since = "5.0.0",
        .complexity = "O(N), N being the number of pending entries",
        .flags = Flag::write,
    };
    static constexpr auto syntax =
        sequence(key_arg("key", &GroupWords::key, Use::rw | Use::del), group_name);

    void run(Context& context, Writer& reply) const
    {
        const Entry* entry = nullptr;
        if (!find_stream(context, entry, reply)) return;
        Edited<Stream> stream(context.data, key, entry);
        if (!stream->remove_group(group)) return reply.integer(0);
        context.data.report(Event::xgroup_destroy, key);
        reply.integer(1);
    }
};

struct ConsumerWords : GroupWords {
    Word consumer;

    static constexpr auto consumer_name = arg("consumername", &ConsumerWords::consumer);
};

struct XgroupCreateconsumer : ConsumerWords {
    static constexpr Spec spec{
        .name = "CREATECONSUMER",
        .container = "XGROUP",
        .summary = "Makes a consumer of a group.",
        .since = "6.2.0",
        .complexity = "O(1)",
        .flags = Flag::write | Flag::denyoom,
    };
    static constexpr auto syntax = sequence(key_arg("key", &GroupWords::key, Use::rw | Use::insert),
                                            group_name, consumer_name);

    void run(Context& context, Writer& reply) const
    {
        const Entry* entry = nullptr;
        if (!find_group(context, entry, reply)) return;
        Edited<Stream> stream(context.data, key, entry);
        StreamGroup& found = *stream->find_group(group);
        if (found.find_consumer(consumer)) return reply.integer(0);
        find_or_add(context, key, found, consumer);
        reply.integer(1);
    }
};

struct XgroupDelconsumer : ConsumerWords {
    static constexpr Spec spec{
        .name = "DELCONSUMER",
        .container = "XGROUP",
        .summary = "Removes a consumer of a group, and tells how much was pending for it.",
        .since = "5.0.0",
        .complexity = "O(N), N being the number of entries pending for it",
        .flags = Flag::write,
    };
    static constexpr auto syntax =
        sequence(key_arg("key", &GroupWords::key, Use::rw | Use::del), group_name, consumer_name);

    void run(Context& context, Writer& reply) const
    {
        const Entry* entry = nullptr;
        if (!find_group(context, entry, reply)) return;
        Edited<Stream> stream(context.data, key, entry);
        StreamGroup& found = *stream->find_group(group);
        StreamConsumer* leaving = found.find_consumer(consumer);
        if (!leaving) return reply.integer(0);
        const std::size_t pending = leaving->pending.size();
        found.remove_consumer(*leaving);
        context.data.report(Event::xgroup_delconsumer, key);
        reply.integer(static_cast<std::int64_t>(pending));
    }
};

constexpr Spec help = help_card("XGROUP", "5.0.0", Category::stream);
constexpr auto xgroup_subcommands =
    dispatch::commands<XgroupCreate, XgroupCreateconsumer, XgroupDelconsumer, XgroupDestroy,
                       Help<help>, XgroupSetid>;

struct Xgroup {
    static constexpr Spec spec{
        .name = "XGROUP",
        .summary = "Commands for the groups that read a stream.",
        .since = "5.0.0",
        .complexity = "Depends on the subcommand.",
    };
    static constexpr std::span<const dispatch::Command> subcommands = xgroup_subcommands;
};

}  // namespace

constexpr auto stream_group_commands = dispatch::commands<Xgroup>;
const dispatch::Family stream_groups{"stream", Category::stream, stream_group_commands};

}  // namespace mini_redis::commands
