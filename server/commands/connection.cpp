// The connection itself: is it alive, who is there, in which dialect.
#include "server/commands/grammar.hpp"

namespace mini_redis::commands {
namespace {

struct Ping {
    std::optional<std::string_view> message;

    static constexpr Spec spec{
        .name = "PING",
        .summary = "Answers PONG, or what it was given.",
        .since = "1.0.0",
        .complexity = "O(1)",
        .flags = Flag::fast,
        .categories = Category::connection,
        .tips = {"request_policy:all_shards", "response_policy:all_succeeded"},
    };
    static constexpr auto syntax = sequence(optional(arg("message", &Ping::message)));

    void run(Context&, Writer& reply) const
    {
        if (message)
            reply.bulk(*message);
        else
            reply.simple("PONG");
    }
};

}  // namespace

constexpr auto connection_commands = dispatch::commands<Ping>;
const dispatch::Family connection{"connection", Category::connection, connection_commands};

}  // namespace mini_redis::commands
