// The checker itself: histories that no order explains, and such as only look so.
#include "tests/linearizability/checker.hpp"

#include "tests/linearizability/models.hpp"

#include <string_view>

#include <gmock/gmock.h>

namespace mini_redis::tests {
namespace {

using testing::HasSubstr;

// "MULTI; INCR n; EXEC"
Asked asked_in(std::string_view text)
{
    Asked asked;
    while (!text.empty()) {
        const std::size_t end = std::min(text.find(';'), text.size());
        asked.push_back(split_words(text.substr(0, end)));
        text.remove_prefix(std::min(end + 1, text.size()));
    }
    return asked;
}

// From, until, what was asked, what was heard.
Operation heard(std::uint64_t called, std::uint64_t returned, std::string_view asked,
                std::string answer)
{
    static int client = 0;
    return {++client, asked_in(asked), called, returned, std::move(answer)};
}

Operation unheard(std::uint64_t called, std::string_view asked)
{
    return {0, asked_in(asked), called};
}

void expect_right(const History& history)
{
    EXPECT_EQ(wrong_with<CountersAndLists>(history), "");
}

// It is the one that returned then which cannot be.
void expect_wrong(const History& history, std::uint64_t returned)
{
    const std::string wrong = wrong_with<CountersAndLists>(history);
    EXPECT_THAT(wrong.substr(0, wrong.find("\npending")),
                HasSubstr(", " + std::to_string(returned) + "]"));
}

TEST(Checker, AcceptsWhatHappensInOrder)
{
    expect_right({});
    expect_right({heard(1, 2, "GET n", "(nil $)"), heard(3, 4, "INCR n", "(integer) 1"),
                  heard(5, 6, "GET n", "\"1\"")});
    expect_right(
        {heard(1, 2, "RPUSH l a b", "(integer) 2"), heard(3, 4, "LMOVE l m RIGHT LEFT", "\"b\""),
         heard(5, 6, "LRANGE l 0 -1", "*[\"a\"]"), heard(7, 8, "LPOP m", "\"b\""),
         heard(9, 10, "LPOP m", "(nil $)"), heard(11, 12, "BLPOP m l 0", "*[\"l\", \"a\"]"),
         heard(13, 14, "BLMOVE l m LEFT LEFT 1", "(nil *)")});
}

TEST(Checker, AcceptsWhatSomeOrderExplains)
{
    // The one that was called last came first.
    expect_right({heard(1, 6, "INCR n", "(integer) 3"), heard(2, 5, "INCR n", "(integer) 2"),
                  heard(3, 4, "INCR n", "(integer) 1")});
    // Each reads another instant of the same time.
    expect_right({heard(1, 8, "INCR n", "(integer) 1"), heard(2, 3, "GET n", "(nil $)"),
                  heard(4, 5, "GET n", "\"1\""), heard(6, 7, "GET n", "\"1\"")});
    // What is read comes from a push that has yet to return.
    expect_right({heard(1, 10, "RPUSH l a", "(integer) 2"), heard(2, 9, "RPUSH l b", "(integer) 1"),
                  heard(3, 4, "LRANGE l 0 -1", "*[\"b\", \"a\"]")});
}

// What would have changed nothing at first may have changed something later, with the same answer.
TEST(Checker, LetsWhatChangesNothingNowChangeSomethingLater)
{
    expect_right({heard(1, 2, "RPUSH l a", "(integer) 1"),
                  heard(3, 10, "LMOVE l l LEFT RIGHT", "\"a\""),
                  heard(4, 5, "LRANGE l 0 -1", "*[\"a\"]"), heard(6, 7, "RPUSH l b", "(integer) 2"),
                  heard(8, 9, "LPOP l", "\"b\"")});
}

TEST(Checker, FindsALostUpdate)
{
    expect_wrong({heard(1, 3, "INCR n", "(integer) 1"), heard(2, 4, "INCR n", "(integer) 1")}, 4);
    expect_wrong({heard(1, 3, "INCR n", "(integer) 1"), heard(2, 4, "INCR n", "(integer) 2"),
                  heard(5, 6, "GET n", "\"1\"")},
                 6);
}

TEST(Checker, FindsAStaleRead)
{
    expect_wrong({heard(1, 2, "INCR n", "(integer) 1"), heard(3, 4, "GET n", "(nil $)")}, 4);
    // Not older than what somebody has read before, though the write is still under way.
    expect_wrong({heard(1, 8, "INCR n", "(integer) 1"), heard(2, 3, "GET n", "\"1\""),
                  heard(4, 5, "GET n", "(nil $)")},
                 5);
}

TEST(Checker, FindsAnElementPoppedTwice)
{
    expect_wrong({heard(1, 2, "RPUSH l a", "(integer) 1"), heard(3, 6, "LPOP l", "\"a\""),
                  heard(4, 5, "LPOP l", "\"a\"")},
                 6);
    expect_wrong(
        {heard(1, 2, "RPUSH l a", "(integer) 1"), heard(3, 6, "BLPOP l 0", "*[\"l\", \"a\"]"),
         heard(4, 5, "LMOVE l m LEFT LEFT", "\"a\"")},
        6);
}

TEST(Checker, FindsAnElementLost)
{
    expect_wrong({heard(1, 3, "RPUSH l a", "(integer) 1"), heard(2, 4, "RPUSH l b", "(integer) 2"),
                  heard(5, 6, "LPOP l", "\"b\"")},
                 6);
    // On its way from list to list it is in neither.
    expect_wrong(
        {heard(1, 2, "RPUSH l a", "(integer) 1"), heard(3, 8, "LMOVE l m LEFT LEFT", "\"a\""),
         heard(4, 5, "LRANGE l 0 -1", "*[]"), heard(6, 7, "LRANGE m 0 -1", "*[]")},
        7);
}

TEST(Checker, FindsATransactionSeenHalf)
{
    const char* const both = "MULTI; INCR a; INCR b; EXEC";
    const char* const look = "MULTI; GET a; GET b; EXEC";
    const std::string once = "*[(integer) 1, (integer) 1]";
    expect_right({heard(1, 6, both, once), heard(2, 5, look, "*[\"1\", \"1\"]"),
                  heard(3, 4, look, "*[(nil $), (nil $)]")});
    expect_wrong({heard(1, 4, both, once), heard(2, 3, look, "*[\"1\", (nil $)]")}, 3);
    // Nor by two who look at one key each.
    expect_wrong(
        {heard(1, 6, both, once), heard(2, 3, "GET b", "\"1\""), heard(4, 5, "GET a", "(nil $)")},
        5);
    expect_wrong({heard(1, 4, "MULTI; RPUSH l a; LPOP l; EXEC", "*[(integer) 1, \"a\"]"),
                  heard(2, 3, "LRANGE l 0 -1", "*[\"a\"]")},
                 3);
}

TEST(Checker, FindsAWaitInVain)
{
    const std::string none = "(nil *)";
    expect_wrong({heard(1, 2, "RPUSH l a", "(integer) 1"), heard(3, 4, "BLPOP m l 1", none)}, 4);
    // Never empty, though what it held was another thing each time.
    expect_wrong({heard(1, 2, "RPUSH l a", "(integer) 1"), heard(3, 10, "BLPOP l 1", none),
                  heard(4, 5, "RPUSH l b", "(integer) 2"), heard(6, 7, "LPOP l", "\"a\"")},
                 10);
    expect_right({heard(1, 2, "RPUSH l a", "(integer) 1"), heard(3, 10, "BLPOP l 1", none),
                  heard(4, 5, "LPOP l", "\"a\""), heard(6, 7, "RPUSH l b", "(integer) 1")});
    // Each was empty for some time, but never both.
    expect_wrong({heard(1, 2, "RPUSH l a", "(integer) 1"), heard(3, 10, "BLPOP l m 1", none),
                  heard(4, 5, "LMOVE l m LEFT LEFT", "\"a\"")},
                 10);
    expect_right({heard(1, 8, "BLPOP l m 0", "*[\"m\", \"a\"]"),
                  heard(2, 7, "BLMOVE k m LEFT LEFT 0", "\"a\""),
                  heard(3, 4, "RPUSH k a", "(integer) 1")});
}

TEST(Checker, LetsWhatNobodyHeardHappenOnceOrNever)
{
    expect_right({unheard(1, "INCR n"), heard(2, 3, "GET n", "(nil $)")});
    expect_right({unheard(1, "INCR n"), heard(2, 3, "GET n", "\"1\"")});
    // Much later, even.
    expect_right({unheard(1, "INCR n"), heard(2, 3, "GET n", "(nil $)"),
                  heard(4, 5, "GET n", "(nil $)"), heard(6, 7, "GET n", "\"1\"")});
    expect_wrong({heard(1, 2, "GET n", "\"1\""), unheard(3, "INCR n")}, 2);
    expect_wrong({unheard(1, "INCR n"), heard(2, 3, "GET n", "\"2\"")}, 3);
    expect_wrong(
        {unheard(1, "INCR n"), heard(2, 3, "GET n", "\"1\""), heard(4, 5, "GET n", "(nil $)")}, 5);
    expect_right({heard(1, 2, "RPUSH l a", "(integer) 1"), unheard(3, "BLPOP l 0"),
                  heard(4, 5, "LPOP l", "(nil $)")});
    expect_wrong({heard(1, 2, "RPUSH l a b", "(integer) 2"), unheard(3, "BLPOP l 0"),
                  heard(4, 5, "LPOP l", "(nil $)")},
                 5);
    // All of a transaction, or nothing.
    expect_wrong({unheard(1, "MULTI; INCR a; INCR b; EXEC"), heard(2, 3, "GET a", "\"1\""),
                  heard(4, 5, "GET b", "(nil $)")},
                 5);
}

TEST(Checker, JudgesApartWhatIsIndependent)
{
    const History history{heard(1, 2, "INCR a", "(integer) 1"),
                          heard(3, 4, "INCR b", "(integer) 1"),
                          heard(5, 6, "LMOVE l m LEFT LEFT", "(nil $)"),
                          heard(7, 8, "LMOVE m k LEFT LEFT", "(nil $)"),
                          heard(9, 10, "MULTI; INCR c; LPOP o; EXEC", "*[(integer) 1, (nil $)]"),
                          heard(11, 12, "LPOP k", "(nil $)"),
                          heard(13, 14, "LPOP o", "(nil $)"),
                          heard(15, 16, "GET a", "\"1\"")};
    std::vector<std::size_t> sizes;
    for (const History& part : independent_parts<CountersAndLists>(history))
        sizes.push_back(part.size());
    EXPECT_THAT(sizes, testing::UnorderedElementsAre(2, 1, 3, 2));
}

TEST(Checker, SaysWhatWasPossible)
{
    const std::string wrong =
        wrong_with<Counters>({heard(1, 2, "INCR n", "(integer) 1"), unheard(3, "INCR n"),
                              heard(4, 5, "GET n", "\"7\"")});
    EXPECT_THAT(wrong,
                HasSubstr("GET n  ->  \"7\"\npending then:\n    client 0 [3, never]  INCR n"));
    EXPECT_THAT(
        wrong,
        HasSubstr(
            "possible before:\n    n=1; happened:\n    n=2; happened: [3]\nreturned before:"));
    EXPECT_THAT(wrong, HasSubstr("1, 2]  INCR n  ->  (integer) 1\n"));
}

}  // namespace
}  // namespace mini_redis::tests
