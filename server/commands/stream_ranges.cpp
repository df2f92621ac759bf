// Streams: the entries between two ids.
#include "server/commands/stream_words.hpp"

namespace mini_redis::commands {
namespace {

struct RangeWords {
    Key key;
    StreamId first;
    StreamId last;
    std::optional<std::int64_t> count;

    // The lower bound is read first, whichever is named first.
    static bool read(RangeWords& words, Arguments& in)
    {
        const Words bounds = in.take(2);
        return words.read(bounds[0], bounds[1], in);
    }
    static bool read_backwards(RangeWords& words, Arguments& in)
    {
        const Words bounds = in.take(2);
        return words.read(bounds[1], bounds[0], in);
    }

    bool read(Word lower, Word upper, Arguments& in)
    {
        if (!read_first(lower, first, in) || !read_last(upper, last, in)) return false;
        while (in.left() >= 2 && in.take_token("COUNT"))
            if (!read_count(in.take(), count.emplace(), in)) return false;
        return true;
    }

    // Null where the count is 0, as Redis answers.
    template <class Each>
    void execute(Context& context, Writer& reply, Each&& each) const
    {
        const Entry* entry = context.data.read(key);
        if (!must_be(Type::stream, entry, reply)) return;
        if (!entry) return reply.array(0);
        if (count == 0) return reply.null_array();
        const auto mark = reply.later();
        std::int64_t replied = 0;
        each(*Borrowed<Stream>(*entry), [&](const StreamEntry& one) {
            reply_with(one, reply);
            return ++replied != count;
        });
        reply.array_at(mark, static_cast<std::size_t>(replied));
    }
};

constexpr auto key_of_range = key_arg("key", &RangeWords::key, Use::ro | Use::access);
constexpr auto count_of_range = optional(token_arg("COUNT", arg("count", &RangeWords::count)));

struct Xrange : RangeWords {
    static constexpr Spec spec{
        .name = "XRANGE",
        .summary = "Returns the entries of a stream between two ids, in their order.",
        .since = "5.0.0",
        .complexity = "O(N), N being the number of entries returned",
        .flags = Flag::readonly,
    };
    static constexpr auto syntax = sequence(
        key_of_range, custom<2>(&RangeWords::read, word("start"), word("end"), count_of_range));

    void run(Context& context, Writer& reply) const
    {
        execute(context, reply,
                [&](const Stream& stream, auto&& visit) { stream.each(first, last, visit); });
    }
};

struct Xrevrange : RangeWords {
    static constexpr Spec spec{
        .name = "XREVRANGE",
        .summary = "Returns the entries of a stream between two ids, the last one first.",
        .since = "5.0.0",
        .complexity = "O(N), N being the number of entries returned",
        .flags = Flag::readonly,
    };
    static constexpr auto syntax = sequence(
        key_of_range,
        custom<2>(&RangeWords::read_backwards, word("end"), word("start"), count_of_range));

    void run(Context& context, Writer& reply) const
    {
        execute(context, reply, [&](const Stream& stream, auto&& visit) {
            stream.each_backwards(first, last, visit);
        });
    }
};

}  // namespace

constexpr auto stream_range_commands = dispatch::commands<Xrange, Xrevrange>;
const dispatch::Family stream_ranges{"stream", Category::stream, stream_range_commands};

}  // namespace mini_redis::commands
