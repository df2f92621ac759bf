// A comparison that finds nothing proves nothing unless it would have found something. Here the
// server under test is a second redis-server behind a saboteur who makes one small mistake; every
// mistake must be found, and shrunk to a session that a person reads at a glance.
#include "tests/conformance/match.hpp"
#include "tests/conformance/settings.hpp"
#include "tests/conformance/shrink.hpp"
#include "tests/support/frame.hpp"
#include "tests/support/wire_client.hpp"

#include <deque>
#include <ostream>

#include <gtest/gtest.h>

namespace mini_redis::tests {
namespace {

struct Sabotage {
    std::string name;
    std::size_t shortest;  // commands that show it, give or take one that will not shrink away
    std::function<Words(const Words&)> request = [](const Words& words) { return words; };
    std::function<std::string(const Words&, const std::string&)> reply =
        [](const Words&, const std::string& bytes) { return bytes; };
};

std::ostream& operator<<(std::ostream& out, const Sabotage& sabotage)
{
    return out << sabotage.name;
}

class Saboteur final : public Client {
public:
    Saboteur(const ServerProcess& server, const Sabotage& sabotage)
        : client_(server.port()), sabotage_(sabotage)
    {
    }

    void send(const Words& words) override
    {
        sent_.push_back(words);
        client_.send(sabotage_.request(words));
    }
    void flush() override { client_.flush(); }
    std::string receive() override
    {
        const auto words = sent_.front();
        sent_.pop_front();
        return sabotage_.reply(words, client_.receive());
    }

private:
    WireClient client_;
    const Sabotage& sabotage_;
    std::deque<Words> sent_;
};

// The first difference in the first hundred sessions, shrunk.
std::optional<Finding> find(Player& ours)
{
    Player reference(reference_binary(), server_arguments(), connect_wire);
    const auto wire = connect_wire(reference.server());
    const Generator generator(fetch_grammar(*wire), fetch_command_names(*wire));
    Match match(reference, ours);
    for (std::uint64_t seed = 0; seed < 100; ++seed) {
        const auto session = generator.session(seed, 200);
        if (const auto difference = match.play(session))
            return shrink(match, {session, *difference});
    }
    return std::nullopt;
}

bool is(const Words& words, std::string_view command)
{
    return lowered(words[0]) == command;
}

std::string replaced(const std::string& text, std::string_view old, std::string_view fresh)
{
    const auto at = text.find(old);
    return at == std::string::npos ? text : std::string(text).replace(at, old.size(), fresh);
}

std::string without_last_element(const std::string& bytes)
{
    const auto frame = parse_frame(bytes);
    if (frame.type != '*' || frame.children.empty()) return bytes;
    Words words;
    for (const auto& child : frame.children) words.push_back(child.text);
    words.pop_back();
    return encoded(words);
}

const Sabotage sabotages[] = {
    {.name = "LosesAnExpiry",
     .shortest = 3,
     .request =
         [](auto& words) {
             return is(words, "getex") && words.size() == 4 ? Words{"GET", words[1]} : words;
         }},
    {.name = "WordsAnErrorDifferently",
     .shortest = 1,
     .reply = [](auto&, auto& bytes) { return replaced(bytes, "not an integer or out", "out"); }},
    {.name = "SaysNilInTheOtherDialect",
     .shortest = 2,
     .reply = [](auto&, auto& bytes) { return bytes == "_\r\n" ? "$-1\r\n" : bytes; }},
    {.name = "TellsTheWrongTimeToLive",
     .shortest = 3,
     .reply =
         [](auto& words, auto& bytes) {
             return is(words, "ttl") && bytes.size() > 6 ? replaced(bytes, ":", ":1") : bytes;
         }},
    {.name = "ForgetsAKey",
     .shortest = 2,
     .reply = [](auto& words,
                 auto& bytes) { return is(words, "keys") ? without_last_element(bytes) : bytes; }},
    {.name = "ForgetsToQueue",
     .shortest = 3,
     .request = [](auto& words) { return is(words, "multi") ? Words{"DISCARD"} : words; },
     .reply = [](auto& words, auto& bytes) { return is(words, "multi") ? "+OK\r\n" : bytes; }},
    {.name = "HangsUp",
     .shortest = 1,
     .reply =
         [](auto& words, auto& bytes) {
             if (is(words, "renamenx")) throw ConnectionLost("closed");
             return bytes;
         }},
    {.name = "Babbles",
     .shortest = 1,
     .reply = [](auto& words, auto& bytes) { return is(words, "touch") ? "nonsense" : bytes; }},
};

class Sabotaged : public testing::TestWithParam<Sabotage> {};

TEST_P(Sabotaged, IsFoundAndShrunk)
{
    Player ours(reference_binary(), server_arguments(), [](const ServerProcess& server) {
        return std::make_unique<Saboteur>(server, GetParam());
    });
    const auto finding = find(ours);
    ASSERT_TRUE(finding);
    EXPECT_LE(finding->session.size(), GetParam().shortest) << report(*finding);
}

INSTANTIATE_TEST_SUITE_P(Server, Sabotaged, testing::ValuesIn(sabotages),
                         [](const auto& instance) { return instance.param.name; });

TEST(Match, FindsAServerOfAnotherConfiguration)
{
    auto arguments = server_arguments();
    arguments.insert(arguments.end(), {"--maxmemory-policy", "allkeys-lfu"});
    Player ours(reference_binary(), arguments, connect_wire);
    const auto finding = find(ours);
    ASSERT_TRUE(finding);
    EXPECT_TRUE(is(finding->session.back().words, "object")) << report(*finding);
}

TEST(Match, FindsNoDifferenceBetweenEquals)
{
    Player ours(reference_binary(), server_arguments(), connect_wire);
    const auto finding = find(ours);
    EXPECT_FALSE(finding) << report(*finding);
}

}  // namespace
}  // namespace mini_redis::tests
