// One table: the names of arguments, what is usually given for them, and their edges, typed as for
// redis-cli. Between ten thousand and 2^32 there are no integers: as offsets of bits they would be
// valid, and huge.
#include "tests/conformance/values.hpp"

#include "tests/support/words.hpp"

#include <algorithm>
#include <map>

namespace mini_redis::tests {
namespace {

struct Choice {
    Choice(std::string_view usual_words, std::string_view odd_words)
        : usual(split_words(usual_words)), odd(split_words(odd_words))
    {
    }

    std::string pick(Dice& dice) const { return dice.pick(dice.chance(85) ? usual : odd); }

    Words usual;
    Words odd;
};

const Words families{"string", "list", "set", "zset", "hash", "stream"};

const Words odd_keys = split_words(
    R"(key k1 Key "" "a b" "\x00\r\n\xff" [k*?]
       a-key-that-is-long-enough-to-leave-every-small-string-optimisation)");

const Choice integers("0 1 -1 2 -2 3 5 7 8 10 16 -16 31 63 64 99 100 255 256 999 10000",
                      R"(4294967296 9223372036854775807 9223372036854775808 -9223372036854775808 -0
       -9223372036854775809 18446744073709551615 18446744073709551616 +1 01 " 1" "1 " 1.0 1e3 0x10
       ten "" "1\x00" 99999999999999999999999999)");
const Choice floats(
    "0 1 -1 1.5 -2.25 0.1 3.0e3 1e-5 100 3.14 -0.3 1e17 12345.678901234567",
    R"(inf -inf +inf infinity nan -nan 1e400 -1e400 1e308 1.7976931348623157e308 5e-324 1e-400
       0x1p3 -0 +5 " 1.5" "1.5 " 1,5 1.5.5 "" abc 1e .5 5. 100000000000000000000000.5
       9007199254740993)");
const Choice texts(
    R"(a b abc hello "hello world" 12 -7 0 3.0 foobar ohmytext mynewtext "\xff\xf0\x00" "\x00\x80"
       9999 10000)",
    R"("" "\x00\r\n\x01\xfe" " " EX "*3\r\n$3\r\n" 9223372036854775807 -9223372036854775808
       9223372036854775808 00 1e400 inf "\xe2\x82\xac \xf0\x9f\x98\x80")");
const Choice patterns("* k* *1 ?ey string:[1-2] *:* [a-z]*:[^1] zset:* K* key nothing*",
                      R"("" [ [^ \ k\* \[k* [z-a]* [a- ** *?*?*?* [\]]* "\x00*" [] k[]*)");
const Choice times(
    "1 1000000000 1000000000000",
    R"(0 -1 -1000000 9223372036854775807 -9223372036854775808 9223372036854775 9223370000000000
       -9223372036854775 9223372036854775808 abc 1.5 "" "1 ")");

// How long a command may wait for others: not long, for there are none.
const Choice patience_s("0.001 0.002 1e-3", R"(-1 nan inf abc "" -0.5 1e300 " 0.001")");
const Choice patience_ms("1 2", R"(-1 abc "" 1.5 9223372036854775808 "1 ")");
const Choice databases("0 0 1 2", R"(9 15 16 -1 abc "" 4294967296 9223372036854775808 1.0)");
const Choice bits("0 1", R"(2 -1 a "" 01 10)");
const Choice client_names(R"(name worker-1 "")", R"("two words" "line\nbreak" "\x7f" "\xc3\xa9")");
const Choice commands("get SET bitfield client|list", R"(nosuch "" client|nosuch get|x)");
const Choice members("a b c d e 1 2 42", R"("" A "\x00\n"
       a-member-that-is-longer-than-the-64-bytes-that-fit-into-a-small-collection)");
const Choice score_bounds("-inf +inf 0 1 2 3.14 (1 2.5 -1 (5 100 (-2",
                          R"(nan (nan ( "" a [a ((1 1e400)");
const Choice text_bounds("- + [a (c [b (e [1 (42 [", R"(a "" ( [[ 1 -a "-\x00" (a\x00)");
const Choice bounds("0 -1 1 2 -2 5 0 -1 3 (1 (2 [a (c - + -inf +inf 2.5",
                    R"(nan (nan ( "" a [ ((1)");
const Choice angles("0 13.361389 38.115556 -74.0059 40.7127 85 15.087269 37.502669 13.5 38",
                    "180 -180 -180.1 85.06 -85.05112878 nan north");
const Choice lengths("0 1 10 200 500.5 3000 20000", "1e8 -1 inf nan far 0x10 1e-3");
const Choice ids("1-1 2-0 3 5-1 10-10 20-0 20-2 - + (2-0 $ >",
                 R"(0-0 abc 1- -1-1 18446744073709551615-18446744073709551615 ( 1-1-1 "" "1-1\x00"
                 " 1-1" 1-+1 "1- -1" 01-01 18446744073709551616 (18446744073709551615)");
// Explicit and rising, so that most can be added and several commands mean the same entry.
const Choice new_ids("1-1 1-* 2-* 3 5-1 5-* 8-8 10-* 10-10 15-1 15-* 20-0 20-* 20-* 20-* 20-*",
                     "0-* 0-0 0-1 *-* 1-** - + abc 18446744073709551615-*");
// Where a number alone would be a time if a word in front of it were missing.
const Choice whole_ids("1-1 2-0 3-0 5-1 5-2 10-10 20-0 20-1 20-2 20-3",
                       "0-0 - (1-1 abc 18446744073709551615-18446744073709551615");
const Choice thresholds("0 1 2 3 5 10 100 2-0 5-1 15-2",
                        R"(-1 - + abc "" (1-1 9223372036854775808)");
// Nothing that passes while a session lasts.
const Choice idle_times(
    "0 0 0 1000000 150000000",
    R"(-1 -9223372036854775808 9223372036854775807 9223372036854775808 abc "")");
const Choice groups("g h", R"("" nosuchgroup)");
const Choice sizes("0 1 2 3 5 7 10 100", "-1 4294967296 abc 9223372036854775808 1.5");
// What DUMP of redis-server 7.0.15 gives: strings, a hash, sets, a list. And what RESTORE refuses.
const Choice payloads(R"(
  "\x00\xc0\x0a\x0a\x00n\x9fWE\x0e\xaec\xbb"
  "\x00\x05hello\x0a\x00cr\xdfve4 \x0a"
  "\x10\x0c\x0c\x00\x00\x00\x02\x00\x81a\x02\x01\x01\xff\x0a\x00\x84\xa6\x93\xe8\xaa\x17\xe4\xdb"
  "\x0b\x0c\x02\x00\x00\x00\x02\x00\x00\x00\x01\x00\x02\x00\x0a\x00oy8\xb14\xeb ."
  "\x02\x01\x01b\x0a\x00\xcbL\xbetm\x07uZ"
  "\x12\x01\x02\x0a\x0a\x00\x00\x00\x01\x00\x81a\x02\xff\x0a\x00\x09\xb9\xed\xf5\x94\xde\xd9\x95")",
                      R"("" abc
  "\x000hello\x0a\x00[\xa6OC\x8f\xae]\xfd"
  "\x02\x00\x0a\x00:\xce9\x00\x9b\x899\xe8")");
const Choice indexes("0 1 2 4 10 -1 -2 -3 -100 100",
                     R"(9223372036854775807 -9223372036854775808 9223372036854775808 abc 1.0 "")");

// None is too long for a packed sorted set: in a large one of mixed scores Redis finds by text what
// its skip list's dice let it find.
const Choice sorted_members("a b c d e 1 2 42", R"("" A "\x00\n" a-member-of-twenty-bytes)");

// "command.argument" where the argument's name alone would mislead.
const std::map<std::string, Choice> named{
    {"bit", bits},
    {"setbit.value", bits},
    {"clientname", client_names},
    {"connection-name", client_names},
    {"command", commands},
    {"command-name", commands},
    {"consumer", groups},
    {"consumername", groups},
    {"group", groups},
    {"groupname", groups},
    {"count", sizes},
    {"limit", sizes},
    {"num-matches", sizes},
    {"cursor", {"0", R"(abc "" -1 18446744073709551616 "1 " 0x1)"}},
    {"db", databases},
    {"destination-db", databases},
    {"index1", databases},
    {"index2", databases},
    {"select.index", databases},
    {"element", members},
    {"field", members},
    {"member", members},
    {"member1", members},
    {"member2", members},
    {"pivot", members},
    {"encoding",
     {"u1 u8 i8 i5 u16 i16 u31 i32 u63 i64 i1", R"(u64 i65 u0 i0 x8 u "" U8 u-1 u08 8)"}},
    {"event", {"command fast-command", R"(nosuch "" *)"}},
    {"id", ids},
    {"last-id", ids},
    {"max_deleted_entry_id", ids},
    {"min-idle-time", idle_times},
    {"ms", {"0 100000000 200000000", R"(-1 9223372036854775807 -9223372036854775808 abc "")"}},
    {"threshold", thresholds},
    {"xack.id", whole_ids},
    {"xadd.id", new_ids},
    {"xautoclaim.count",
     {"1 2 3 5 10 100", R"(0 -1 abc "" 576460752303423488 9223372036854775808)"}},
    {"xautoclaim.start", whole_ids},
    {"xclaim.id", whole_ids},
    {"xpending.start", ids},
    {"xpending.end", ids},
    {"xrange.start", ids},
    {"xrange.end", ids},
    {"xreadgroup.id", {"> > > > 0 1-1 5-1", "$ - + 18446744073709551615-18446744073709551615 abc"}},
    {"xrevrange.start", ids},
    {"xrevrange.end", ids},
    {"index", indexes},
    {"start", indexes},
    {"end", indexes},
    {"stop", indexes},
    {"latitude", angles},
    {"longitude", angles},
    {"radius", lengths},
    {"width", lengths},
    {"height", lengths},
    {"max", score_bounds},
    {"min", score_bounds},
    {"geoadd.member", sorted_members},
    {"zadd.member", sorted_members},
    {"zincrby.member", sorted_members},
    {"zlexcount.max", text_bounds},
    {"zlexcount.min", text_bounds},
    {"zrange.start", bounds},
    {"zrange.stop", bounds},
    {"zrangebylex.max", text_bounds},
    {"zrangebylex.min", text_bounds},
    {"zrangestore.max", bounds},
    {"zrangestore.min", bounds},
    {"zremrangebylex.max", text_bounds},
    {"zremrangebylex.min", text_bounds},
    {"zrevrangebylex.max", text_bounds},
    {"zrevrangebylex.min", text_bounds},
    {"offset",
     {"0 1 7 8 15 100 1023 2000 #0 #1 #9",
      R"(-1 4294967296 9223372036854775807 9223372036854775808 #-1 # ##1 x "")"}},
    {"operation", {"AND OR XOR not NOT xor", R"(NAND "" "AND " NO)"}},
    {"pfdebug.subcommand", {"getreg DECODE encoding todense", R"(nosuch "" help)"}},
    {"protover", {"2 3", R"(1 4 0 -2 three "" 9223372036854775808)"}},
    {"section",
     {"server clients memory stats keyspace cpu CommandStats errorstats default all everything",
      R"(nosuch "")"}},
    {"serialized-value", payloads},
    {"timeout", patience_s},
    {"type", {"string list hash STRING", R"(nosuch "" str module)"}},
    {"username", {"default", R"(nobody "" Default)"}},
    {"version", {"5 6 1", "-1 abc"}},
    {"xread.milliseconds", patience_ms},
    {"xreadgroup.milliseconds", patience_ms},
};

const Choice* choice_for(const std::string& command, const std::string& name)
{
    for (const auto& key : {command + '.' + name, name})
        if (const auto found = named.find(key); found != named.end()) return &found->second;
    return nullptr;
}

bool is_fine(std::string_view name)
{
    return name == "ttl" || name.find("milliseconds") != std::string_view::npos;
}

// Units of seconds or milliseconds: hours at least lie between it and now, and no two are close,
// or GT and LT would ask the clock.
std::string random_time(Dice& dice, bool absolute, bool milliseconds)
{
    if (dice.chance(12)) return dice.pick(times.odd);
    if (absolute && dice.chance(15)) return dice.pick(times.usual);
    const std::uint64_t unit = milliseconds ? 1000 : 1;
    const std::uint64_t origin = absolute ? 4'102'444'800 : 10'000;
    return std::to_string((origin + dice.below(1'000'000'000)) * unit);
}

std::string random_text(Dice& dice)
{
    // 44 bytes are the most that Redis keeps beside the key.
    if (dice.chance(3)) return std::string(44 + dice.below(dice.chance(50) ? 2 : 1500), 'x');
    if (dice.chance(15)) return dice.pick(integers.usual);
    return texts.pick(dice);
}

}  // namespace

std::string random_key(Dice& dice, std::string_view group)
{
    if (dice.chance(8)) return dice.pick(odd_keys);
    std::string family = dice.pick(families);
    if (group == "sorted-set" || group == "geo") group = "zset";
    if (group == "bitmap" || group == "hyperloglog") group = "string";
    if (group == "generic" && dice.chance(50)) group = "string";
    if (dice.chance(90) && std::find(families.begin(), families.end(), group) != families.end())
        family = group;
    return family + ':' + std::to_string(1 + dice.below(4));
}

std::string random_value(Dice& dice, const std::string& command, const Argument& argument)
{
    const auto& name = argument.name;
    if (const auto* choice = choice_for(command, name)) return choice->pick(dice);
    if (is_time(argument)) return random_time(dice, argument.type == "unix-time", is_fine(name));
    if (argument.type == "pattern") return patterns.pick(dice);
    if (argument.type == "integer") return integers.pick(dice);
    if (argument.type == "double") return floats.pick(dice);
    return random_text(dice);
}

std::string random_junk(Dice& dice, bool numbers)
{
    if (!numbers) return dice.pick(dice.chance(50) ? texts.odd : odd_keys);
    switch (dice.below(4)) {
        case 0:
            return dice.pick(integers.odd);
        case 1:
            return dice.pick(texts.odd);
        case 2:
            return dice.pick(integers.usual);
        default:
            return random_key(dice, "");
    }
}

bool is_time(const Argument& argument)
{
    const auto& name = argument.name;
    return argument.type == "unix-time" || is_fine(name) || name == "seconds" || name == "ttl" ||
           name == "min-idle-time" || name == "timeout";
}

}  // namespace mini_redis::tests
