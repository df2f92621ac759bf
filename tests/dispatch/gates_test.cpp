// Why a command is refused: which reason comes first, and in which words.
#include "server/observability/memory.hpp"
#include "tests/support/command_fixture.hpp"

namespace mini_redis::tests {
namespace {

constexpr std::string_view not_allowed =
    "(error) ERR DEBUG command not allowed. If the enable-debug-command option is set to "
    "\"local\", you can run it from a local connection, otherwise you need to set this option in "
    "the configuration file, and then restart the server.";

class Gates : public CommandFixture {
protected:
    void set(config::Setting& setting, std::string_view value)
    {
        ASSERT_EQ(setting.assign(value), std::nullopt);
    }
    void forbid_everything()
    {
        set(server.config.requirepass, "secret");
        client.session.authenticated = false;
        set(server.config.maxmemory, "1");
        observability::count_memory_of_this_thread();
    }

    std::string refusal(std::vector<std::string_view> words)
    {
        const dispatch::Listed* command = server.catalogue.find(protocol::Words(words));
        return dispatch::refuse(asking(command, words));
    }
    dispatch::Asking asking(const dispatch::Listed* command, protocol::Words words)
    {
        return {server.services, client.session, command, words, evictor, server.now};
    }

    keyspace::Evictor evictor{server.keyspace, server.counts->keyspace};
};

TEST_F(Gates, TheFirstReasonIsThatTheCommandIsUnknown)
{
    forbid_everything();
    EXPECT_EQ(show("NOSUCH", "a", "b"),
              "(error) ERR unknown command 'NOSUCH', with args beginning with: 'a' 'b' ");
    EXPECT_EQ(show("CONFIG", "nosuch", "b"),
              "(error) ERR unknown subcommand 'nosuch'. Try CONFIG HELP.");
}

TEST_F(Gates, ThenThatItHasTheWrongNumberOfWords)
{
    forbid_everything();
    EXPECT_EQ(show("GET"), "(error) ERR wrong number of arguments for 'get' command");
    EXPECT_EQ(show("get", "a", "b"), "(error) ERR wrong number of arguments for 'get' command");
    EXPECT_EQ(show("CONFIG"), "(error) ERR wrong number of arguments for 'config' command");
    EXPECT_EQ(show("Config", "Get"),
              "(error) ERR wrong number of arguments for 'config|get' command");
}

TEST_F(Gates, ThenThatItIsGuarded)
{
    forbid_everything();
    EXPECT_EQ(show("DEBUG", "SLEEP", "0"), not_allowed);
}

TEST_F(Gates, ThenThatTheClientHasNotLoggedIn)
{
    forbid_everything();
    EXPECT_EQ(show("SET", "a", "b"), "(error) NOAUTH Authentication required.");
    EXPECT_EQ(show("AUTH", "secret"), "OK");
}

TEST_F(Gates, ThenThatThereIsNoMemory)
{
    forbid_everything();
    client.session.authenticated = true;
    EXPECT_EQ(show("SET", "a", "b"),
              "(error) OOM command not allowed when used memory > 'maxmemory'.");
    EXPECT_EQ(show("GET", "a"), "(nil)");
}

TEST_F(Gates, AGuardedCommandIsForWhomTheDirectiveSays)
{
    set(server.config.enable_debug_command, "local");
    EXPECT_EQ(show("DEBUG", "SET-ACTIVE-EXPIRE", "1"), "OK");
    client.session.address = "[::1]:40000";
    EXPECT_EQ(show("DEBUG", "SET-ACTIVE-EXPIRE", "1"), "OK");
    client.session.address = "127.0.0.11:40000";
    EXPECT_EQ(show("DEBUG", "SET-ACTIVE-EXPIRE", "1"), not_allowed);
    client.session.over_unix_socket = true;
    EXPECT_EQ(show("DEBUG", "SET-ACTIVE-EXPIRE", "1"), "OK");
    client.session.over_unix_socket = false;
    set(server.config.enable_debug_command, "yes");
    EXPECT_EQ(show("DEBUG", "SET-ACTIVE-EXPIRE", "1"), "OK");
}

TEST_F(Gates, AnUnknownCommandIsQuotedAsFarAsRedisQuotesIt)
{
    const std::string long_word(200, 'x');
    const std::string cut(128, 'x');
    EXPECT_EQ(refusal({long_word, "a"}),
              "ERR unknown command '" + cut + "', with args beginning with: 'a' ");
    EXPECT_EQ(refusal({"f", long_word, "b"}),
              "ERR unknown command 'f', with args beginning with: '" + cut + "' ");
    // What is left of the 128 bytes is for the next word, quotes and spaces counted.
    EXPECT_EQ(
        refusal({"f", std::string_view(cut).substr(0, 120), "abcdefgh", "b"}),
        "ERR unknown command 'f', with args beginning with: '" + cut.substr(0, 120) + "' 'abcde' ");
    EXPECT_EQ(refusal({"CONFIG", long_word}),
              "ERR unknown subcommand '" + cut + "'. Try CONFIG HELP.");
    EXPECT_EQ(refusal({std::string_view("a\0b", 3)}),
              "ERR unknown command 'a', with args beginning with: ");
}

TEST_F(Gates, EvictionMakesRoomUntilPatienceEnds)
{
    observability::count_memory_of_this_thread();
    for (int i = 0; i < 1000; ++i) {
        const std::string key = "key:" + std::to_string(i);
        const std::string value(2000, 'v');
        ASSERT_EQ(show("SET", key, value), "OK");
    }
    set(server.config.maxmemory_policy, "allkeys-random");
    server.keyspace.eviction.policy = keyspace::EvictionPolicy::allkeys_random;
    // No patience: sixteen keys, and the command runs although memory is still short.
    set(server.config.maxmemory_eviction_tenacity, "0");
    set(server.config.maxmemory, std::to_string(observability::memory_used() / 2));
    EXPECT_EQ(show("SET", "a", "b"), "OK");
    EXPECT_EQ(server.counts->keyspace.evicted.get(), 16U);
    // All patience: as many as it takes.
    set(server.config.maxmemory_eviction_tenacity, "100");
    EXPECT_EQ(show("SET", "a", "b"), "OK");
    EXPECT_GT(server.counts->keyspace.evicted.get(), 100U);
}

// The short way must never let pass what the long way refuses.
TEST_F(Gates, WhoPassesAtOnceWouldNotBeRefused)
{
    forbid_everything();
    const std::vector<std::string_view> filler(8, "x");
    for (const bool authenticated : {false, true})
        for (const bool monitor : {false, true})
            for (const std::string_view maxmemory : {"0", "1"}) {
                client.session.authenticated = authenticated;
                client.session.monitor = monitor;
                set(server.config.maxmemory, maxmemory);
                for (const dispatch::Listed& listed : server.catalogue.all())
                    for (std::size_t words = 1; words < filler.size(); ++words) {
                        const auto question = asking(&listed, protocol::Words(filler).first(words));
                        EXPECT_FALSE(passes_at_once(question) && !refuse(question).empty())
                            << listed.name << " with " << words << " words";
                    }
            }
    client.session.monitor = false;
}

}  // namespace
}  // namespace mini_redis::tests
