// A shutdown in the middle of everything: whoever goes on reading learns of all that was done for
// it, and who does not read cannot hold the server.
#include "tests/support/live_server.hpp"
#include "tests/support/raw_client.hpp"
#include "tests/support/writers.hpp"

#include <chrono>
#include <deque>
#include <string>

#include <gtest/gtest.h>

namespace mini_redis::tests {
namespace {

int value_of(LiveServer& server, const std::string& key)
{
    keyspace::Keyspace& keyspace = server->services().keyspace;
    keyspace::Locks locks(keyspace);
    keyspace::View view(keyspace, server->services().threads.front().keyspace, locks, 0, 0);
    const keyspace::Key named(key);
    locks.take({&named, 1});
    const keyspace::Entry* entry = view.peek(named);
    char scratch[24];
    const int value = entry ? std::stoi(std::string(entry->text(scratch))) : 0;
    locks.release();
    return value;
}

TEST(LosslessShutdown, AThousandWritersLearnOfAllThatWasDone)
{
    LiveServer server{{"io-threads", "2"}};
    Writers writers(server.port(), 1000);
    writers.write_until_the_end([&] { server->shut_down(false); });
    server.stop(false);
    for (const Writer& writer : writers.all())
        EXPECT_EQ(writer.acknowledged(), value_of(server, writer.key())) << writer.key();
    EXPECT_GT(writers.acknowledged(), 10'000);
}

TEST(LosslessShutdown, SubscribersThatDoNotReadCannotHoldIt)
{
    LiveServer server{{"io-threads", "2"}, {"shutdown-timeout", "1"}};
    std::deque<RawClient> deaf;
    for (int i = 0; i < 100; ++i) {
        deaf.emplace_back(server.port());
        EXPECT_EQ(deaf.back().ask("SUBSCRIBE c\r\n"), "*3\r\n");
    }
    RawClient publisher(server.port());
    const std::string publish = "PUBLISH c " + std::string(60'000, 'x') + "\r\n";
    for (int i = 0; i < 100; ++i) EXPECT_EQ(publisher.ask(publish), ":100\r\n");

    const auto began = std::chrono::steady_clock::now();
    server.stop(false);
    EXPECT_LT(std::chrono::steady_clock::now() - began, std::chrono::seconds(5));
    EXPECT_TRUE(server.ended());
}

}  // namespace
}  // namespace mini_redis::tests
