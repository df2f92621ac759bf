// Values on their way from one server to the other: what DUMP gives here RESTORE takes there, and
// everything that can be asked about the value gets the same answer.
#include "tests/conformance/dice.hpp"
#include "tests/conformance/settings.hpp"
#include "tests/support/agreement.hpp"
#include "tests/support/frame.hpp"
#include "tests/support/server_process.hpp"
#include "tests/support/wire_client.hpp"

#include <string>
#include <vector>

#include <gtest/gtest.h>

namespace mini_redis::tests {
namespace {

// Integers, words, noise, and what can be compressed, of every length.
class Texts {
public:
    explicit Texts(std::uint64_t seed) : dice_(seed), manner_(dice_.below(5)) {}

    std::string next()
    {
        switch (manner_ == 4 ? dice_.below(4) : manner_) {
            case 0:
                return std::to_string(static_cast<std::int64_t>(dice_.below(~0ULL)) >>
                                      dice_.below(63));
            case 1:
                return "word " + std::to_string(dice_.below(1'000'000));
            case 2:
                return noise(dice_.below(dice_.chance(5) ? 20'000 : 80));
            default:
                return std::string(dice_.below(dice_.chance(5) ? 20'000 : 80), 'x') +
                       std::to_string(dice_.below(1000));
        }
    }

    // Some texts behind the words of a command, `step` of them for each of what it adds.
    Words behind(Words words, std::size_t step)
    {
        for (std::size_t i = count() * step; i > 0; --i) words.push_back(next());
        return words;
    }

    Dice& dice() { return dice_; }
    std::size_t count() { return 1 + dice_.below(dice_.chance(30) ? 2000 : 20); }

private:
    std::string noise(std::size_t size)
    {
        std::string bytes;
        while (bytes.size() < size) bytes.push_back(static_cast<char>(dice_.below(256)));
        return bytes;
    }

    Dice dice_;
    std::uint64_t manner_;
};

using Commands = std::vector<Words>;

Commands make_sorted_set(Texts& texts)
{
    Words words{"ZADD", "key"};
    for (std::size_t i = texts.count(); i > 0; --i) {
        const auto number = static_cast<int>(texts.dice().below(2000)) - 1000;
        words.push_back(std::to_string(number) + (texts.dice().chance(50) ? "" : ".125"));
        words.push_back(texts.next());
    }
    return {words, {"ZADD", "key", "-inf", "first", "inf", "last", "1e300", "far"}};
}

// With groups, with what they have read and acknowledged, and with what was deleted.
Commands make_stream(Texts& texts)
{
    Commands commands{{"XGROUP", "CREATE", "key", "g", "0", "MKSTREAM"}};
    const std::size_t count = texts.count();
    for (std::size_t i = 1; i <= count; ++i) {
        const std::string id = std::to_string(i * 1000) + "-" + std::to_string(i % 3);
        commands.push_back({"XADD", "key", id, "field", texts.next()});
        if (texts.dice().chance(20)) commands.back().insert(commands.back().end(), {"more", "x"});
        if (texts.dice().chance(10)) commands.push_back({"XDEL", "key", id});
        if (texts.dice().chance(10))
            commands.push_back({"XREADGROUP", "GROUP", "g", texts.dice().chance(50) ? "a" : "b",
                                "COUNT", "3", "STREAMS", "key", ">"});
        if (texts.dice().chance(10)) commands.push_back({"XACK", "key", "g", id});
    }
    commands.push_back({"XGROUP", "CREATE", "key", "another", "$"});
    return commands;
}

// How values of a type are made, and what is asked about them; of the last the order may be chance.
struct Kind {
    std::string name;
    Commands (*make)(Texts&);
    Commands read;
    Rule rule = Rule::same;
};

const std::vector<Kind> kinds{
    {"string",
     [](Texts& texts) { return Commands{{"SET", "key", texts.next()}}; },
     {{"GET", "key"}}},
    {"hash",
     [](Texts& texts) { return Commands{texts.behind({"HSET", "key"}, 2)}; },
     {{"HLEN", "key"}, {"HGETALL", "key"}},
     Rule::any_order_of_pairs},
    {"set",
     [](Texts& texts) { return Commands{texts.behind({"SADD", "key"}, 1)}; },
     {{"SCARD", "key"}, {"SMEMBERS", "key"}},
     Rule::any_order},
    {"list",
     [](Texts& texts) { return Commands{texts.behind({"RPUSH", "key"}, 1)}; },
     {{"LLEN", "key"}, {"LRANGE", "key", "0", "-1"}}},
    {"sorted set",
     make_sorted_set,
     {{"ZCARD", "key"}, {"ZRANGE", "key", "0", "-1", "WITHSCORES"}, {"ZSCORE", "key", "far"}}},
    {"stream",
     make_stream,
     {{"XLEN", "key"},
      {"XRANGE", "key", "-", "+"},
      {"XREVRANGE", "key", "+", "-"},
      {"XINFO", "GROUPS", "key"},
      {"XPENDING", "key", "g"}}},
    {"HyperLogLog",
     [](Texts& texts) { return Commands{texts.behind({"PFADD", "key"}, 1)}; },
     {{"GET", "key"}, {"PFCOUNT", "key"}}},
};

class Travel : public testing::Test {
protected:
    static std::string payload_of(Client& client)
    {
        return parse_frame(client.ask({"DUMP", "key"})).text;
    }

    static void make(Client& client, const Kind& kind, std::uint64_t seed)
    {
        Texts texts(seed);
        client.ask({"FLUSHALL"});
        for (const Words& words : kind.make(texts))
            ASSERT_FALSE(parse_frame(client.ask(words)).is_error()) << as_typed(words[0]);
    }

    static void travel(Client& from, Client& to, const Kind& kind, std::uint64_t seed)
    {
        make(from, kind, seed);
        const std::string where = kind.name + ", seed " + std::to_string(seed);
        ASSERT_EQ(to.ask({"RESTORE", "key", "0", payload_of(from), "REPLACE"}), "+OK\r\n") << where;
        Commands questions = kind.read;
        questions.push_back({"TYPE", "key"});
        questions.push_back({"OBJECT", "ENCODING", "key"});
        for (const Words& question : questions) {
            const std::string expected = from.ask(question);
            const std::string actual = to.ask(question);
            const bool all = question == kind.read.back();
            // (A string read back is one that SET would make: what was changed in place is not.)
            if (question[0] == "OBJECT" && kind.name == "HyperLogLog") continue;
            EXPECT_TRUE(agree(all ? kind.rule : Rule::same, expected, actual))
                << where << ", " << as_typed(question) << '\n'
                << shown(expected) << '\n'
                << shown(actual);
        }
    }

    ServerProcess reference_server_{reference_binary(), server_arguments()};
    ServerProcess our_server_{our_binary(), server_arguments()};
    WireClient reference_{reference_server_.port()};
    WireClient ours_{our_server_.port()};
};

TEST_F(Travel, FromRedisToUsAndFromUsToRedis)
{
    for (std::uint64_t seed = first_seed(); seed < first_seed() + 30; ++seed) {
        for (const Kind& kind : kinds) {
            travel(reference_, ours_, kind, seed);
            travel(ours_, reference_, kind, seed);
        }
    }
}

// (What is compressed depends on what was compressed before.)
TEST_F(Travel, InTheSameBytesAsLongAsTheirOrderIsNoChance)
{
    for (int i = 0; i < 500; ++i) {
        const std::string text = std::to_string((std::int64_t{1} << i % 62) - i / 62);
        const std::string pair = "v" + std::to_string(i);
        for (const Words& words : {Words{"SET", "key", text}, Words{"SADD", "key", text},
                                   Words{"HSET", "key", text, pair}, Words{"RPUSH", "key", text},
                                   Words{"ZADD", "key", text, pair, "0.1", "x"},
                                   Words{"XADD", "key", "5-" + std::to_string(i), pair, text}}) {
            for (auto* client : {&reference_, &ours_}) {
                client->ask({"FLUSHALL"});
                client->ask(words);
            }
            EXPECT_EQ(payload_of(reference_), payload_of(ours_)) << as_typed(words);
        }
    }
}

}  // namespace
}  // namespace mini_redis::tests
