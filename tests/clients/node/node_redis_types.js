// node-redis over every data type, in transactions, and waiting for another client, in both
// dialects: says what it saw of the server at the port that it is given. (Which member of a set
// stands first is the server's own business, so sets are told sorted.)
"use strict";
const { createClient, GEO_REPLY_WITH, RESP_TYPES } = require("redis");
const { attempt, say, scenarios, served } = require("./telling.js");

const [port] = process.argv.slice(2);
const sorted = async (promise) => (await promise).sort();

async function everything(iterator) {
  const found = [];
  for await (const some of iterator) found.push(...some);
  return found.map((one) => JSON.stringify(one)).sort();
}

async function strings(redis) {
  say(await redis.set("a", "Hello", { PX: 100000 }), await redis.set("a", "W", { KEEPTTL: true }));
  say(await redis.ttl("a"), await redis.getEx("a", { type: "PERSIST" }), await redis.ttl("a"));
  say(await redis.mSetNX({ b: "1", c: "2" }), await redis.setNX("b", "2"), await redis.getDel("c"));
  say(await redis.setRange("d", 3, "abc"), await redis.getRange("d", -3, -1));
  say(await redis.append("a", "!"));
  say(await redis.incrBy("n", 9), await redis.decrBy("n", 3), await redis.incrByFloat("n", 15));
  say(await redis.lcs("a", "d"), await redis.strLen("a"), await redis.lcsIdx("a", "a"));
  say(await redis.setBit("bits", 9, 1), await redis.getBit("bits", 9));
  say(await redis.bitPos("bits", 1));
  say(await redis.bitOp("NOT", "not", "bits"));
  say(await redis.bitCount("not", { start: 1, end: 5, mode: "BIT" }));
  say(await redis.bitField("bits", [
    { operation: "SET", encoding: "u8", offset: "#1", value: 255 },
    { operation: "OVERFLOW", behavior: "FAIL" },
    { operation: "INCRBY", encoding: "u8", offset: 8, increment: 1 }]));
}

async function lists(redis) {
  say(await redis.rPush("a", [..."abcabc"]), await redis.lPush("a", "z"));
  say(await redis.lPushX("no", "1"));
  say(await redis.lRange("a", 0, -1), await redis.lLen("a"), await redis.lIndex("a", -2));
  say(await redis.lInsert("a", "BEFORE", "b", "x"), await redis.lInsert("a", "AFTER", "no", "x"));
  say(await redis.lPos("a", "b"), await redis.lPosCount("a", "b", 0, { RANK: -1 }));
  say(await redis.lPos("a", "no"));
  say(await redis.lSet("a", 0, "Z"), await attempt(redis.lSet("a", 99, "1")));
  say(await redis.lRem("a", -1, "b"));
  say(await redis.lTrim("a", 0, 5), await redis.lMove("a", "b", "LEFT", "RIGHT"));
  say(await redis.rPopLPush("a", "b"));
  say(await redis.lmPop(["no", "b"], "LEFT"), await redis.lmPop(["a", "b"], "RIGHT", { COUNT: 9 }));
  say(await redis.lmPop("no", "LEFT"), await redis.rPopCount("b", 2), await redis.lPop("no"));
}

async function hashes(redis) {
  say(await redis.hSet("h", { name: "john", age: 30 }), await redis.hSet("h", "x", ""));
  say(await redis.hGetAll("h"), await redis.hGetAll("no"), await redis.hmGet("h", ["name", "no"]));
  say(await redis.hIncrBy("h", "age", 12), await redis.hIncrByFloat("h", "age", 0.25));
  say(await redis.hGet("h", "no"));
  say(await attempt(redis.hIncrBy("h", "name", 1)));
  say(await attempt(redis.hIncrByFloat("h", "name", 1)));
  say(await redis.hSetNX("h", "x", "1"), await redis.hExists("h", "x"));
  say(await redis.hStrLen("h", "name"));
  say(await sorted(redis.hKeys("h")), await sorted(redis.hVals("h")));
  say(await redis.hDel("h", ["x", "no"]));
  say(typeof (await redis.hRandField("h")), (await redis.hRandFieldCount("h", -9)).length);
  say(Object.keys((await redis.hRandFieldCountWithValues("h", 1))[0]), await redis.hLen("h"));
  const many = Array.from({ length: 1000 }, (_, i) => [`f${i}`, i]);
  say(await redis.hSet("big", many));
  say(await everything(redis.hScanIterator("big", { MATCH: "f99*" })));
}

async function sets(redis) {
  say(await redis.sAdd("a", [..."abcd"]), await redis.sAdd("b", [..."cde"]));
  say(await redis.sAdd("n", ["2", "1"]));
  say(await redis.sCard("a"), await redis.sIsMember("a", "b"));
  say(await redis.smIsMember("a", ["b", "z"]));
  say(await sorted(redis.sMembers("a")), await sorted(redis.sInter(["a", "b"])));
  say(await redis.sRem("a", "z"));
  say(await sorted(redis.sUnion(["a", "b"])), await sorted(redis.sDiff(["a", "b"])));
  say(await redis.sInter(["a", "no"]));
  say(await redis.sInterCard(["a", "b"]), await redis.sInterCard(["a", "a"], 2));
  say(await redis.sInterStore("i", ["a", "b"]));
  say(await redis.sUnionStore("u", ["a", "b"]), await redis.sDiffStore("d", ["a", "b"]));
  say(await sorted(redis.sMembers("d")));
  say(await redis.sMove("a", "b", "z"), (await redis.sRandMemberCount("u", -20)).length);
  say(await redis.sPop("no"));
  say(await sorted(redis.sPopCount("n", 9)), await everything(redis.sScanIterator("u")));
  say(await attempt(redis.get("a")));
}

const scored = (members) => Object.entries(members).map(([value, score]) => ({ value, score }));

async function fillSortedSets(redis) {
  say(await redis.zAdd("a", scored({ one: 1, two: 2, three: 3 })));
  say(await redis.zAdd("b", scored({ two: 20, three: 30, four: Infinity })));
  say(await redis.zAdd("w", scored({ ant: 0, bee: 0, cat: 0, dog: 0 })));
}

async function sortedSets(redis) {
  await fillSortedSets(redis);
  say(await redis.zAdd("a", scored({ one: 5, six: 6 }), { condition: "XX", CH: true }));
  say(await redis.zAddIncr("a", scored({ one: 1 }), { condition: "NX" }));
  say(await redis.zIncrBy("a", -2.75, "one"));
  say(await redis.zIncrBy("a", 1e20, "six"), await redis.zScore("b", "four"));
  say(await redis.zScore("a", "no"));
  say(await redis.zmScore("a", ["one", "no"]), await redis.zCard("a"));
  say(await redis.zCount("a", "(2", "+inf"));
  say(await redis.zRank("a", "one"), await redis.zRevRank("a", "one"));
  say(await redis.zRank("a", "no"));
  say(await redis.zRangeWithScores("a", 0, -1), await redis.zRange("a", 0, 1, { REV: true }));
  say(await redis.zRange("a", "(2", "+inf", { BY: "SCORE", LIMIT: { offset: 0, count: 1 } }));
  say(await redis.zRange("w", "[bee", "(dog", { BY: "LEX" }));
  say(await redis.zRangeByLex("w", "(ant", "+"));
  say(await redis.zRangeByScoreWithScores("a", 2, "(3"), await redis.zLexCount("w", "[b", "[d"));
  say(await redis.zRemRangeByLex("w", "-", "(bee"), await redis.zRemRangeByRank("w", 0, 0));
  say(await redis.zRemRangeByScore("b", "inf", "inf"), await redis.zRem("a", ["six", "no"]));
  say(await redis.zRangeStore("c", "a", 0, 1, { REV: true }));
  say(await redis.zRangeWithScores("c", 0, -1));
}

async function algebra(redis) {
  await fillSortedSets(redis);
  const weighted = [{ key: "a", weight: 2 }, { key: "b", weight: 0.5 }];
  say(await redis.zUnionWithScores(weighted, { AGGREGATE: "MAX" }));
  say(await redis.zInterWithScores(["a", "b"]), await redis.zDiffWithScores(["a", "b"]));
  say(await redis.zDiff(["b", "a"]));
  say(await redis.zUnionStore("u", ["a", "b"], { AGGREGATE: "MIN" }));
  say(await redis.zInterStore("i", ["a", "b"]));
  say(await redis.zDiffStore("d", ["b", "a"]), await redis.zRangeWithScores("d", 0, -1));
  say(await redis.zInterCard(["a", "b"], 1));
  say(await redis.zmPop(["no", "a"], "MIN"), await redis.zmPop("a", "MAX", { COUNT: 9 }));
  say(await redis.zmPop("a", "MIN"));
  say(await redis.zPopMin("u"), await redis.zPopMaxCount("u", 2));
  say((await redis.zRandMemberCount("b", -5)).length);
  say(await redis.zPopMin("no"));
  const found = [];
  for await (const some of redis.zScanIterator("b")) found.push(some);
  say(found.flat().map((one) => `${one.value} ${one.score}`).sort());
}

async function streams(redis) {
  for (const i of "12345")
    say(await redis.xAdd("s", `${i}-1`, { n: i, text: `entry ${i}` }));
  const TRIM = { strategy: "MAXLEN", strategyModifier: "=", threshold: 5 };
  say(await redis.xAdd("s", "6-*", { n: "6" }, { TRIM }));
  say(await attempt(redis.xAdd("s", "1-1", { n: "1" })));
  say(await redis.xAddNoMkStream("no", "*", { n: "1" }), await redis.xLen("s"));
  say(await redis.xRange("s", "-", "+"));
  say(await redis.xRange("s", "(2-1", "4", { COUNT: 1 }), await redis.xRevRange("s", "+", "(5-1"));
  say(await redis.xRead([{ key: "s", id: "0" }, { key: "no", id: "0" }], { COUNT: 1 }));
  say(await redis.xRead({ key: "s", id: "$" }), await redis.xDel("s", ["3-1", "9-9"]));
  say(await redis.xTrim("s", "MINID", 4), await redis.xInfoStream("s"));
}

async function groups(redis) {
  say(await redis.xGroupCreate("s", "g", "0", { MKSTREAM: true }));
  say(await attempt(redis.xGroupCreate("s", "g", "0")));
  for (let i = 1; i < 6; ++i) await redis.xAdd("s", `${i}-0`, { n: String(i) });
  const unread = { key: "s", id: ">" };
  say(await redis.xReadGroup("g", "alice", unread, { COUNT: 2 }));
  say(await redis.xReadGroup("g", "bob", unread, { COUNT: 2 }));
  say(await redis.xAck("s", "g", "1-0"));
  say(await redis.xReadGroup("g", "alice", { key: "s", id: "0" }));
  say(await redis.xPending("s", "g"));
  const pending = await redis.xPendingRange("s", "g", "-", "+", 9);
  say(pending.map((one) => [one.id, one.consumer, one.deliveriesCounter]));
  say(await redis.xClaim("s", "g", "carol", 0, "2-0"));
  say(await redis.xClaimJustId("s", "g", "carol", 0, "3-0"));
  say(await redis.xDel("s", "4-0"), await redis.xAutoClaim("s", "g", "dave", 0, "0", { COUNT: 2 }));
  say(await redis.xAutoClaimJustId("s", "g", "dave", 0, "3-0"), await redis.xInfoGroups("s"));
  const consumers = await redis.xInfoConsumers("s", "g");
  say(consumers.map((one) => [one.name, one.pending]));
  say(await redis.xGroupDelConsumer("s", "g", "dave"));
  say(await redis.xGroupSetId("s", "g", "$"), await redis.xGroupDestroy("s", "g"));
  say(await attempt(redis.xReadGroup("g", "bob", unread)));
}

async function places(redis) {
  say(await redis.geoAdd("g", [{ longitude: 13.361389, latitude: 38.115556, member: "Palermo" },
    { longitude: 15.087269, latitude: 37.502669, member: "Catania" }]));
  say(await redis.geoDist("g", "Palermo", "Catania", "km"));
  say(await redis.geoHash("g", ["Palermo", "no"]));
  say(await redis.geoPos("g", ["Palermo", "no"]));
  say(await attempt(redis.geoAdd("g", { longitude: 200, latitude: 0, member: "nowhere" })));
  const [centre, circle] = [{ longitude: 15, latitude: 37 }, { radius: 200, unit: "km" }];
  say(await redis.geoSearchWith("g", centre, circle,
    [GEO_REPLY_WITH.DISTANCE, GEO_REPLY_WITH.HASH, GEO_REPLY_WITH.COORDINATES], { SORT: "ASC" }));
  say(await redis.geoSearch("g", "Catania", { width: 500, height: 300, unit: "km" },
    { SORT: "DESC", COUNT: 1 }));
  say(await redis.geoSearchStore("d", "g", centre, circle, { STOREDIST: true }));
  say(await redis.zRangeWithScores("d", 0, -1));
}

async function otherThings(redis) {
  say(await redis.pfAdd("p", [..."abcdefg"]), await redis.pfAdd("p", "a"));
  say(await redis.pfAdd("q", "x"));
  say(await redis.pfCount(["p", "q"]), await redis.pfMerge("r", ["p", "q"]));
  say(await redis.pfCount("r"));
  say(await redis.rPush("ids", ["3", "1", "2", "10"]));
  say(await redis.mSet({ w_1: "5", w_2: "1", w_3: "9" }));
  say(await redis.sort("ids"));
  say(await redis.sort("ids", { BY: "w_*", GET: ["#", "w_*"], DIRECTION: "DESC" }));
  say(await redis.sortStore("ids", "dest", { ALPHA: true, LIMIT: { offset: 1, count: 2 } }));
  say(await redis.lRange("dest", 0, -1));
  say(await redis.zAdd("z", { score: 1.5, value: "one" }), await redis.hSet("h", "f", "v"));
  say(await redis.sAdd("s", ["1", "2"]));
  const binary = redis.withTypeMapping({ [RESP_TYPES.BLOB_STRING]: Buffer });
  for (const key of ["w_1", "ids", "z", "h", "s"]) {
    const payload = await binary.dump(key);
    say(key, payload, await redis.restore("copy", 0, payload, { REPLACE: true }));
    say(await redis.type("copy"));
    say(await attempt(redis.restore("copy", 0, payload)));
    say(await attempt(redis.restore("x", 0, "no dump")));
  }
}

async function transactions(redis, rival) {
  say(await redis.multi().set("a", "1").incr("a").rPush("l", ["1", "2"]).lRange("l", 0, -1).exec());
  const failing = await attempt(redis.multi().set("a", "x").incr("a").hSet("h", "f", 1).exec());
  say(failing, await redis.get("a"), await redis.hGetAll("h"));
  say(await attempt(redis.multi().set("a", "2").addCommand(["NOSUCH"]).exec()));
  say(await redis.get("a"));
  say(await redis.watch("a"), await rival.set("a", "theirs"));
  say(await attempt(redis.multi().set("a", "mine").exec()), await redis.get("a"));
  say(await redis.watch("a"), await rival.set("b", "1"));
  say(await redis.multi().set("a", "mine").exec());
  say(await redis.watch("a"), await rival.del("a"), await redis.unwatch());
  say(await redis.multi().get("a").exec());
  say(await redis.multi().blPop("no", 0).bzPopMin("no", 0)
    .xRead({ key: "no", id: "0" }, { BLOCK: 0 }).exec());
  say(await redis.multi().zAdd("z", { score: 1, value: "one" }).zPopMin("z").hGetAll("h").exec());
}

async function waiting(redis, rival) {
  say(await redis.xGroupCreate("s", "g", "$", { MKSTREAM: true }));
  const [added, unread] = [{ key: "s", id: "$" }, { key: "s", id: ">" }];
  for (const [wait, serve] of [
    [() => rival.blPop(["no", "a"], 0), () => redis.rPush("a", ["1", "2"])],
    [() => rival.brPop("b", 60), () => redis.lMove("a", "b", "LEFT", "LEFT")],
    [() => rival.blMove("c", "d", "LEFT", "RIGHT", 0), () => redis.multi().rPush("c", "1").exec()],
    [() => rival.brPopLPush("e", "d", 0), () => redis.rename("d", "e")],
    [() => rival.blmPop(0, ["no", "f"], "LEFT", { COUNT: 2 }), () => redis.rPush("f", [..."123"])],
    [() => rival.bzPopMin(["no", "z"], 0), () => redis.zAdd("z", scored({ one: 1, two: 2.5 }))],
    [() => rival.bzPopMax("y", 60), () => redis.zUnionStore("y", ["z"])],
    [() => rival.bzmPop(0, "x", "MIN"), () => redis.zIncrBy("x", 1, "one")],
    [() => rival.xRead(added, { BLOCK: 0 }), () => redis.xAdd("s", "1-1", { n: "1" })],
    [() => rival.xReadGroup("g", "me", unread), () => redis.ping()],
    [() => rival.xReadGroup("g", "me", unread, { BLOCK: 60000 }),
      () => redis.xAdd("s", "2-1", { n: "2" })],
    [() => rival.blPop("no", 0.02), () => redis.ping()],
    [() => rival.xRead(added, { BLOCK: 20 }), () => redis.ping()],
    [() => rival.bzPopMin("no", 0.02), () => redis.ping()],
    [() => rival.blPop("no", -1), () => redis.ping()],
    [() => rival.blPop("z", 0), () => redis.ping()]])
    say(await served(() => redis.info("clients"), wait, serve));
  say(await redis.lRange("b", 0, -1), await redis.exists(["c", "d", "e", "f"]));
  say(await redis.xPending("s", "g"));
}

async function everyType() {
  for (const RESP of [2, 3]) {
    // (XREAD in the newer dialect has to be asked for by that name: the client may change it.)
    const options = { url: `redis://127.0.0.1:${port}`, RESP, unstableResp3: true };
    const redis = await createClient(options).connect();
    const rival = await redis.duplicate().connect();
    for (const one of [strings, lists, hashes, sets, sortedSets, algebra, streams, groups, places,
      otherThings, transactions, waiting]) {
      console.log(`= ${one.name}, RESP${RESP}, ${await redis.flushAll()}`);
      await one(redis, rival);
    }
    await rival.close();
    await redis.close();
  }
}

scenarios(everyType);
