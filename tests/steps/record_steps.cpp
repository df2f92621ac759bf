// Records the connection's code at work, step by step, for the console: the real code on a stepped
// thread, with frames that tell where they await (runtime/trail.hpp).
//
//   record_steps ROOT > server/admin/web/public/steps.json
//
// A step is one handler of the io_context, or something that comes from outside. Each is also where
// the session could be cancelled: so a run is repeated for each of its steps, cancelled there, and
// then gone on with, to see what its client has then and what it gets in the end.
#include "protocol/buffer.hpp"
#include "protocol/text.hpp"
#include "protocol/writer.hpp"
#include "tests/support/served.hpp"
#include "tests/support/stepped.hpp"

#include <cstdio>
#include <fstream>
#include <functional>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include <boost/json.hpp>

namespace mini_redis::tests {
namespace {

namespace json = boost::json;

// What comes from outside: after how many quiet steps is not said, it comes when all have parked.
struct Event {
    std::string note;
    std::function<void(FakeTransport&)> happens;
};

struct Script {
    std::string title;
    std::string request;
    FakeTransport::Quality quality;
    std::vector<Event> events;
};

std::string quoted(std::string_view bytes)
{
    const std::string text = protocol::quote(bytes);
    return text.substr(1, text.size() - 2);
}

class Sources {
public:
    explicit Sources(std::string root) : root_(std::move(root)) {}

    // From the root; empty if it is none of ours.
    std::string within(std::string_view file) const
    {
        const std::size_t at = file.find(root_);
        return at == 0 ? std::string(file.substr(root_.size() + 1)) : std::string();
    }
    std::string line(const std::string& file, unsigned number)
    {
        std::vector<std::string>& lines = lines_[file];
        if (lines.empty()) {
            std::ifstream in(root_ + "/" + file);
            for (std::string text; std::getline(in, text);) lines.push_back(text);
        }
        const std::string text = number <= lines.size() ? lines[number - 1] : "";
        return text.substr(std::min(text.find_first_not_of(' '), text.size()));
    }

private:
    std::string root_;
    std::map<std::string, std::vector<std::string>> lines_;
};

// "if (!more) co_await transport_->readable();" awaits transport_->readable().
std::string awaited(const std::string& line)
{
    constexpr std::string_view keyword = "co_await ";
    const std::size_t at = line.find(keyword);
    if (at == std::string::npos) return {};
    const std::size_t begin = at + keyword.size();
    return line.substr(begin, line.find(';', begin) - begin);
}

// A session that is stepped from one event to the next.
class Session {
public:
    using Task = runtime::TaskGroup::Task;

    explicit Session(const Script& script) : script_(script), client_(stepped_, script.quality)
    {
        stepped_.tasks.spawn("client", client_.session());
    }
    ~Session()
    {
        cancel();
        stepped_.settle();
    }

    // One handler, or if there is none to run the next event. What it was; nothing at the end.
    std::optional<std::string> step()
    {
        const std::map<const Task*, Was> before = tasks();
        actor_ = nullptr;
        ended_.clear();
        if (!stepped_.step()) {
            if (next_ == script_.events.size()) return std::nullopt;
            const Event& event = script_.events[next_++];
            event.happens(*client_.peer);
            return event.note;
        }
        const std::map<const Task*, Was> after = tasks();
        // One that goes on may start another, which then runs to its first suspension.
        for (const auto& [task, is] : after)
            if (!before.contains(task)) actor_ = task;
        for (const auto& [task, was] : before)
            if (after.contains(task) && after.at(task).resumed != was.resumed) actor_ = task;
        for (const auto& [task, was] : before)
            if (!after.contains(task)) ended_ = was.name;
        return "";
    }

    void cancel()
    {
        stepped_.tasks.cancel();
        client_.cancel(runtime::asio::cancellation_type::terminal);
    }
    void run_again()
    {
        if (stepped_.tasks.size() == 0 && !client_.done())
            stepped_.tasks.spawn("client", client_.session());
    }

    // Whose handler the last step was; null if nobody's, or of a task that has ended with it.
    const Task* actor() const { return actor_; }
    const std::string& ended() const { return ended_; }
    std::string received() const { return script_.request.substr(0, client_.peer->read()); }
    const std::string& sent() const { return client_.peer->received(); }
    std::size_t owed() const { return client_.connection->owed(); }
    std::string_view doing() const { return client_.connection->doing(); }

    // The commands that have taken effect.
    json::array applied() const
    {
        json::array all;
        const auto& statistics = client_.services.threads.front().statistics;
        for (const dispatch::Listed& listed : client_.services.catalogue.all())
            for (auto calls = statistics.command(listed.id).calls.get(); calls > 0; --calls)
                all.push_back(json::string(listed.spec().name.data()));
        return all;
    }

private:
    struct Was {
        std::string name;
        std::uint64_t resumed;
    };

    std::map<const Task*, Was> tasks() const
    {
        std::map<const Task*, Was> all;
        for (const auto* group :
             {&std::as_const(stepped_.tasks), &std::as_const(client_.worker->tasks())})
            for (const Task& task : group->tasks())
                all[&task] = {std::string(task.name), task.child.trail().figures().resumed};
        return all;
    }

    const Script& script_;
    Stepped stepped_;
    ServedClient client_;
    std::size_t next_ = 0;
    const Task* actor_ = nullptr;
    std::string ended_;
};

// What its client has if the session is cancelled after so many steps, and in the end.
json::object cancelled_after(const Script& script, std::size_t steps)
{
    Session session(script);
    for (std::size_t i = 0; i < steps; ++i) session.step();
    session.cancel();
    json::object out{{"sent", quoted(session.sent())}, {"applied", session.applied()}};
    const std::size_t had = session.sent().size();
    const std::size_t owed = session.owed();
    for (bool more = true; more;) {
        session.run_again();
        more = session.step().has_value();
    }
    const std::string rest = session.sent().substr(had);
    out["note"] = "The outbox holds " + std::to_string(owed) +
                  " bytes. Run again on the same connection, it sends the rest: " +
                  (rest.empty() ? "nothing" : quoted(rest));
    return out;
}

json::object told(const Script& script, Session& session, std::size_t number,
                  const std::string& note, Sources& sources)
{
    json::object out{{"step", number}, {"task", note.empty() ? "nobody's" : "from outside"},
                     {"file", ""},     {"line", 0},
                     {"source", ""},   {"received", quoted(session.received())}};
    out["sent"] = quoted(session.sent());
    out["note"] = note.empty() ? "The connection is " + std::string(session.doing()) + "." : note;
    if (const auto* actor = session.actor()) {
        out["task"] = actor->name;
        for (const std::source_location& place : actor->child.trail().places()) {
            const std::string file = sources.within(place.file_name());
            if (!file.starts_with("server/net/")) continue;
            out["file"] = file;
            out["line"] = place.line();
            const std::string line = sources.line(file, place.line());
            out["source"] = line;
            out["waits_for"] = awaited(line);
            break;
        }
    }
    if (!session.ended().empty()) {
        out["task"] = session.ended();
        out["note"] = "The task has ended. The connection is " + std::string(session.doing()) + ".";
    }
    out["cancelled"] = cancelled_after(script, number);
    return out;
}

json::object record(const Script& script, Sources& sources)
{
    json::array steps;
    Session session(script);
    while (const auto note = session.step())
        steps.push_back(told(script, session, steps.size() + 1, *note, sources));
    return {{"title", script.title}, {"request", quoted(script.request)}, {"steps", steps}};
}

std::string encoded(std::initializer_list<std::string_view> words)
{
    protocol::Buffer request;
    protocol::Writer writer(request, protocol::Dialect::resp2);
    writer.array(words.size());
    for (const std::string_view word : words) writer.bulk(word);
    return std::string(request.view());
}

std::vector<Script> scripts()
{
    const std::string set = encoded({"SET", "hello", "world"});
    const std::string get = encoded({"GET", "hello"});
    const std::string large = encoded({"SET", "x", std::string(30, 'x')}) + encoded({"GET", "x"});
    const auto sends = [](std::string bytes) {
        return [bytes = std::move(bytes)](FakeTransport& peer) { peer.send(bytes); };
    };
    const auto takes = [](std::size_t bytes) {
        return [bytes](FakeTransport& peer) { peer.take(bytes); };
    };
    const Event end{"The client says that it sends nothing more.",
                    [](FakeTransport& peer) { peer.end(); }};
    return {
        {"SET and GET, in two pieces",
         set + get,
         {},
         {{"The client takes whatever it is sent.", takes(1000)},
          {"The SET arrives, and half of the GET.", sends(set + get.substr(0, 17))},
          {"The other half arrives.", sends(get.substr(17))},
          end}},
        {"A client that is slow to read",
         large,
         {},
         {{"A SET and a GET arrive at once.", sends(large)},
          {"The client reads 10 bytes.", takes(10)},
          {"The client reads 20 more.", takes(20)},
          {"The client reads the rest.", takes(1000)},
          end}},
    };
}

}  // namespace
}  // namespace mini_redis::tests

int main(int count, char** words)
{
    namespace tests = mini_redis::tests;
    if (count != 2) {
        std::fputs("usage: record_steps ROOT > steps.json\n", stderr);
        return 2;
    }
    tests::Sources sources(words[1]);
    std::string separator = "{\"runs\": [";
    for (const tests::Script& script : tests::scripts()) {
        const auto run = tests::record(script, sources);
        std::printf("%s\n{\"title\": %s,\n\"request\": %s,\n\"steps\": [", separator.c_str(),
                    boost::json::serialize(run.at("title")).c_str(),
                    boost::json::serialize(run.at("request")).c_str());
        const char* comma = "\n";
        for (const auto& step : run.at("steps").as_array()) {
            std::printf("%s%s", comma, boost::json::serialize(step).c_str());
            comma = ",\n";
        }
        std::printf("]}");
        separator = ",";
    }
    std::printf("]}\n");
}
