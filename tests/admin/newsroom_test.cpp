// Readers of news, fast and slow, without a server.
#include "server/admin/newsroom.hpp"

#include "server/admin/json.hpp"

#include <memory>
#include <string>

#include <boost/json.hpp>
#include <gtest/gtest.h>

namespace mini_redis::admin {
namespace {

namespace json = boost::json;

class NoHouse final : public House {
public:
    runtime::Descriptor open_session() override { return runtime::Descriptor(-1); }
    std::string password() const override { return {}; }
    ShutdownSeen look_at_shutdown() const override { return {.phase = "running", .clients = 7}; }
    void look_at_tasks(Then) override {}
};

class NewsroomTest : public testing::Test {
protected:
    static std::shared_ptr<const News> news(std::int64_t at_ms)
    {
        News made;
        made.at_ms = at_ms;
        made.shutdown = "{}";
        made.info = "1";
        made.tasks = "2";
        made.clients = "3";
        return std::make_shared<const News>(made);
    }
    static json::value take(Newsroom::Reader& reader)
    {
        const auto text = reader.take();
        return text ? json::parse(*text) : json::value();
    }

    runtime::asio::io_context context;
    NoHouse house;
    Newsroom room{context.get_executor(), house};
};

TEST_F(NewsroomTest, AReaderIsToldInOrderAndOfWhatItWants)
{
    Newsroom::Reader reader(room);
    EXPECT_FALSE(reader.take());
    reader.hear(news(1));
    reader.hear(news(2));
    EXPECT_EQ(take(reader),
              json::parse(R"({"seq":1,"dropped":0,"at_ms":1,"shutdown":{},"info":1})"));
    reader.want({.info = false, .tasks = true, .clients = true});
    EXPECT_EQ(take(reader), json::parse(R"({"seq":2,"dropped":0,"at_ms":2,"shutdown":{},
                                            "tasks":2,"clients":3})"));
    EXPECT_FALSE(reader.take());
}

TEST_F(NewsroomTest, ASlowReaderMissesTheOldestAndIsToldHowMany)
{
    Newsroom::Reader reader(room);
    for (int i = 1; i <= 11; ++i) reader.hear(news(i));
    const json::value first = take(reader);
    EXPECT_EQ(first.at("dropped"), 3);
    EXPECT_EQ(first.at("at_ms"), 4);
    EXPECT_EQ(take(reader).at("dropped"), 0);
}

TEST_F(NewsroomTest, AtTheEndAllAreToldOnceMore)
{
    Newsroom::Reader reader(room);
    EXPECT_TRUE(room.has_readers());
    EXPECT_FALSE(reader.over());
    room.close();
    EXPECT_TRUE(reader.over());
    EXPECT_EQ(take(reader).at("shutdown").at("clients"), 7);
    EXPECT_FALSE(reader.take());
}

TEST_F(NewsroomTest, APageWantsWhatItNames)
{
    EXPECT_TRUE(topics_of(R"({"topics":["info","clients","weather"]})").info);
    EXPECT_TRUE(topics_of(R"({"topics":["info","clients"]})").clients);
    EXPECT_FALSE(topics_of(R"({"topics":["info","clients"]})").tasks);
    for (const char* message : {"", "[]", "{}", "\"info\"", R"({"topics":"info"})", "{\"topics\":"})
        EXPECT_FALSE(topics_of(message).info) << message;
}

}  // namespace
}  // namespace mini_redis::admin
