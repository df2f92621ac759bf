// Replies, INFO and lists as JSON.
#include "server/admin/json.hpp"

#include <gmock/gmock.h>

namespace mini_redis::admin {
namespace {

using protocol::Value;
using Kind = Value::Kind;

Value of(Kind kind, std::string_view bytes = {}, std::int64_t integer = 0)
{
    Value value;
    value.kind = kind;
    value.text = bytes;
    value.integer = integer;
    return value;
}

Value text(std::string_view bytes)
{
    return of(Kind::bulk, bytes);
}

TEST(Json, SaysScalarsAsTheyAre)
{
    EXPECT_EQ(to_json({}), "null");
    EXPECT_EQ(to_json(of(Kind::integer, {}, -7)), "-7");
    EXPECT_EQ(to_json(of(Kind::boolean, {}, 1)), "true");
    Value half = of(Kind::number);
    half.number = 0.5;
    EXPECT_EQ(to_json(half), "5E-1");
    EXPECT_EQ(to_json(of(Kind::simple, "OK")), R"("OK")");
    EXPECT_EQ(to_json(of(Kind::error, "ERR no")), R"({"error":"ERR no"})");
    EXPECT_EQ(to_json(text("a\"b\n")), R"("a\"b\n")");
}

TEST(Json, NestsArraysAndMaps)
{
    Value list = of(Kind::array);
    list.children = {text("a"), of(Kind::integer, {}, 1)};
    Value map = of(Kind::map);
    map.children = {text("k"), list, text("n"), {}};
    EXPECT_EQ(to_json(map), R"({"k":["a",1],"n":null})");
    map.children[0] = of(Kind::integer, {}, 3);
    EXPECT_EQ(to_json(map), R"([3,["a",1],"n",null])");
}

TEST(Json, MarksWhatIsNoUtf8)
{
    EXPECT_EQ(to_json(text("gr\xc3\xbc\xc3\x9f \xe2\x82\xac \xf0\x9f\x8d\xba")),
              "\"gr\xc3\xbc\xc3\x9f \xe2\x82\xac \xf0\x9f\x8d\xba\"");
    const std::string mark = "\xef\xbf\xbd";
    EXPECT_EQ(to_json(text("a\xff")), "\"a" + mark + "\"");
    EXPECT_EQ(to_json(text("\xc3")), "\"" + mark + "\"");
    EXPECT_EQ(to_json(text("\xc3(")), "\"" + mark + "(\"");
    EXPECT_EQ(to_json(text("\xc0\x80")), "\"" + mark + mark + "\"");             // overlong
    EXPECT_EQ(to_json(text("\xed\xa0\x80")), "\"" + mark + mark + mark + "\"");  // a surrogate
    EXPECT_EQ(to_json(text("\xf4\x90\x80\x80")), "\"" + mark + mark + mark + mark + "\"");
}

TEST(Json, TellsInfoByItsParts)
{
    EXPECT_EQ(info_json("# Server\r\nrun_id:00ab\r\nhz:10\r\n# Memory\r\nratio:1.25\r\nmax:0B\r\n"),
              R"({"Server":{"run_id":"00ab","hz":10},"Memory":{"ratio":1.25E0,"max":"0B"}})");
}

TEST(Json, TellsClientsByTheirFields)
{
    EXPECT_EQ(clients_json("id=3 addr=127.0.0.1:5 name= age=2\nid=4 cmd=config|get\n"),
              R"([{"id":3,"addr":"127.0.0.1:5","name":"","age":2},{"id":4,"cmd":"config|get"}])");
    EXPECT_EQ(clients_json(""), "[]");
}

TEST(Json, TellsTasksByTheirThreads)
{
    using namespace std::chrono_literals;
    TrailSeen trail{.places = {{"server/net/connection.cpp", 71, "read_requests"}},
                    .parked = 5ms,
                    .resumed = 17,
                    .busy = 220us,
                    .longest = 40us};
    const ThreadSeen threads[] = {
        {.number = 0,
         .mail = {1, 100},
         .tasks =
             {{.name = "keep house", .age = 12ms},
              {.name = "client", .age = 3ms, .client = 7, .state = "reading", .trail = trail}}},
        {.number = 1, .mail = {}, .tasks = {}}};
    EXPECT_EQ(tasks_json(threads),
              R"([{"thread":0,"mailbox":{"length":1,"capacity":100},"tasks":[)"
              R"({"name":"keep house","age_ms":12},)"
              R"({"name":"client","age_ms":3,"client":7,"state":"reading",)"
              R"("parked_ms":5,"resumed":17,"busy_us":220,"longest_us":40,)"
              R"("places":[{"file":"server/net/connection.cpp","line":71,)"
              R"("function":"read_requests"}]}]},)"
              R"({"thread":1,"mailbox":{"length":0,"capacity":0},"tasks":[]}])");
}

}  // namespace
}  // namespace mini_redis::admin
