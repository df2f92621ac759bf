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

// How values of a type are made and asked about.
struct Kind {
    std::string name;
    Words make;      // followed by texts, so many for each element
    unsigned texts;  // 0: there is but one
    std::vector<Words> read;
    Rule rule;
};

const std::vector<Kind> kinds{
    {"string", {"SET", "key"}, 0, {{"GET", "key"}}, Rule::same},
    {"hash", {"HSET", "key"}, 2, {{"HLEN", "key"}, {"HGETALL", "key"}}, Rule::any_order_of_pairs},
    {"set", {"SADD", "key"}, 1, {{"SCARD", "key"}, {"SMEMBERS", "key"}}, Rule::any_order},
    {"list", {"RPUSH", "key"}, 1, {{"LLEN", "key"}, {"LRANGE", "key", "0", "-1"}}, Rule::same},
    {"hyperloglog", {"PFADD", "key"}, 1, {{"GET", "key"}, {"PFCOUNT", "key"}}, Rule::same},
};

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

class Travel : public testing::Test {
protected:
    static std::string payload_of(Client& client)
    {
        return parse_frame(client.ask({"DUMP", "key"})).text;
    }

    void make(Client& client, const Kind& kind, std::uint64_t seed)
    {
        Texts texts(seed);
        client.ask({"FLUSHALL"});
        Words words = kind.make;
        const std::size_t count = kind.texts == 0 ? 1 : texts.count() * kind.texts;
        for (std::size_t i = 0; i < count; ++i) words.push_back(texts.next());
        ASSERT_FALSE(parse_frame(client.ask(words)).is_error());
    }

    void travel(Client& from, Client& to, const Kind& kind, std::uint64_t seed)
    {
        make(from, kind, seed);
        const std::string where = kind.name + ", seed " + std::to_string(seed);
        ASSERT_EQ(to.ask({"RESTORE", "key", "0", payload_of(from), "REPLACE"}), "+OK\r\n") << where;
        std::vector<Words> questions = kind.read;
        questions.push_back({"TYPE", "key"});
        questions.push_back({"OBJECT", "ENCODING", "key"});
        for (const Words& question : questions) {
            const std::string expected = from.ask(question);
            const std::string actual = to.ask(question);
            const bool all = question == kind.read.back();
            // (A string read back is one that SET would make: what was changed in place is not.)
            if (question[0] == "OBJECT" && kind.name == "hyperloglog") continue;
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
    for (std::uint64_t seed = first_seed(); seed < first_seed() + 60; ++seed) {
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
                                   Words{"HSET", "key", text, pair}, Words{"RPUSH", "key", text}}) {
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
