// A SCAN step, then the types of its keys, then their sizes, each asked for at once for all.
#include "client/cli/key_census.hpp"
#include "client/cli/key_walk.hpp"
#include "client/cli/modes.hpp"

#include <utility>

namespace mini_redis::cli {
namespace {

using Kind = protocol::Value::Kind;

constexpr char introduction[] =
    "\n# Scanning the entire keyspace to find biggest keys as well as\n"
    "# average sizes per key type.  You can use -i 0.1 to sleep 0.1 sec\n"
    "# per 100 SCAN commands (not usually needed).\n\n";
constexpr std::uint64_t steps_between_pauses = 100;

struct Key {
    std::string name;
    std::string type;
    std::uint64_t size = 0;
};

class Survey {
public:
    Survey(const Options& options, Session& session, KeyCensus& census)
        : options_(options), session_(session), census_(census)
    {
    }

    // False if the server could not be asked, which was said.
    bool take(std::vector<Key> keys)
    {
        census_.begin_step();
        if (!find_types(keys) || !find_sizes(keys)) return false;
        std::string out;
        for (const Key& key : keys) {
            if (!is_gone(key)) out += census_.add(key.name, key.type, key.size);
        }
        say(out);
        return true;
    }

private:
    bool by_memory() const { return options_.mode == Mode::memory_keys; }
    // It was there when SCAN saw it.
    static bool is_gone(const Key& key) { return key.type == "none"; }

    bool find_types(std::vector<Key>& keys)
    {
        for (const Key& key : keys) session_.link().send({"TYPE", key.name});
        for (Key& key : keys) {
            auto reply = session_.next_reply();
            if (!reply) return false;
            if (reply->kind != Kind::simple) {
                complain("TYPE returned an error: " + reply->text + '\n');
                return false;
            }
            key.type = std::move(reply->text);
        }
        return true;
    }

    bool is_measured(const Key& key)
    {
        return !is_gone(key) && (by_memory() || !census_.kind(key.type).command.empty());
    }

    Words measure(const Key& key)
    {
        if (!by_memory()) return {census_.kind(key.type).command, key.name};
        Words words{"MEMORY", "USAGE", key.name};
        if (const auto samples = options_.memory_samples.value_or(0))
            words.insert(words.end(), {"SAMPLES", std::to_string(samples)});
        return words;
    }

    bool find_sizes(std::vector<Key>& keys)
    {
        for (const Key& key : keys) {
            if (is_measured(key)) session_.link().send(measure(key));
        }
        for (Key& key : keys) {
            if (!is_measured(key)) continue;
            const auto reply = session_.next_reply();
            if (!reply) return false;
            if (reply->kind == Kind::integer) {
                key.size = static_cast<std::uint64_t>(reply->integer);
            } else {
                const auto command = by_memory() ? "MEMORY USAGE" : census_.kind(key.type).command;
                complain("Warning:  " + command + " on '" + key.name +
                         "' failed (may have changed type)\n");
            }
        }
        return true;
    }

    const Options& options_;
    Session& session_;
    KeyCensus& census_;
};

std::optional<std::uint64_t> keys_in_all(Session& session)
{
    const auto reply = session.ask({"DBSIZE"});
    if (!reply) return std::nullopt;
    if (reply->kind == Kind::integer) return static_cast<std::uint64_t>(reply->integer);
    complain("Couldn't determine DBSIZE: " + reply->text + '\n');
    return std::nullopt;
}

}  // namespace

int run_big_keys_mode(const Options& options, Session& session, const Interrupt& interrupt)
{
    if (!session.connect()) return 1;
    const auto in_all = keys_in_all(session);
    if (!in_all) return 1;
    KeyCensus census(*in_all, options.mode == Mode::memory_keys);
    Survey survey(options, session, census);
    say(introduction);
    KeyWalk walk(session, options);
    for (std::uint64_t step = 1; !walk.done() && !interrupt.raised(); ++step) {
        auto names = walk.step();
        if (!names) return 1;
        std::vector<Key> keys;
        for (std::string& name : *names) keys.push_back({std::move(name), {}, 0});
        if (!survey.take(std::move(keys))) return 1;
        if (step % steps_between_pauses == 0) pause(options.interval, &interrupt);
    }
    say(census.summary(interrupt.raised()));
    return 0;
}

}  // namespace mini_redis::cli
