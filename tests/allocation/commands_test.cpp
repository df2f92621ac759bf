// Memory that runs out, at each allocation of a command: the keys are as they were, or as they are
// to be. What is moved from one key to another is never in neither of them.
//
// Commands of several keys or elements are not among them: those may be done in part. Nor are those
// that change a collection's encoding, which may be changed and nothing else.
#include "tests/allocation/failing_new.hpp"
#include "tests/support/command_fixture.hpp"

#include <ostream>

namespace mini_redis::tests {
namespace {

using Words = std::vector<std::string>;

struct Case {
    std::vector<Words> before;
    Words command;

    friend std::ostream& operator<<(std::ostream& out, const Case& shown)
    {
        for (const std::string& word : shown.command) out << word.substr(0, 20) << ' ';
        return out;
    }
};

class World {
public:
    explicit World(const Case& of)
    {
        for (const Words& words : of.before) ask(words);
    }

    std::string ask(const Words& words) { return client_.raw({words.begin(), words.end()}); }

    // False if it has run out of memory, at the allocation of that number.
    bool try_to(const Words& words, std::size_t failing)
    {
        const std::vector<std::string_view> views(words.begin(), words.end());
        return Allocations::survives(failing, [&] { client_.raw(views); });
    }

    // All keys of two databases, with their values and expiries.
    std::string keys()
    {
        std::string all;
        for (const char* database : {"1", "0"}) {
            ask({"SELECT", database});
            all += ask({"DBSIZE"});
            for (const char* key : {"a", "b", "c"}) all += ask({"DUMP", key}) + ask({"PTTL", key});
        }
        return all;
    }

private:
    TestServer server_;
    TestClient client_{server_};
};

class ShortOfMemory : public testing::TestWithParam<Case> {};

TEST_P(ShortOfMemory, KeysAreAsBeforeOrAsAfterwards)
{
    const Case& now = GetParam();
    const std::string before = World(now).keys();
    World unhindered(now);
    unhindered.try_to(now.command, 0);
    const std::size_t allocations = Allocations::count();
    const std::string after = unhindered.keys();
    ASSERT_NE(before, after) << "the command changes nothing";
    for (std::size_t failing = 1; failing <= allocations; ++failing) {
        World world(now);
        const bool done = world.try_to(now.command, failing);
        const std::string found = world.keys();
        EXPECT_TRUE(found == after || (found == before && !done))
            << "allocation " << failing << " of " << allocations << " leaves\n"
            << found << "\ninstead of\n"
            << before << "\nor\n"
            << after;
    }
}

const std::string long_text(100'000, 'x');
const Words text{"SET", "a", "a value that is not a number", "EX", "100"};
const Words large{"SET", "a", long_text};
const Words list{"RPUSH", "a", "1", "2", "3"};
const Words set{"SADD", "a", "one", "two", "three"};
const Words hash{"HSET", "a", "field", "value"};
const Words sorted{"ZADD", "a", "1", "one", "2", "two"};

INSTANTIATE_TEST_SUITE_P(
    Commands, ShortOfMemory,
    testing::Values(
        Case{{text}, {"RENAME", "a", "b"}}, Case{{large}, {"RENAME", "a", "b"}},
        Case{{list, {"SET", "b", "1"}}, {"RENAME", "a", "b"}}, Case{{set}, {"RENAMENX", "a", "c"}},
        Case{{hash}, {"MOVE", "a", "1"}}, Case{{text}, {"MOVE", "a", "1"}},
        Case{{sorted, {"SET", "b", "1"}}, {"COPY", "a", "b", "REPLACE"}},
        Case{{large, {"RPUSH", "b", "1"}}, {"COPY", "a", "b", "REPLACE"}},
        Case{{text}, {"SET", "a", long_text}}, Case{{large}, {"SET", "a", "1"}},
        Case{{list}, {"SET", "a", "text"}}, Case{{text}, {"APPEND", "a", long_text}},
        Case{{large}, {"SETRANGE", "a", "200000", "y"}}, Case{{text}, {"GETDEL", "a"}},
        Case{{{"SET", "a", "1"}}, {"INCRBYFLOAT", "a", "1.5"}},
        Case{{{"SET", "a", "1"}}, {"EXPIRE", "a", "100"}}, Case{{text}, {"PERSIST", "a"}},
        Case{{}, {"RPUSH", "a", "1"}}, Case{{list}, {"RPUSH", "a", long_text}},
        Case{{list}, {"LPOP", "a"}}, Case{{list}, {"LMOVE", "a", "b", "LEFT", "RIGHT"}},
        Case{{{"RPUSH", "a", "1"}}, {"RPOPLPUSH", "a", "b"}},
        Case{{list, {"RPUSH", "b", "4"}}, {"RPOPLPUSH", "a", "b"}},
        Case{{set}, {"SADD", "a", long_text}}, Case{{set}, {"SMOVE", "a", "b", "one"}},
        Case{{{"SADD", "a", "1", "2"}}, {"SMOVE", "a", "b", "1"}},
        Case{{hash}, {"HSET", "a", "other", "value"}}, Case{{hash}, {"HDEL", "a", "field"}},
        Case{{sorted}, {"ZADD", "a", "3", "three"}}, Case{{sorted}, {"ZADD", "a", "3", "one"}},
        Case{{sorted}, {"ZPOPMIN", "a"}}, Case{{sorted}, {"ZRANGESTORE", "b", "a", "0", "-1"}},
        Case{{set, {"SADD", "b", "x"}}, {"SUNIONSTORE", "c", "a", "b"}},
        Case{{sorted, {"SET", "c", "1"}}, {"ZUNIONSTORE", "c", "1", "a"}},
        Case{{list, {"SET", "b", "1"}}, {"SORT", "a", "STORE", "b"}},
        Case{{text, {"SET", "b", "1"}}, {"BITOP", "NOT", "b", "a"}},
        Case{{}, {"XADD", "a", "1-1", "field", "value"}},
        Case{{{"XADD", "a", "1-1", "f", "v"}}, {"XADD", "a", "2-1", "f", long_text}},
        Case{{}, {"PFADD", "a", "x"}}, Case{{}, {"GEOADD", "a", "1", "2", "x"}}));

}  // namespace
}  // namespace mini_redis::tests
