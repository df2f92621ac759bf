// The smallest session that answers PING, twice: one believes that a read brings a request, one
// remembers what has come. What the network makes of the same bytes is tried with both.
#include "protocol/request_parser.hpp"

#include <cstdio>
#include <string>
#include <vector>

namespace {

namespace protocol = mini_redis::protocol;

using Pieces = std::vector<std::string>;

// Each piece is what one read brought.
std::string hopeful(const Pieces& pieces)
{
    std::string replies;
    for (const std::string& piece : pieces) replies += piece == "PING\r\n" ? " PONG" : " ERR";
    return replies;
}

std::string mindful(const Pieces& pieces)
{
    std::string replies;
    std::string inbox;
    protocol::RequestParser parser;
    for (const std::string& piece : pieces) {
        inbox += piece;
        protocol::Batch batch;
        const auto progress = parser.parse(inbox, {}, 64, batch);
        for (const auto& request : batch.requests)
            replies += batch.words_of(request)[0] == "PING" ? " PONG" : " ERR";
        inbox.erase(0, progress.consumed);
    }
    return replies;
}

void tell(const char* what, const Pieces& pieces)
{
    std::printf("%-22s  hopeful:%-10s mindful:%s\n", what, hopeful(pieces).c_str(),
                mindful(pieces).c_str());
}

}  // namespace

int main()
{
    tell("a request", {"PING\r\n"});
    tell("a request in halves", {"PI", "NG\r\n"});
    tell("two requests at once", {"PING\r\nPING\r\n"});
    tell("one and a half", {"PING\r\nPI", "NG\r\n"});
}
