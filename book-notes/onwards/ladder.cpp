// What could be built next: each rung asks the real server for something that it cannot do today.
//
// With the number of a rung it asks for that one alone, and fails until the answer is right.
#include "protocol/text.hpp"
#include "tests/support/world.hpp"

#include <array>
#include <cstdio>
#include <cstdlib>
#include <string>
#include <string_view>

namespace {

using mini_redis::tests::World;
using mini_redis::tests::WorldClient;

struct Rung {
    const char* name;
    std::string_view asked;
    std::string_view right;      // how the replies begin
    std::string_view then = {};  // asked by another client, while the first one waits
};

constexpr std::array rungs{
    Rung{"a command of your own", "SET k abc\r\nREVERSE k\r\n", "+OK\r\n$3\r\ncba\r\n"},
    Rung{"one that waits", "SET k a\r\nAWAITCHANGE k 0\r\n", "+OK\r\n$1\r\nb\r\n", "SET k b\r\n"},
    Rung{"a rate limit", "THROTTLE bob 1 10\r\nTHROTTLE bob 1 10\r\n", ":0\r\n:1\r\n"},
    Rung{"a new kind of value", "BF.ADD seen ann\r\nBF.EXISTS seen ann\r\n", ":1\r\n:1\r\n"},
    Rung{"a snapshot", "SAVE\r\n", "+OK\r\n"},
    Rung{"a log of writes", "BGREWRITEAOF\r\n", "+Background append only file rewriting"},
    Rung{"scripts", "EVAL \"return 1\" 0\r\n", ":1\r\n"},
    Rung{"users and their rights", "ACL WHOAMI\r\n", "$7\r\ndefault\r\n"},
    Rung{"a replica", "REPLICAOF NO ONE\r\n", "+OK\r\n"},
    Rung{"writes that reached it", "WAIT 0 10\r\n", ":0\r\n"},
    Rung{"a cluster", "CLUSTER KEYSLOT somekey\r\n", ":11058\r\n"},
    Rung{"another protocol", "GET /keys/k HTTP/1.1\r\n\r\n", "HTTP/1.1 404"},
};

std::string answer_to(const Rung& rung)
{
    World world;
    WorldClient client(world);
    WorldClient other(world);
    std::string answer = client.round_trip(rung.asked);
    if (!rung.then.empty()) other.round_trip(rung.then);
    return answer + client.receive();
}

// Book: onwards/the-ladder. A rung is reached when the real server gives the right answer.
bool reached(const Rung& rung)
{
    return std::string_view(answer_to(rung)).starts_with(rung.right);
}

int climb(std::size_t number)
{
    if (number < 1 || number > rungs.size()) return 2;
    const Rung& rung = rungs[number - 1];
    std::printf("asked:   %s\n", mini_redis::protocol::quote(rung.asked).c_str());
    std::printf("right:   %s...\n", mini_redis::protocol::quote(rung.right).c_str());
    std::printf("answer:  %s\n", mini_redis::protocol::quote(answer_to(rung)).c_str());
    return reached(rung) ? 0 : 1;
}

}  // namespace

int main(int count, char** words)
{
    if (count > 1) return climb(std::strtoul(words[1], nullptr, 10));
    int number = 0;
    for (const Rung& rung : rungs)
        std::printf("%2d. %-24s %s\n", ++number, rung.name, reached(rung) ? "reached" : "not yet");
}
