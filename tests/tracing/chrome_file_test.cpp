// The file, as whoever shows it reads it.
#include "server/tracing/chrome_file.hpp"

#include "server/runtime/task_group.hpp"
#include "tests/config/temporary_folder.hpp"
#include "tests/tracing/spans.hpp"

#include <exception>
#include <memory>
#include <string>
#include <vector>

#include <boost/json.hpp>
#include <gtest/gtest.h>

namespace mini_redis::tracing {
namespace {

namespace json = boost::json;
using namespace mini_redis::tests;

class AChromeFile : public testing::Test {
protected:
    // What is in the file, but for the names of threads.
    json::array told_of(std::vector<Span> spans)
    {
        runtime::asio::io_context context;
        runtime::TaskGroup tasks(context.get_executor(), [](std::string_view, const auto& fault) {
            std::rethrow_exception(fault);
        });
        const auto take = [&]() -> awaitable<void> { EXPECT_EQ(co_await file->take(spans), 0); };
        tasks.spawn("take", take());
        context.run();
        unfinished = folder.read("trace");
        file.reset();
        json::array events = json::parse(folder.read("trace")).as_array();
        events.erase(events.begin(), events.begin() + 2);
        return events;
    }
    static std::string text(const json::value& event, const char* key)
    {
        return std::string(event.at(key).as_string());
    }

    const TemporaryFolder folder;
    std::unique_ptr<ChromeFile> file =
        std::make_unique<ChromeFile>(folder.path("trace"), 2, 1'700'000'000'000'000'000);
    std::string unfinished;
};

TEST_F(AChromeFile, NamesItsThreads)
{
    told_of({});
    const json::array events = json::parse(folder.read("trace")).as_array();
    ASSERT_EQ(events.size(), 2);
    EXPECT_EQ(events[1].at("args").at("name"), "worker 1");
}

TEST_F(AChromeFile, ShowsWhatRanOnItsThread)
{
    const json::array events = told_of({a_command()});
    ASSERT_EQ(events.size(), 1);
    const json::value& event = events[0];
    EXPECT_EQ(text(event, "ph"), "X");
    EXPECT_EQ(text(event, "name"), "get");
    EXPECT_EQ(event.at("ts").to_number<double>(), 1);
    EXPECT_EQ(event.at("dur").to_number<double>(), 3.5);
    EXPECT_EQ(event.at("tid").to_number<int>(), 1);
    EXPECT_EQ(event.at("args").at("trace_id"), "00000000000000010000000000000002");
    EXPECT_EQ(event.at("args").at("parent_id"), "0000000000000003");
}

TEST_F(AChromeFile, ShowsWhatMayBeSuspendedBesideItsClient)
{
    const json::array events = told_of({a_batch()});
    ASSERT_EQ(events.size(), 2);
    EXPECT_EQ(text(events[0], "ph"), "b");
    EXPECT_EQ(text(events[1], "ph"), "e");
    EXPECT_EQ(events[1].at("ts").to_number<double>(), 4.5);
    for (const json::value& event : events) EXPECT_EQ(text(event, "id"), "7");
    EXPECT_EQ(events[0].at("args").at("commands").to_number<int>(), 2);
}

TEST_F(AChromeFile, LeadsFromAnAnswerToTheWaitThatItEnds)
{
    std::vector<std::string> flow;
    for (const json::value& event : told_of({a_wait(), an_answer()}))
        if (event.at("name") == "answer")
            flow.push_back(text(event, "ph") + " " + text(event, "id") + " " +
                           std::to_string(event.at("tid").to_number<int>()));
    EXPECT_EQ(flow, (std::vector<std::string>{"f 0000000000000008 1", "s 0000000000000008 0"}));
}

// Whoever is killed leaves a file that lacks but its last bracket.
TEST_F(AChromeFile, CanBeReadBeforeItIsFinished)
{
    const json::array events = told_of({a_command(), a_command()});
    EXPECT_EQ(json::parse(unfinished + "]").as_array().size(), events.size() + 2);
}

TEST_F(AChromeFile, SaysThatItCannotBeWritten)
{
    EXPECT_THROW(ChromeFile(folder.path("none/trace"), 1, 0), std::runtime_error);
}

}  // namespace
}  // namespace mini_redis::tracing
