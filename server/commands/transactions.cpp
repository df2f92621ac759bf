// Transactions: commands that run as one, if the keys they rest on are as they were.
#include "server/commands/grammar.hpp"
#include "server/dispatch/withdraw.hpp"

namespace mini_redis::commands {
namespace {

constexpr auto any_time = Flag::noscript | Flag::loading | Flag::stale;
constexpr auto at_once = any_time | Flag::fast | Flag::allow_busy;

// Whether a key that the client watches is not what it was.
bool changed(Context& context)
{
    const dispatch::Watcher& watcher = context.session.transacting->watcher;
    // To look is also to notice that one has expired, which counts as a change.
    for (const auto& [database, key, there] : watcher.keys)
        if ((context.data.in(database).peek(Key(key)) != nullptr) != there) return true;
    return watcher.touched;
}

struct Multi {
    static constexpr Spec spec{
        .name = "MULTI",
        .summary = "Begins a transaction: what is said from now on is queued.",
        .since = "1.2.0",
        .complexity = "O(1)",
        .flags = at_once,
        .never_queued = true,
    };
    static constexpr auto syntax = sequence();

    void run(Context& context, Writer& reply) const
    {
        if (context.session.transaction()) return reply.error("ERR MULTI calls can not be nested");
        context.session.transacting.make().begin();
        reply.ok();
    }
};

struct Exec {
    static constexpr Spec spec{
        .name = "EXEC",
        .summary = "Runs what was queued since MULTI, unless a watched key has changed.",
        .since = "1.2.0",
        .complexity = "That of the commands",
        .flags = any_time | Flag::skip_slowlog,
        .never_queued = true,
        .runs_queued = true,
    };
    static constexpr auto syntax = sequence();

    void run(Context& context, Writer& reply) const
    {
        Session& session = context.session;
        if (!session.transaction()) return reply.error("ERR EXEC without MULTI");
        const bool outdated = changed(context);
        context.services.watches.forget(session.transacting->watcher);
        if (session.transaction()->aborted())
            reply.error("EXECABORT Transaction discarded because of previous errors.");
        else if (outdated)
            reply.null_array();
        else
            execute(context, *session.transaction(), reply);
        dispatch::end_transaction(context.services, session);
    }

private:
    static void execute(Context& context, const dispatch::Transaction& transaction, Writer& reply)
    {
        reply.array(transaction.commands().size());
        for (const auto& queued : transaction.commands())
            context.caller.call(context.session, queued.command(), queued.words(), queued.keys(),
                                reply);
    }
};

struct Discard {
    static constexpr Spec spec{
        .name = "DISCARD",
        .summary = "Ends a transaction without running anything of it.",
        .since = "2.0.0",
        .complexity = "O(N), N being the number of queued commands",
        .flags = at_once,
        .never_queued = true,
    };
    static constexpr auto syntax = sequence();

    void run(Context& context, Writer& reply) const
    {
        if (!context.session.transaction()) return reply.error("ERR DISCARD without MULTI");
        dispatch::end_transaction(context.services, context.session);
        reply.ok();
    }
};

struct Watch {
    Keys keys;

    static constexpr Spec spec{
        .name = "WATCH",
        .summary = "Has the next EXEC run nothing if one of the keys is changed until then.",
        .since = "2.2.0",
        .complexity = "O(1) for each key",
        .flags = at_once,
        .never_queued = true,
    };
    static constexpr auto syntax = sequence(keys_arg("key", &Watch::keys, Use::ro));

    void run(Context& context, Writer& reply) const
    {
        Session& session = context.session;
        if (session.transaction()) return reply.error("ERR WATCH inside MULTI is not allowed");
        dispatch::Watcher& watcher = session.transacting.make().watcher;
        for (const Key& key : keys)
            context.services.watches.watch(watcher, context.data.database(), key.name,
                                           context.data.peek(key) != nullptr);
        reply.ok();
    }
};

struct Unwatch {
    static constexpr Spec spec{
        .name = "UNWATCH",
        .summary = "Forgets which keys are watched.",
        .since = "2.2.0",
        .complexity = "O(1)",
        .flags = at_once,
    };
    static constexpr auto syntax = sequence();

    void run(Context& context, Writer& reply) const
    {
        if (context.session.transacting)
            context.services.watches.forget(context.session.transacting->watcher);
        reply.ok();
    }
};

}  // namespace

constexpr auto transaction_commands = dispatch::commands<Discard, Exec, Multi, Unwatch, Watch>;
const dispatch::Family transactions{"transactions", Category::transaction, transaction_commands};

}  // namespace mini_redis::commands
