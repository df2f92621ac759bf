// Going through all keys.
#include "tests/support/command_fixture.hpp"

#include <set>

namespace mini_redis::tests {
namespace {

class ScanCommands : public CommandFixture {
protected:
    void fill(int keys)
    {
        for (int i = 0; i < keys; ++i) run("SET", "key:" + std::to_string(i), "1");
    }

    static std::set<std::string> texts(const protocol::Value& array)
    {
        std::set<std::string> all;
        for (const protocol::Value& child : array.children) all.insert(child.text);
        return all;
    }

    template <class... Options>
    std::set<std::string> scan_all(const Options&... options)
    {
        std::set<std::string> all;
        std::string cursor = "0";
        do {
            const protocol::Value reply = run("SCAN", cursor, options...);
            cursor = reply.children.at(0).text;
            for (const protocol::Value& key : reply.children.at(1).children)
                EXPECT_TRUE(all.insert(key.text).second) << key.text;
        } while (cursor != "0");
        return all;
    }
};

TEST_F(ScanCommands, SeeEveryKeyOnce)
{
    EXPECT_TRUE(scan_all().empty());
    fill(3000);
    const std::set<std::string> keys = texts(run("KEYS", "*"));
    EXPECT_EQ(keys.size(), 3000U);
    EXPECT_EQ(scan_all(), keys);
    EXPECT_EQ(scan_all("COUNT", "1"), keys);
    EXPECT_EQ(scan_all("COUNT", "9223372036854775807"), keys);
    EXPECT_EQ(show("DBSIZE"), "(integer) 3000");
}

TEST_F(ScanCommands, LeaveOutWhatDoesNotMatch)
{
    fill(1200);
    run("SET", "", "1");
    EXPECT_EQ(scan_all("MATCH", "key:1?"), texts(run("KEYS", "key:1?")));
    EXPECT_EQ(scan_all("MATCH", "key:1?").size(), 10U);
    EXPECT_EQ(scan_all("MATCH", "*").size(), 1201U);
    EXPECT_EQ(texts(run("KEYS", "*")).size(), 1201U);
    EXPECT_EQ(scan_all("TYPE", "String").size(), 1201U);
    EXPECT_EQ(scan_all("TYPE", "hash", "count", "100").size(), 0U);
    EXPECT_EQ(scan_all("TYPE", "nonsense").size(), 0U);
}

TEST_F(ScanCommands, LeaveOutWhatHasExpired)
{
    fill(500);
    run("SET", "lasting", "1");
    for (int i = 0; i < 500; ++i) run("PEXPIRE", "key:" + std::to_string(i), "1");
    advance(2);
    EXPECT_EQ(scan_all(), std::set<std::string>{"lasting"});
    EXPECT_EQ(texts(run("KEYS", "*")), std::set<std::string>{"lasting"});
    for (int i = 0; i < 10; ++i) EXPECT_EQ(show("RANDOMKEY"), "\"lasting\"");
}

TEST_F(ScanCommands, ReadTheCursorAsRedisDoes)
{
    for (const char* cursor : {"", "0", "+0", "-0", "-1", "18446744073709551615", "007"})
        EXPECT_EQ(show("SCAN", cursor), show("SCAN", "0")) << cursor;
    for (const char* cursor : {"x", " 1", "1 ", "-", "+", "0x1", "18446744073709551616"})
        EXPECT_EQ(show("SCAN", cursor, "COUNT", "0"), "(error) ERR invalid cursor") << cursor;
}

TEST_F(ScanCommands, RefuseWhatTheyDoNotUnderstand)
{
    for (const char* words : {"COUNT", "MATCH", "TYPE", "FOO"})
        EXPECT_EQ(show("SCAN", "0", words), "(error) ERR syntax error");
    EXPECT_EQ(show("SCAN", "0", "COUNT", "0"), "(error) ERR syntax error");
    EXPECT_EQ(show("SCAN", "0", "COUNT", "x", "FOO"),
              "(error) ERR value is not an integer or out of range");
}

TEST_F(ScanCommands, DrawEveryKeyWithTheSameChance)
{
    EXPECT_EQ(show("RANDOMKEY"), "(nil)");
    fill(50);
    std::map<std::string, int> drawn;
    for (int i = 0; i < 5000; ++i) ++drawn[run("RANDOMKEY").text];
    EXPECT_EQ(drawn.size(), 50U);
    for (const auto& [key, times] : drawn) EXPECT_NEAR(times, 100, 60) << key;
}

TEST_F(ScanCommands, KeepToTheirDatabase)
{
    fill(10);
    client.session.database = 1;
    EXPECT_EQ(show("DBSIZE"), "(integer) 0");
    EXPECT_EQ(show("RANDOMKEY"), "(nil)");
    EXPECT_TRUE(scan_all().empty());
    EXPECT_TRUE(run("KEYS", "*").children.empty());
}

}  // namespace
}  // namespace mini_redis::tests
