// CLI11 knows the names, the help and the numbers; the order of options counts, so that each acts
// when it is read.
#include "client/cli/options.hpp"

#include "client/cli/uri.hpp"
#include "protocol/text.hpp"

#include <algorithm>
#include <sstream>
#include <utility>

#include <CLI/CLI.hpp>

namespace mini_redis::cli {
namespace {

constexpr char footer[] =
    "Without a command a session begins: type `help` there.\n"
    "The password may also stand in the environment, as REDISCLI_AUTH.";

// Adds options one by one, all to the same group of the help.
class Group {
public:
    Group(CLI::App& app, const char* name) : app_(app), name_(name) {}

    template <class T, class Act>
    CLI::Option* value(const char* names, const char* type, Act act, const char* help)
    {
        CLI::Option* option = app_.add_option_function<T>(names, std::move(act), help);
        return of_group(option)->type_name(type)->multi_option_policy(
            CLI::MultiOptionPolicy::TakeLast);
    }
    template <class Act>
    void flag(const char* name, Act act, const char* help)
    {
        of_group(
            app_.add_flag_function(name, [act = std::move(act)](std::int64_t) { act(); }, help));
    }

private:
    CLI::Option* of_group(CLI::Option* option) { return option->trigger_on_parse()->group(name_); }

    CLI::App& app_;
    const char* name_;
};

void add_connection(CLI::App& app, Options& options)
{
    Group group(app, "Connection");
    Entry& entry = options.entry;
    group.value<std::string>(
        "-h", "HOST", [&](const std::string& host) { entry.address.host = host; },
        "Where the server is (127.0.0.1)");
    group
        .value<int>(
            "-p", "PORT", [&](int port) { entry.address.port = static_cast<std::uint16_t>(port); },
            "And its port (6379)")
        ->check(CLI::Range(0, 65535));
    group.value<std::string>(
        "-s", "SOCKET", [&](const std::string& path) { entry.address.unix_path = path; },
        "A Unix socket instead of host and port");
    group.value<std::string>(
        "-u", "URI",
        [&](const std::string& uri) {
            if (const auto error = read_uri(uri, entry)) throw CLI::ValidationError("-u", *error);
        },
        "redis://[[user:]password@]host[:port][/database]");
    group.value<int>(
        "-n", "DB", [&](int database) { entry.database = database; }, "The database to select (0)");
    group.value<std::string>(
        "-a,--pass", "PASSWORD", [&](const std::string& password) { entry.password = password; },
        "The password");
    group.value<std::string>(
        "--user", "NAME", [&](const std::string& user) { entry.user = user; },
        "Whose password it is");
    group.flag("--askpass", [&] { options.ask_password = true; }, "Asks for the password");
    group.flag(
        "--no-auth-warning", [&] { options.warn_of_password = false; },
        "No warning that others can see a password given here");
}

void add_output(CLI::App& app, Options& options)
{
    Group group(app, "Output");
    Style& style = options.style;
    const auto json = [&](Form form) {
        style.form = form;
        if (options.entry.resp3 == Entry::Resp3::no)
            options.entry.resp3 = Entry::Resp3::if_possible;
    };
    group.flag(
        "--raw", [&] { style.form = Form::raw; },
        "Replies as they are; so it is when the output is no terminal");
    group.flag("--no-raw", [&] { style.form = Form::people; }, "Replies for people, everywhere");
    group.flag("--csv", [&] { style.form = Form::csv; }, "Replies as CSV");
    group.flag("--json", [=] { json(Form::json); }, "Replies as JSON; asks for RESP3");
    group.flag("--quoted-json", [=] { json(Form::quoted_json); }, "The same, in ASCII");
    group.value<std::string>(
        "-d", "TEXT", [&](const std::string& text) { style.element_delimiter = text; },
        "Raw: between the elements of a reply (a line end)");
    group.value<std::string>(
        "-D", "TEXT", [&](const std::string& text) { style.reply_delimiter = text; },
        "Raw: behind a reply (a line end)");
    group
        .value<std::string>(
            "--show-pushes", "yes|no",
            [&](const std::string& word) {
                style.shows_pushes = protocol::to_lower(word[0]) == 'y';
            },
            "Whether to show what the server sends unasked")
        ->check([](const std::string& word) {
            const bool known = !word.empty() && std::string_view("yYnN").find(word[0]) != word.npos;
            return known ? "" : "Unknown --show-pushes value '" + word + "' (valid: yes, no)";
        });
}

void add_command(CLI::App& app, Options& options)
{
    Group group(app, "Command");
    group.value<long long>(
        "-r", "TIMES", [&](long long times) { options.repeat = times; },
        "How often to run it; a negative number is for ever");
    group
        .value<double>(
            "-i", "SECONDS",
            [&](double seconds) {
                options.interval =
                    std::chrono::microseconds(static_cast<std::int64_t>(seconds * 1e6));
            },
            "The time between two runs, or two lines of --stat, or two steps of --scan")
        ->check(CLI::Range(0.0, 1e9));
    group.flag(
        "-x", [&] { options.last_word_from_stdin = true; },
        "Takes its last word from the standard input");
    group.value<std::string>(
        "-X", "TAG", [&](const std::string& tag) { options.stdin_tag = tag; },
        "Takes the word TAG from the standard input");
    group.flag("--quoted-input", [&] { options.quoted_input = true; }, "Its words are quoted");
    group.flag(
        "-e", [&] { options.errors_are_failures = true; },
        "An error reply ends the program with 1");
    group.value<std::string>(
        "--eval", "FILE",
        [&](const std::string& file) {
            options.mode = Mode::eval;
            options.script_file = file;
        },
        "Runs a Lua script: --eval FILE key ... , argument ...");
}

void add_keyspace(CLI::App& app, Options& options)
{
    Group group(app, "Looking at the keyspace");
    const auto mode = [&](Mode chosen) { return [&, chosen] { options.mode = chosen; }; };
    group.flag("--scan", mode(Mode::scan), "Lists the keys");
    group.flag("--bigkeys", mode(Mode::big_keys), "Finds keys with many elements");
    group.flag("--memkeys", mode(Mode::memory_keys), "Finds keys that take much memory");
    group
        .value<long long>(
            "--memkeys-samples", "N",
            [&](long long samples) {
                options.mode = Mode::memory_keys;
                options.memory_samples = samples;
            },
            "The same, looking at so many elements of each")
        ->check(CLI::NonNegativeNumber);
    group.value<std::string>(
        "--pattern", "GLOB", [&](const std::string& pattern) { options.pattern = pattern; },
        "Only keys, or channels, like this");
    group.value<std::string>(
        "--quoted-pattern", "GLOB",
        [&](const std::string& text) {
            options.pattern = unquote(text);
            if (!options.pattern)
                throw CLI::ValidationError("--quoted-pattern", "Invalid quoted string");
        },
        "The same, quoted");
    group
        .value<long long>(
            "--count", "N", [&](long long count) { options.count = count; },
            "How many keys to look at in a step")
        ->check(CLI::PositiveNumber);
}

void add_modes(CLI::App& app, Options& options)
{
    Group group(app, "Other things to do");
    const auto mode = [&](Mode chosen) { return [&, chosen] { options.mode = chosen; }; };
    group.flag("--pipe", mode(Mode::pipe), "Sends the standard input as it is, counts the replies");
    group
        .value<int>(
            "--pipe-timeout", "SECONDS", [&](int s) { options.pipe_timeout_s = s; },
            "How long to wait for the next reply (30); 0 is for ever")
        ->check(CLI::NonNegativeNumber);
    group.flag("--stat", mode(Mode::stat), "A line of figures each second");
    group.flag("--latency", mode(Mode::latency), "Measures how long PING takes");
    group.flag("--latency-history", mode(Mode::latency_history),
               "The same, beginning anew every 15 seconds");
    group.flag("--pubsub", mode(Mode::pubsub), "Shows channels and the rate of their messages");
}

void add_program(CLI::App& app)
{
    app.set_help_flag("--help", "Says this and exits");
    app.set_version_flag("-v,--version", "mini-redis-cli " MINI_REDIS_VERSION,
                         "Says its version and exits");
    app.footer(footer);
    app.prefix_command();
}

struct Dialects {
    bool resp2 = false;
    bool resp3 = false;
};

void add_dialects(CLI::App& app, Dialects& dialects)
{
    Group group(app, "Connection");
    group.flag("-2", [&] { dialects.resp2 = true; }, "Speaks RESP2");
    group.flag("-3", [&] { dialects.resp3 = true; }, "Speaks RESP3");
}

// What CLI11 cannot judge, because it is about several options.
std::optional<std::string> settle(Options& options, Dialects dialects)
{
    if (!options.command.empty() && options.command[0].starts_with('-'))
        return "Unrecognized option or bad number of args for: '" + options.command[0] + "'";
    if (dialects.resp2 && dialects.resp3) return "Options -2 and -3 are mutually exclusive.";
    if (options.last_word_from_stdin && options.stdin_tag)
        return "Options -x and -X are mutually exclusive.";
    if (dialects.resp3) options.entry.resp3 = Entry::Resp3::required;
    if (dialects.resp2) options.entry.resp3 = Entry::Resp3::no;
    if (!options.entry.password) options.warn_of_password = false;
    return std::nullopt;
}

}  // namespace

std::optional<Leave> read_options(Options& options, Words words, Style style)
{
    options.style = std::move(style);
    options.warn_of_password = true;
    CLI::App app{"Talks to a server that speaks Redis.", "mini-redis-cli"};
    Dialects dialects;
    add_program(app);  // first: it takes -h from CLI11's own help
    add_connection(app, options);
    add_dialects(app, dialects);
    add_command(app, options);
    add_output(app, options);
    add_keyspace(app, options);
    add_modes(app, options);

    const bool host_missing = !words.empty() && words.back() == "-h";
    std::ranges::reverse(words);  // CLI11 takes them from the back
    try {
        app.parse(std::move(words));
    } catch (const CLI::ArgumentMismatch& lack) {
        // Who types -h and nothing more means the other thing it stands for.
        if (host_missing) return Leave{0, app.help()};
        return Leave{1, std::string(lack.what()) + '\n'};
    } catch (const CLI::ParseError& leave) {
        std::ostringstream text;
        const bool failure = app.exit(leave, text, text) != 0;
        return Leave{failure ? 1 : 0, text.str()};
    }
    options.command = app.remaining();
    if (const auto error = settle(options, dialects)) return Leave{1, *error + '\n'};
    return std::nullopt;
}

}  // namespace mini_redis::cli
