// Reading the options, and what does not fit together among them.
#include "server/commands/client_tracking.hpp"

namespace mini_redis::commands {
namespace {

using dispatch::TrackingOptions;
using dispatch::TrackingState;

bool is(Word word, std::string_view token)
{
    return protocol::equal_ignoring_case(word, token);
}

bool refuse(Writer& reply, const std::string& error)
{
    reply.error(error);
    return false;
}

// Word by word, as Redis does; false, and an error written, at the first that is wrong.
bool read_redirect(Context& context, Word word, TrackingOptions& options, Writer& reply)
{
    if (options.redirect != 0)
        return refuse(reply, "ERR A client can only redirect to a single other client");
    const auto id = protocol::parse_integer(word);
    if (!id) return refuse(reply, std::string(errors::not_an_integer));
    options.redirect = static_cast<std::uint64_t>(*id);
    if (context.services.clients.with(options.redirect, [](const Session&) {})) return true;
    return refuse(reply, "ERR The client ID you want redirect to does not exist");
}

bool read_options(Context& context, Words words, TrackingOptions& options, Writer& reply)
{
    for (std::size_t i = 0; i < words.size(); ++i) {
        const bool more = i + 1 < words.size();
        if (is(words[i], "REDIRECT") && more) {
            if (!read_redirect(context, words[++i], options, reply)) return false;
        } else if (is(words[i], "PREFIX") && more) {
            options.prefixes.emplace_back(words[++i]);
        } else if (is(words[i], "BCAST")) {
            options.broadcast = true;
        } else if (is(words[i], "OPTIN")) {
            options.opt_in = true;
        } else if (is(words[i], "OPTOUT")) {
            options.opt_out = true;
        } else if (is(words[i], "NOLOOP")) {
            options.no_loop = true;
        } else {
            return refuse(reply, std::string(errors::syntax));
        }
    }
    return true;
}

// What does not fit together, or to how the client tracks already; empty if all does.
std::string_view conflict(const TrackingOptions& options, const TrackingState& now)
{
    if (!options.broadcast && !options.prefixes.empty())
        return "ERR PREFIX option requires BCAST mode to be enabled";
    if (now.on && now.broadcast != options.broadcast)
        return "ERR You can't switch BCAST mode on/off before disabling tracking for this client, "
               "and then re-enabling it with a different mode.";
    if (options.broadcast && (options.opt_in || options.opt_out))
        return "ERR OPTIN and OPTOUT are not compatible with BCAST";
    if (options.opt_in && options.opt_out)
        return "ERR You can't specify both OPTIN mode and OPTOUT mode";
    if ((options.opt_in && now.opt_out) || (options.opt_out && now.opt_in))
        return "ERR You can't switch OPTIN/OPTOUT mode before disabling tracking for this client, "
               "and then re-enabling it with a different mode.";
    return {};
}

// A key must not be under two of the prefixes.
std::string overlap(const std::vector<std::string>& wanted, const std::vector<std::string>& present)
{
    const auto overlap_of = [](const std::string& one, const std::string& other) {
        return one.starts_with(other) || other.starts_with(one);
    };
    const auto error = [](const std::string& one, std::string_view kind, const std::string& other) {
        return "ERR Prefix '" + one + "' overlaps with " + std::string(kind) + " prefix '" + other +
               "'. Prefixes for a single client must not overlap.";
    };
    for (std::size_t i = 0; i < wanted.size(); ++i) {
        for (const std::string& other : present)
            if (overlap_of(wanted[i], other)) return error(wanted[i], "an existing", other);
        for (std::size_t j = i + 1; j < wanted.size(); ++j)
            if (overlap_of(wanted[i], wanted[j]))
                return error(wanted[i], "another provided", wanted[j]);
    }
    return {};
}

}  // namespace

void ClientTracking::run(Context& context, Writer& reply) const
{
    TrackingOptions options;
    if (!read_options(context, words.subspan(1), options, reply)) return;
    dispatch::Tracking& tracking = context.services.tracking;
    Session& session = context.session;
    if (is(words[0], "OFF")) {
        tracking.disable(session);
        return reply.ok();
    }
    if (!is(words[0], "ON")) return reply.error(errors::syntax);
    if (const auto error = conflict(options, session.tracking); !error.empty())
        return reply.error(error);
    if (options.broadcast)
        if (const auto error = overlap(options.prefixes, tracking.prefixes_of(session));
            !error.empty())
            return reply.error(error);
    tracking.enable(session, options);
    reply.ok();
}

void ClientCaching::run(Context& context, Writer& reply) const
{
    TrackingState& state = context.session.tracking;
    if (!state.on)
        return reply.error(
            "ERR CLIENT CACHING can be called only when the client is in tracking mode with OPTIN "
            "or OPTOUT mode enabled");
    const bool yes = is(words[0], "YES");
    if (!yes && !is(words[0], "NO")) return reply.error(errors::syntax);
    if (yes && !state.opt_in)
        return reply.error(
            "ERR CLIENT CACHING YES is only valid when tracking is enabled in OPTIN mode.");
    if (!yes && !state.opt_out)
        return reply.error(
            "ERR CLIENT CACHING NO is only valid when tracking is enabled in OPTOUT mode.");
    state.caching = true;
    reply.ok();
}

void ClientTrackinginfo::run(Context& context, Writer& reply) const
{
    const TrackingState& state = context.session.tracking;
    std::vector<std::string_view> flags{state.on ? "on" : "off"};
    if (state.broadcast) flags.emplace_back("bcast");
    if (state.opt_in) flags.emplace_back("optin");
    if (state.opt_in && state.caching) flags.emplace_back("caching-yes");
    if (state.opt_out) flags.emplace_back("optout");
    if (state.opt_out && state.caching) flags.emplace_back("caching-no");
    if (state.no_loop) flags.emplace_back("noloop");
    if (state.broken_redirect) flags.emplace_back("broken_redirect");
    const auto prefixes = context.services.tracking.prefixes_of(context.session);
    reply.map(3);
    reply.bulk("flags");
    reply.set(flags.size());
    for (const std::string_view flag : flags) reply.bulk(flag);
    reply.bulk("redirect");
    reply.integer(redirect_of(context.session));
    reply.bulk("prefixes");
    reply.array(prefixes.size());
    for (const std::string& prefix : prefixes) reply.bulk(prefix);
}

Argument ClientTracking::status()
{
    return {
        .name = "status", .type = ArgumentType::one_of, .children = {choice("ON"), choice("OFF")}};
}

Argument ClientTracking::redirect()
{
    return {
        .name = "client-id", .type = ArgumentType::integer, .token = "REDIRECT", .optional = true};
}

Argument ClientTracking::prefix()
{
    return {.name = "prefix",
            .token = "PREFIX",
            .optional = true,
            .multiple = true,
            .multiple_token = true};
}

Argument ClientTracking::flag(std::string_view token)
{
    Argument argument = choice(token);
    argument.optional = true;
    return argument;
}

Argument ClientCaching::argument()
{
    return {
        .name = "mode", .type = ArgumentType::one_of, .children = {choice("YES"), choice("NO")}};
}

}  // namespace mini_redis::commands
