// Two clients change what is shared, in every order of their steps: behind locks, and by mail to an
// owner. Each model can lose nothing, and each has its own way to get stuck.
#include "book-notes/two-models/every_order.hpp"
#include "server/runtime/mailbox.hpp"

#include <cstdio>
#include <utility>

namespace {

namespace runtime = mini_redis::runtime;

struct TwoClients {
    static constexpr int actors = 2;
    int at[2] = {};  // how many steps each has taken, of two
    int counter = 0;
    bool ended() const { return at[0] == 2 && at[1] == 2; }
};

// A lock for each of the steps, or one for both: can the other come in between?
template <bool at_once>
struct GetThenSet : TwoClients {
    int got[2] = {};
    bool step(int who)
    {
        if (at[who] == 2) return false;
        if (at[who]++ == 0) got[who] = counter;
        if (at_once) at[who] = 2;
        if (at[who] == 2) counter = got[who] + 1;
        return true;
    }
};

// Both need lock 0 and lock 1; unless they are sorted, the second takes them the other way round.
template <bool sorted>
struct TwoLocks : TwoClients {
    bool held[2] = {};
    bool step(int who)
    {
        if (at[who] == 2) return false;
        bool& lock = held[sorted || who == 0 ? at[who] : 1 - at[who]];
        if (std::exchange(lock, true)) return false;
        if (++at[who] == 2) held[0] = held[1] = ++counter == 0;
        return true;
    }
};

// Nobody touches the counter but its owner, who is the third.
struct ByMail {
    static constexpr int actors = 3;
    runtime::asio::io_context context;
    runtime::Mailbox<int> box{context.get_executor(), 100, runtime::Overflow::refuse};
    bool sent[2] = {};
    int counter = 0;
    bool step(int who)
    {
        if (who == 2) return box.drain([this](int amount) { counter += amount; }) != 0;
        return !std::exchange(sent[who], true) && box.send(1, 1) == runtime::Delivery::accepted;
    }
    bool ended() const { return sent[0] && sent[1] && box.bytes() == 0; }
};

// Two owners; each asks the other, and has ended when it is answered. Does it answer meanwhile?
template <bool meanwhile>
struct TwoOwners : TwoClients {
    bool step(int who)
    {
        if (at[who] == 0) return ++at[who] == 1;
        if (at[1 - who] != 1 || (at[who] == 1 && !meanwhile)) return false;
        return ++at[1 - who] == 2 && ++counter != 0;
    }
};

template <class World>
void tell(const char* name)
{
    two_models::Verdict verdict;
    two_models::explore<World>(verdict);
    std::printf("%-37s%d orders, wrong in %d, stuck in %d\n", name, verdict.ended + verdict.stuck,
                verdict.wrong, verdict.stuck);
}

}  // namespace

int main()
{
    tell<GetThenSet<false>>("locks  get, then set");
    tell<GetThenSet<true>>("locks  increment");
    tell<TwoLocks<false>>("locks  two of them, in any order");
    tell<TwoLocks<true>>("locks  two of them, sorted");
    tell<ByMail>("mail   increment");
    tell<TwoOwners<false>>("mail   two owners that wait");
    tell<TwoOwners<true>>("mail   two owners that go on");
}
