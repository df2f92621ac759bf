// Streams: taking over what is pending for another consumer.
#include "server/commands/stream_words.hpp"

#include <vector>

namespace mini_redis::commands {
namespace {

// In a message of the command's own.
bool read_number(Word word, std::int64_t& number, std::string_view error, Arguments& in)
{
    const auto read = protocol::parse_integer(word);
    if (!read) return in.fail(error);
    return number = *read, true;
}

// How entries are claimed, and for whom. The consumer is made when it gets a first one.
class Claim {
public:
    struct Terms {
        std::int64_t idle_min = 0;
        Milliseconds delivered = 0;
        std::int64_t deliveries = -1;  // one more, if negative
        bool just_id = false;
    };

    Claim(Context& context, const Key& key, const Stream& stream, StreamGroup& group, Word consumer,
          const Terms& terms, Writer& reply)
        : context_(context),
          key_(key),
          stream_(stream),
          group_(group),
          name_(consumer),
          terms_(terms),
          reply_(reply)
    {
    }

    // False where it was not idle for long enough.
    bool take(PendingEntry& pending)
    {
        if (terms_.idle_min > 0 && context_.now() - pending.delivered < terms_.idle_min)
            return false;
        hand_over(pending);
        return true;
    }

    // What is not pending at all.
    void take_new(const StreamId& id)
    {
        hand_over(group_.deliver(id, consumer(), terms_.delivered));
    }

private:
    StreamConsumer& consumer()
    {
        if (!consumer_) consumer_ = &find_or_add(context_, key_, group_, name_);
        return *consumer_;
    }

    void hand_over(PendingEntry& pending)
    {
        group_.give(pending, consumer());
        pending.delivered = terms_.delivered;
        if (terms_.deliveries >= 0)
            pending.deliveries = terms_.deliveries;
        else if (!terms_.just_id)
            ++pending.deliveries;
        if (terms_.just_id)
            reply_with(pending.id, reply_);
        else
            reply_with_entry(stream_, pending.id, reply_);
    }

    Context& context_;
    const Key& key_;
    const Stream& stream_;
    StreamGroup& group_;
    Word name_;
    Terms terms_;
    Writer& reply_;
    StreamConsumer* consumer_ = nullptr;
};

// What may stand behind the ids of XCLAIM.
struct ClaimOptions {
    Milliseconds now;
    std::int64_t idle = 0;
    std::int64_t time = 0;  // of delivery: `now` where nothing is said, or nothing possible
    std::int64_t deliveries = -1;
    bool force = false;
    bool just_id = false;
    StreamId last = {};

    static constexpr auto nodes = dispatch::options(
        token_arg("IDLE", arg("ms", &ClaimOptions::idle)),
        token_arg(
            "TIME",
            arg("unix-time-milliseconds", &ClaimOptions::time).of_type(ArgumentType::unix_time)),
        token_arg("RETRYCOUNT", arg("count", &ClaimOptions::deliveries)),
        token("FORCE", &ClaimOptions::force), token("JUSTID", &ClaimOptions::just_id),
        token_arg("LASTID", word("id")));

    // False, and an error written, if they make no sense.
    bool read(Words words, Writer& reply)
    {
        time = now;
        Arguments in(words, 0, {});
        while (!in.done()) {
            const auto match = match_one(in);
            if (match == dispatch::Match::yes) continue;
            match == dispatch::Match::failed ? reply.error(in.error())
                                             : reply.error("ERR Unrecognized XCLAIM option '" +
                                                           std::string(c_text(in.peek())) + "'");
            return false;
        }
        if (time < 0 || time > now) time = now;
        return true;
    }

    dispatch::Match match_one(Arguments& in)
    {
        using dispatch::Match;
        const auto result = [](bool read) { return read ? Match::yes : Match::failed; };
        if (in.take_token("FORCE")) return result(force = true);
        if (in.take_token("JUSTID")) return result(just_id = true);
        if (in.left() < 2) return Match::no;
        if (in.take_token("IDLE"))
            return result(
                read_number(in.take(), idle, "ERR Invalid IDLE option argument for XCLAIM", in) &&
                (!__builtin_sub_overflow(now, idle, &time) || (time = now, true)));
        if (in.take_token("TIME"))
            return result(
                read_number(in.take(), time, "ERR Invalid TIME option argument for XCLAIM", in));
        if (in.take_token("RETRYCOUNT"))
            return result(read_number(in.take(), deliveries,
                                      "ERR Invalid RETRYCOUNT option argument for XCLAIM", in));
        if (in.take_token("LASTID")) return result(read_id(in.take(), last, in));
        return Match::no;
    }
};

struct Xclaim {
    Key key;
    Word group;
    Word consumer;
    Word idle_min;
    Words words;

    static constexpr Spec spec{
        .name = "XCLAIM",
        .summary = "Makes entries that are pending for others pending for a consumer.",
        .since = "5.0.0",
        .complexity = "O(log(N)) for each id, N being the number of pending entries",
        .flags = Flag::write | Flag::fast,
        .tips = {"nondeterministic_output"},
    };
    static constexpr auto syntax =
        sequence(key_arg("key", &Xclaim::key, Use::rw | Use::update), arg("group", &Xclaim::group),
                 arg("consumer", &Xclaim::consumer), arg("min-idle-time", &Xclaim::idle_min),
                 unread<1>(&Xclaim::words, repeated(word("id")), ClaimOptions::nodes));

    void run(Context& context, Writer& reply) const
    {
        const Entry* entry = context.data.read(key);
        if (!must_be(Type::stream, entry, reply)) return;
        if (!find_group(key, entry, group, reply)) return;
        Arguments in(words, 0, {});
        std::int64_t idle = 0;
        if (!read_number(idle_min, idle, "ERR Invalid min-idle-time argument for XCLAIM", in))
            return reply.error(in.error());
        std::vector<StreamId> ids;  // up to the first word that is none
        for (StreamId id; !in.done() && read_id(in.peek(), id, in); in.take()) ids.push_back(id);
        ClaimOptions options{.now = context.now()};
        if (!options.read(words.subspan(ids.size()), reply)) return;

        Edited<Stream> stream(context.data, key, entry);
        StreamGroup& found = *stream->find_group(group);
        const bool moves_on = options.last > found.last_id;
        if (moves_on) found.last_id = options.last;
        const Claim::Terms terms{.idle_min = idle,
                                 .delivered = options.time,
                                 .deliveries = options.deliveries,
                                 .just_id = options.just_id};
        Claim claim(context, key, *stream, found, consumer, terms, reply);
        std::uint64_t changes = 0;
        std::size_t claimed = 0;
        const auto mark = reply.later();
        for (const StreamId& id : ids) {
            if (!stream->contains(id)) {
                if (found.acknowledge(id)) ++changes;
            } else if (PendingEntry* pending = found.find_pending(id)) {
                if (claim.take(*pending)) ++claimed;
            } else if (options.force) {
                claim.take_new(id);
                ++claimed;
            }
        }
        reply.array_at(mark, claimed);
        changes += claimed;
        context.data.count_changes(changes == 0 && moves_on ? 1 : changes);
    }
};

struct Xautoclaim {
    Key key;
    Word group;
    Word consumer;
    std::int64_t idle_min = 0;
    StreamId first;
    std::int64_t count = 100;
    bool just_id = false;

    static constexpr std::int64_t attempts_each = 10;

    static constexpr Spec spec{
        .name = "XAUTOCLAIM",
        .summary = "Makes some entries that have been pending for long pending for a consumer.",
        .since = "6.2.0",
        .complexity = "O(1) as long as COUNT is small",
        .flags = Flag::write | Flag::fast,
        .tips = {"nondeterministic_output"},
    };

    static bool read_words(Xautoclaim& command, Arguments& in)
    {
        // As Redis bounds it: it keeps the ids of those that are deleted.
        constexpr std::int64_t count_max =
            std::numeric_limits<std::int64_t>::max() / std::int64_t{sizeof(StreamId)};
        if (!read_number(in.take(), command.idle_min,
                         "ERR Invalid min-idle-time argument for XAUTOCLAIM", in) ||
            !read_first(in.take(), command.first, in))
            return false;
        while (!in.done()) {
            if (in.left() >= 2 && in.take_token("COUNT")) {
                constexpr std::string_view error = "ERR COUNT must be > 0";
                if (!read_number(in.take(), command.count, error, in)) return false;
                if (command.count < 1 || command.count > count_max) return in.fail(error);
            } else if (in.take_token("JUSTID")) {
                command.just_id = true;
            } else {
                return in.fail(errors::syntax);
            }
        }
        return true;
    }

    static constexpr auto syntax =
        sequence(key_arg("key", &Xautoclaim::key, Use::rw | Use::del),
                 arg("group", &Xautoclaim::group), arg("consumer", &Xautoclaim::consumer),
                 custom<2>(&Xautoclaim::read_words, word("min-idle-time"), word("start"),
                           optional(token_arg("COUNT", arg("count", &Xautoclaim::count))),
                           optional(token("JUSTID", &Xautoclaim::just_id))));

    void run(Context& context, Writer& reply) const
    {
        const Entry* entry = context.data.read(key);
        if (!must_be(Type::stream, entry, reply)) return;
        if (!find_group(key, entry, group, reply)) return;
        Edited<Stream> stream(context.data, key, entry);
        StreamGroup& found = *stream->find_group(group);
        protocol::Buffer claimed;  // the cursor comes first and is known last
        Writer entries(claimed, reply.dialect());
        Claim claim(context, key, *stream, found, consumer,
                    {.idle_min = idle_min, .delivered = context.now(), .just_id = just_id},
                    entries);
        const Step step = take_some(*stream, found, claim);
        context.data.count_changes(step.claimed + step.deleted.size());
        reply.array(3);
        reply_with(step.next, reply);
        reply.array(step.claimed);
        reply.buffer().append(claimed.view());
        reply.array(step.deleted.size());
        for (const StreamId& id : step.deleted) reply_with(id, reply);
    }

    struct Step {
        StreamId next;  // where the next step is to begin; zero at the end
        std::size_t claimed = 0;
        std::vector<StreamId> deleted;  // were pending, and are no longer
    };

    Step take_some(const Stream& stream, StreamGroup& found, Claim& claim) const
    {
        Step step;
        const StreamGroup::Pending& pending = found.pending();
        std::int64_t left = count;
        std::int64_t attempts = count * attempts_each;
        auto place = pending.from(first);
        for (; left > 0 && attempts > 0 && place != pending.end(); --attempts) {
            const StreamId id = pending[place].id;
            if (!stream.contains(id)) {
                step.deleted.push_back(id);
                found.acknowledge(id);
                --left;
                place = pending.from(id);
                continue;
            }
            if (claim.take(*found.find_pending(id))) {
                ++step.claimed;
                --left;
            }
            place = pending.next(place);
        }
        if (place != pending.end()) step.next = pending[place].id;
        return step;
    }
};

}  // namespace

constexpr auto stream_claim_commands = dispatch::commands<Xautoclaim, Xclaim>;
const dispatch::Family stream_claims{"stream", Category::stream, stream_claim_commands};

}  // namespace mini_redis::commands
