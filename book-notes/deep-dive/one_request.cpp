// One GET, part by part: the same parts, in the same order, that a connection puts it through.
#include "protocol/request_parser.hpp"
#include "protocol/text.hpp"
#include "tests/support/world.hpp"

#include <cstdio>

namespace protocol = mini_redis::protocol;

namespace {

void show(const char* what, std::string_view bytes)
{
    std::printf("%-22s %s\n", what, protocol::quote(bytes).c_str());
}

void parse_in_two_halves(std::string_view request)
{
    protocol::RequestParser parser;
    protocol::Batch batch;
    const std::string_view half = request.substr(0, 17);
    show("1. half a request", half);
    parser.parse(half, {}, 64, batch);
    std::printf("%-22s %zu\n", "   requests parsed", batch.requests.size());

    const auto progress = parser.parse(request, {}, 64, batch);
    show("2. the whole of it", request);
    std::printf("%-22s %zu, of %zu bytes\n", "   requests parsed", batch.requests.size(),
                progress.consumed);
    for (const protocol::Word word : batch.words) show("   a word, as a view", word);
}

}  // namespace

int main()
{
    const std::string_view get = "*2\r\n$3\r\nGET\r\n$5\r\nhello\r\n";
    parse_in_two_halves(get);

    mini_redis::tests::World world;
    mini_redis::tests::WorldClient client(world);
    show("3. SET, as it is sent", "SET hello world\r\n");
    show("   and its reply", client.round_trip("SET hello world\r\n"));
    client.send(get.substr(0, 17));
    std::printf("%-22s %zu\n", "4. handlers that ran", world.step());
    show("   nothing to say yet", client.receive());
    client.send(get.substr(17));
    std::printf("%-22s %zu\n", "5. handlers that ran", world.step());
    show("   the reply", client.receive());
}
