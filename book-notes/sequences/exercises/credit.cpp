// A reader tells its source once a turn how many messages it may say, at most ten. They arrive in
// the next turn but one. The reader takes one a turn, and has room for twenty.
#include <algorithm>
#include <deque>

#include <gtest/gtest.h>

namespace {

struct Reader {
    int in_queue = 0;
    int allowed = 0;  // and not arrived yet
};

// Yours:
// How many more the source may say.
int allow(const Reader& reader)
{
    return reader.in_queue < 20 ? 10 : 0;
}

// The test:
TEST(Credit, KeepsTheReaderBusyAndItsQueueBounded)
{
    Reader reader;
    std::deque<int> on_the_way{0, 0};
    int most = 0, taken = 0;
    for (int turn = 0; turn < 1000; ++turn) {
        const int more = std::clamp(allow(reader), 0, 10);
        reader.allowed += more;
        on_the_way.push_back(more);
        reader.allowed -= on_the_way.front();
        reader.in_queue += on_the_way.front();
        on_the_way.pop_front();
        most = std::max(most, reader.in_queue);
        if (reader.in_queue == 0) continue;
        --reader.in_queue;
        ++taken;
    }
    EXPECT_LE(most, 20) << "messages in a queue with room for twenty";
    EXPECT_GE(taken, 998) << "taken in 1,000 turns";
    EXPECT_GE(most, 15) << "used of the room";
}

}  // namespace
