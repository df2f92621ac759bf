// A server says ten things in each turn, and the reader takes one. The client's own queue between
// them, with no bound to speak of, with one at which it stops listening, and with one at which it
// drops and says so.
#include "client/inflow.hpp"

#include <algorithm>
#include <cstdio>
#include <limits>
#include <string>

namespace {

using mini_redis::client::Inflow;
using mini_redis::client::Overflow;
using mini_redis::protocol::Value;

constexpr int all = 1'000;

Value message(int number)
{
    Value value;
    value.kind = Value::Kind::integer;
    value.integer = number;
    return value;
}

// Who asks for the next one; what it was given stands here.
struct Reader final : mini_redis::client::Waiter {
    void receive(Value&& value) override
    {
        if (value.kind == Value::Kind::integer) {
            ++taken;
        } else {  // "gap", and "7 not taken in time and dropped"
            lost += std::stoi(value.children[1].text);
            ++gaps;
        }
    }
    void receive(const mini_redis::client::Scalar&) override {}
    void fail(mini_redis::client::Error) override {}
    void restart() override {}
    void finish() override {}
    void abandon() override {}

    int taken = 0;
    int lost = 0;
    int gaps = 0;
};

struct Tally {
    int said = 0;  // by the server; what is not heard stays in the kernel
    int turns = 0;
    int most_behind = 0;
};

Tally read_slowly(Inflow& queue, Reader& reader)
{
    Tally tally;
    while (reader.taken + reader.lost < all) {
        ++tally.turns;
        for (int i = 0; i < 10 && tally.said < all && !queue.full(); ++i)
            queue.push(message(++tally.said), 1);
        tally.most_behind = std::max(tally.most_behind, tally.said - reader.taken - reader.lost);
        queue.take(reader, mini_redis::client::never);
        queue.finish_settled();
    }
    return tally;
}

void show(const char* way, std::size_t bound, Overflow overflow)
{
    Reader reader;  // outlives the queue, in which it stands in line
    Inflow queue(bound, overflow);
    const Tally tally = read_slowly(queue, reader);
    std::printf("%-10s %5d  %11d  %5d  %4d  %9d\n", way, tally.turns, tally.most_behind,
                reader.taken, reader.lost, reader.gaps);
}

}  // namespace

int main()
{
    std::printf("%-10s %5s  %11s  %5s  %4s  %9s\n", "", "turns", "most behind", "taken", "lost",
                "gaps told");
    show("no bound", std::numeric_limits<std::size_t>::max(), Overflow::wait);
    show("wait", 20, Overflow::wait);
    show("drop", 20, Overflow::drop);
}
