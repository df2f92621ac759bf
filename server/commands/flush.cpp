// FLUSHDB and FLUSHALL: emptying databases.
//
// Under the locks a database is only exchanged for an empty one. What was there is freed by another
// thread (ASYNC), or by this one once it has let go of the locks (SYNC): others never wait for it.
#include "server/commands/grammar.hpp"

#include <memory>
#include <utility>

namespace mini_redis::commands {
namespace {

enum class Mode : std::uint8_t { by_default, async, sync };

constexpr std::array<std::string_view, 4> asks_all{"request_policy:all_shards",
                                                   "response_policy:all_succeeded"};

struct FlushWords {
    Mode mode = Mode::by_default;
};

constexpr auto flush_syntax =
    sequence(optional(one_of("async", token("ASYNC", &FlushWords::mode, Mode::async).since("4.0.0"),
                             token("SYNC", &FlushWords::mode, Mode::sync).since("6.2.0"))));

void flush(const Context& context, unsigned database, Mode mode)
{
    if (mode == Mode::by_default)
        mode = context.services.config.lazyfree_lazy_user_flush.get() ? Mode::async : Mode::sync;
    keyspace::View data = context.data.in(database);
    std::unique_ptr<keyspace::Database> cleared = data.clear();
    if (!cleared) return;
    if (mode == Mode::sync) return data.free_unlocked(std::move(cleared));
    context.services.control.run_in_background(
        [owner = std::make_shared<decltype(cleared)>(std::move(cleared))] { owner->reset(); });
}

struct Flushdb : FlushWords {
    static constexpr Spec spec{
        .name = "FLUSHDB",
        .summary = "Removes all keys of the database.",
        .since = "1.0.0",
        .complexity = "O(N) for the N keys of the database.",
        .flags = Flag::write,
        .categories = Category::dangerous,
        .tips = asks_all,
        .locks_everything = true,
    };
    static constexpr auto syntax = flush_syntax;

    void run(Context& context, Writer& reply) const
    {
        flush(context, context.data.database(), mode);
        context.data.tell(Event::flushdb, {});
        reply.ok();
    }
};

struct Flushall : FlushWords {
    static constexpr Spec spec{
        .name = "FLUSHALL",
        .summary = "Removes all keys of all databases.",
        .since = "1.0.0",
        .complexity = "O(N) for the N keys of all databases.",
        .flags = Flag::write,
        .categories = Category::dangerous,
        .tips = asks_all,
        .locks_everything = true,
    };
    static constexpr auto syntax = flush_syntax;

    void run(Context& context, Writer& reply) const
    {
        for (unsigned database = 0; database < context.data.keyspace().databases(); ++database)
            flush(context, database, mode);
        context.data.tell(Event::flushall, {});
        reply.ok();
    }
};

}  // namespace

constexpr auto flush_commands = dispatch::commands<Flushall, Flushdb>;
const dispatch::Family flushing{"server", Category::keyspace, flush_commands};

}  // namespace mini_redis::commands
