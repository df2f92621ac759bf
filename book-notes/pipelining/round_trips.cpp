// The same 320 requests, in windows of 1, 32 and 320: what a round trip carries, and what it costs.
#include "tests/support/world.hpp"

#include <cstdio>

using mini_redis::tests::World;
using mini_redis::tests::WorldClient;

int main()
{
    constexpr int requests = 320;
    std::printf("window  round trips  server reads  server writes  replies\n");
    for (const int window : {1, 32, 320}) {
        World world;
        WorldClient client(world);
        std::string ask;
        for (int i = 0; i < window; ++i) ask += "*1\r\n$4\r\nPING\r\n";

        const auto reads = world.counted().reads.get();
        const auto writes = world.counted().writes.get();
        int trips = 0;
        std::size_t replies = 0;
        for (int asked = 0; asked < requests; asked += window, ++trips)
            replies += client.round_trip(ask).size() / std::string_view("+PONG\r\n").size();

        std::printf("%6d  %11d  %12llu  %13llu  %7zu\n", window, trips,
                    static_cast<unsigned long long>(world.counted().reads.get() - reads),
                    static_cast<unsigned long long>(world.counted().writes.get() - writes),
                    replies);
    }
}
