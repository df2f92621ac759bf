// ioredis over every data type, in transactions, and waiting for another client: says what it saw
// of the server at the port that it is given. (Which member of a set stands first is the server's
// own business, so sets are told sorted.)
"use strict";
const Redis = require("ioredis");
const { attempt, say, scenarios, served } = require("./telling.js");

const [port] = process.argv.slice(2);
const redis = new Redis(port);
const rival = new Redis(port);

const sorted = async (promise) => (await promise).sort();

async function strings() {
  say(await redis.set("a", "Hello", "PX", 100000), await redis.set("a", "World", "KEEPTTL"));
  say(await redis.ttl("a"), await redis.getex("a", "PERSIST"), await redis.ttl("a"));
  say(await redis.msetnx("a", 1, "b", 2), await redis.msetnx({ b: 2, c: 3 }));
  say(await redis.setnx("b", 1));
  say(await redis.setrange("d", 3, "abc"), await redis.getBuffer("d"));
  say(await redis.getrange("d", -3, -1));
  say(await redis.append("a", "!"), await redis.strlen("a"), await redis.getdel("c"));
  say(await redis.incrby("n", 9), await redis.decrby("n", 3));
  say(await redis.incrbyfloat("n", "1.5e1"));
  say(await redis.lcs("a", "d"), await redis.lcs("a", "a", "LEN"));
  say(await redis.lcs("a", "a", "IDX"));
  say(await redis.setbit("bits", 9, 1), await redis.getbit("bits", 9));
  say(await redis.bitpos("bits", 1));
  say(await redis.bitop("NOT", "not", "bits"), await redis.getBuffer("not"));
  say(await redis.bitcount("not", 1, 5, "BIT"));
  say(await redis.bitfield("bits", "SET", "u8", "#1", 255, "OVERFLOW", "FAIL",
    "INCRBY", "u8", 8, 1));
  say(await redis.bitfield_ro("bits", "GET", "i5", 7), await attempt(redis.setbit("bits", 1, 2)));
}

async function lists() {
  say(await redis.rpush("a", ..."abcabc"), await redis.lpush("a", "z"));
  say(await redis.lpushx("no", 1));
  say(await redis.lrange("a", 0, -1), await redis.llen("a"), await redis.lindex("a", -2));
  say(await redis.linsert("a", "BEFORE", "b", "x"), await redis.linsert("a", "AFTER", "no", "x"));
  say(await redis.lpos("a", "b"), await redis.lpos("a", "b", "RANK", -1, "COUNT", 0));
  say(await redis.lpos("a", "no"));
  say(await redis.lset("a", 0, "Z"), await attempt(redis.lset("a", 99, 1)));
  say(await redis.lrem("a", -1, "b"));
  say(await redis.ltrim("a", 0, 5), await redis.lmove("a", "b", "LEFT", "RIGHT"));
  say(await redis.rpoplpush("a", "b"));
  say(await redis.lmpop(2, "no", "b", "LEFT"), await redis.lmpop(2, "a", "b", "RIGHT", "COUNT", 9));
  say(await redis.lmpop(1, "no", "LEFT"), await redis.rpop("b", 2), await redis.lpop("no"));
}

async function hashes() {
  say(await redis.hset("h", { name: "john", age: 30 }));
  say(await redis.hset("h", new Map([["x", ""]])));
  say(await redis.hgetall("h"), await redis.hgetall("no"), await redis.hgetallBuffer("h"));
  say(await redis.hmset("h", "age", 31), await redis.hmget("h", "name", "no", "age"));
  say(await redis.hget("h", "no"));
  say(await redis.hincrby("h", "age", 11), await redis.hincrbyfloat("h", "age", 0.25));
  say(await attempt(redis.hincrby("h", "name", 1)));
  say(await attempt(redis.hincrbyfloat("h", "name", 1)));
  say(await redis.hsetnx("h", "x", 1), await redis.hexists("h", "x"));
  say(await redis.hstrlen("h", "name"));
  say(await sorted(redis.hkeys("h")), await sorted(redis.hvals("h")));
  say(await redis.hdel("h", "x", "no"));
  say(typeof (await redis.hrandfield("h")), (await redis.hrandfield("h", -9, "WITHVALUES")).length);
  const many = Array.from({ length: 1000 }, (_, i) => [`f${i}`, i]);
  say(await redis.hset("big", Object.fromEntries(many)), await redis.hlen("big"));
  const found = {};
  for await (const flat of redis.hscanStream("big", { match: "f99*", count: 100 }))
    for (let i = 0; i < flat.length; i += 2) found[flat[i]] = flat[i + 1];
  say(found, await redis.hscan("h", 0, "MATCH", "no*"));
}

async function sets() {
  say(await redis.sadd("a", ..."abcd"), await redis.sadd("b", ..."cde"));
  say(await redis.sadd("n", 3, 1, 2));
  say(await redis.scard("a"), await redis.sismember("a", "b"));
  say(await redis.smismember("a", "b", "z"));
  say(await sorted(redis.smembers("a")), await sorted(redis.sinter("a", "b")));
  say(await redis.srem("a", "z"));
  say(await sorted(redis.sunion("a", "b")), await sorted(redis.sdiff("a", "b")));
  say(await redis.sinter("a", "no"));
  say(await redis.sintercard(2, "a", "b"), await redis.sintercard(2, "a", "a", "LIMIT", 2));
  say(await redis.sinterstore("i", "a", "b"), await redis.sunionstore("u", "a", "b"));
  say(await redis.sdiffstore("d", "a", "b"), await sorted(redis.smembers("d")));
  say(await redis.smove("a", "b", "z"));
  say((await redis.srandmember("u", -20)).length, await sorted(redis.spop("n", 9)));
  say(await redis.spop("no"));
  const found = new Set();
  for await (const some of redis.sscanStream("u", { count: 2 }))
    some.forEach((one) => found.add(one));
  say([...found].sort(), await attempt(redis.get("a")));
}

async function fillSortedSets() {
  say(await redis.zadd("a", 1, "one", 2, "two", 3, "three"));
  say(await redis.zadd("b", 20, "two", 30, "three", "+inf", "four"));
  say(await redis.zadd("w", 0, "ant", 0, "bee", 0, "cat", 0, "dog"));
}

async function sortedSets() {
  await fillSortedSets();
  say(await redis.zadd("a", "XX", "CH", 5, "one", 6, "six"));
  say(await redis.zadd("a", "NX", "INCR", 1, "one"));
  say(await redis.zadd("a", "GT", 1, "one"), await redis.zadd("a", "INCR", -2.75, "one"));
  say(await redis.zincrby("a", 1e20, "six"), await redis.zscore("b", "four"));
  say(await redis.zscore("a", "no"));
  say(await redis.zmscore("a", "one", "no"), await redis.zcard("a"));
  say(await redis.zcount("a", "(2", "+inf"));
  say(await redis.zrank("a", "one"), await redis.zrevrank("a", "one"));
  say(await redis.zrank("a", "no"));
  say(await redis.zrange("a", 0, -1, "WITHSCORES"), await redis.zrange("a", 0, 1, "REV"));
  say(await redis.zrange("a", "(2", "+inf", "BYSCORE", "LIMIT", 0, 1));
  say(await redis.zrange("w", "[bee", "(dog", "BYLEX"));
  say(await redis.zrevrange("a", 0, 1), await redis.zrangebyscore("a", 2, "(3", "WITHSCORES"));
  say(await redis.zrangebylex("w", "(ant", "+", "LIMIT", 1, 1));
  say(await redis.zrevrangebylex("w", "+", "[bee"));
  say(await redis.zrevrangebyscore("a", "+inf", 3), await redis.zlexcount("w", "[b", "[d"));
  say(await redis.zremrangebylex("w", "-", "(bee"), await redis.zremrangebyrank("w", 0, 0));
  say(await redis.zremrangebyscore("b", "inf", "inf"), await redis.zrem("a", "six", "no"));
  say(await redis.zrangestore("c", "a", 0, 1, "REV"), await redis.zrange("c", 0, -1, "WITHSCORES"));
}

async function algebra() {
  await fillSortedSets();
  say(await redis.zunion(2, "a", "b", "WEIGHTS", 2, 0.5, "AGGREGATE", "MAX", "WITHSCORES"));
  say(await redis.zinter(2, "a", "b", "WITHSCORES"), await redis.zdiff(2, "a", "b", "WITHSCORES"));
  say(await redis.zunionstore("u", 2, "a", "b", "AGGREGATE", "MIN"));
  say(await redis.zinterstore("i", 2, "a", "b"));
  say(await redis.zdiffstore("d", 2, "b", "a"), await redis.zrange("d", 0, -1, "WITHSCORES"));
  say(await redis.zintercard(2, "a", "b", "LIMIT", 1));
  say(await redis.zrange("u", 0, -1, "WITHSCORES"));
  say(await redis.zmpop(2, "no", "a", "MIN"), await redis.zmpop(1, "a", "MAX", "COUNT", 9));
  say(await redis.zmpop(1, "a", "MIN"));
  say(await redis.zpopmin("u"), await redis.zpopmax("u", 2));
  say((await redis.zrandmember("b", -5)).length);
  const found = {};
  for await (const flat of redis.zscanStream("b"))
    for (let i = 0; i < flat.length; i += 2) found[flat[i]] = flat[i + 1];
  say(found);
}

async function streams() {
  for (let i = 1; i < 6; ++i) say(await redis.xadd("s", `${i}-1`, "n", i, "text", `entry ${i}`));
  say(await redis.xadd("s", "MAXLEN", "=", 5, "6-*", "n", 6));
  say(await attempt(redis.xadd("s", "1-1", "n", 1)));
  say(await redis.xadd("no", "NOMKSTREAM", "*", "n", 1), await redis.xlen("s"));
  say(await redis.xrange("s", "-", "+"));
  say(await redis.xrange("s", "(2-1", 4, "COUNT", 1), await redis.xrevrange("s", "+", "(5-1"));
  say(await redis.xread("COUNT", 1, "STREAMS", "s", "no", 0, 0));
  say(await redis.xread("STREAMS", "s", "$"));
  say(await redis.xdel("s", "3-1", "9-9"), await redis.xtrim("s", "MINID", "4"));
  say(await redis.xinfo("STREAM", "s"));
}

async function groups() {
  say(await redis.xgroup("CREATE", "s", "g", 0, "MKSTREAM"));
  say(await attempt(redis.xgroup("CREATE", "s", "g", 0)));
  for (let i = 1; i < 6; ++i) await redis.xadd("s", `${i}-0`, "n", i);
  say(await redis.xreadgroup("GROUP", "g", "alice", "COUNT", 2, "STREAMS", "s", ">"));
  say(await redis.xreadgroup("GROUP", "g", "bob", "COUNT", 2, "STREAMS", "s", ">"));
  say(await redis.xack("s", "g", "1-0"));
  say(await redis.xreadgroup("GROUP", "g", "alice", "STREAMS", "s", 0));
  say(await redis.xpending("s", "g"));
  const pending = await redis.xpending("s", "g", "-", "+", 9);
  say(pending.map(([id, consumer, , count]) => [id, consumer, count]));
  say(await redis.xclaim("s", "g", "carol", 0, "2-0"));
  say(await redis.xclaim("s", "g", "carol", 0, "3-0", "JUSTID"));
  say(await redis.xdel("s", "4-0"), await redis.xautoclaim("s", "g", "dave", 0, 0, "COUNT", 2));
  say(await redis.xautoclaim("s", "g", "dave", 0, "3-0", "JUSTID"));
  say(await redis.xinfo("GROUPS", "s"));
  const consumers = await redis.xinfo("CONSUMERS", "s", "g");
  say(consumers.map((one) => one.slice(0, 4)), await redis.xgroup("DELCONSUMER", "s", "g", "dave"));
  say(await redis.xgroup("SETID", "s", "g", "$"), await redis.xgroup("DESTROY", "s", "g"));
  say(await attempt(redis.xreadgroup("GROUP", "g", "bob", "STREAMS", "s", ">")));
}

async function places() {
  say(await redis.geoadd("g", 13.361389, 38.115556, "Palermo", 15.087269, 37.502669, "Catania"));
  say(await redis.geodist("g", "Palermo", "Catania", "km"));
  say(await redis.geohash("g", "Palermo", "no"));
  say(await redis.geopos("g", "Palermo", "no"));
  say(await attempt(redis.geoadd("g", 200, 0, "nowhere")));
  say(await redis.geosearch("g", "FROMLONLAT", 15, 37, "BYRADIUS", 200, "km", "ASC",
    "WITHCOORD", "WITHDIST"));
  say(await redis.geosearch("g", "FROMMEMBER", "Catania", "BYBOX", 500, 300, "km", "DESC",
    "COUNT", 1));
  say(await redis.geosearchstore("d", "g", "FROMLONLAT", 15, 37, "BYRADIUS", 200, "km",
    "STOREDIST"));
  say(await redis.zrange("d", 0, -1, "WITHSCORES"));
  say(await redis.georadius("g", 15, 37, 200, "km", "ASC"));
}

async function otherThings() {
  say(await redis.pfadd("p", ..."abcdefg"), await redis.pfadd("p", "a"));
  say(await redis.pfadd("q", "x"));
  say(await redis.pfcount("p", "q"), await redis.pfmerge("r", "p", "q"));
  say(await redis.getBuffer("r"));
  say(await redis.rpush("ids", 3, 1, 2, 10), await redis.mset("w_1", 5, "w_2", 1, "w_3", 9));
  say(await redis.sort("ids"));
  say(await redis.sort("ids", "BY", "w_*", "GET", "#", "GET", "w_*", "DESC"));
  say(await redis.sort("ids", "LIMIT", 1, 2, "ALPHA", "STORE", "dest"));
  say(await redis.lrange("dest", 0, -1));
  say(await redis.zadd("z", 1.5, "one"), await redis.hset("h", "f", "v"));
  say(await redis.sadd("s", 1, 2));
  for (const key of ["w_1", "ids", "z", "h", "s"]) {
    const payload = await redis.dumpBuffer(key);
    say(key, payload, await redis.restore("copy", 0, payload, "REPLACE"), await redis.type("copy"));
    say(await attempt(redis.restore("copy", 0, payload)));
    say(await attempt(redis.restore("x", 0, "no dump")));
  }
}

async function transactions() {
  say(await redis.multi().set("a", 1).incr("a").rpush("l", 1, 2).lrange("l", 0, -1).exec());
  say(await redis.multi([["set", "a", "x"], ["get", "a"]]).exec());
  const replies = await redis.multi().incr("a").hset("h", { f: 1 }).get("a").exec();
  say(replies.map(([error, reply]) => [error && error.message, reply]));
  say(await attempt(redis.multi().set("a", 2).call("NOSUCH").exec()), await redis.get("a"));
  say(await redis.multi({ pipeline: false }), await redis.set("a", 5), await redis.get("a"));
  say(await redis.exec(), await redis.multi({ pipeline: false }), await redis.discard());
  say(await redis.watch("a"), await rival.set("a", "theirs"));
  say(await redis.multi().set("a", "mine").exec());
  say(await redis.watch("a"), await rival.set("b", 1), await redis.multi().set("a", "mine").exec());
  say(await redis.watch("a"), await rival.del("a"), await redis.unwatch());
  say(await redis.multi().get("a").exec());
  say(await redis.multi().blpop("no", 0).bzpopmin("no", 0)
    .xread("BLOCK", 0, "STREAMS", "no", 0).exec());
}

async function waiting() {
  say(await redis.xgroup("CREATE", "s", "g", "$", "MKSTREAM"));
  for (const [wait, serve] of [
    [() => rival.blpop("no", "a", 0), () => redis.rpush("a", 1, 2)],
    [() => rival.brpop("b", 60), () => redis.lmove("a", "b", "LEFT", "LEFT")],
    [() => rival.blmove("c", "d", "LEFT", "RIGHT", 0), () => redis.multi().rpush("c", 1, 2).exec()],
    [() => rival.brpoplpush("e", "d", 0), () => redis.rename("d", "e")],
    [() => rival.blmpop(0, 2, "no", "f", "LEFT", "COUNT", 2), () => redis.rpush("f", 1, 2, 3)],
    [() => rival.bzpopmin("no", "z", 0), () => redis.zadd("z", 1, "one", 2.5, "two")],
    [() => rival.bzpopmax("y", 60), () => redis.zunionstore("y", 1, "z")],
    [() => rival.bzmpop(0, 1, "x", "MIN"), () => redis.zadd("x", "INCR", 1, "one")],
    [() => rival.xread("BLOCK", 0, "STREAMS", "s", "$"), () => redis.xadd("s", "1-1", "n", 1)],
    [() => rival.xreadgroup("GROUP", "g", "me", "STREAMS", "s", ">"), () => redis.ping()],
    [() => rival.xreadgroup("GROUP", "g", "me", "BLOCK", 60000, "STREAMS", "s", ">"),
      () => redis.pipeline().xadd("s", "2-1", "n", 2).xadd("s", "3-1", "n", 3).exec()],
    [() => rival.blpop("no", 0.02), () => redis.ping()],
    [() => rival.xread("BLOCK", 20, "STREAMS", "s", "$"), () => redis.ping()],
    [() => rival.bzpopmin("no", 0.02), () => redis.ping()],
    [() => rival.blpop("no", -1), () => redis.ping()],
    [() => rival.blpop("z", 0), () => redis.ping()]])
    say(await served(() => redis.info("clients"), wait, serve));
  say(await redis.lrange("b", 0, -1), await redis.exists("c", "d", "e", "f"));
  say(await redis.xpending("s", "g"));
}

async function everyType() {
  for (const one of [strings, lists, hashes, sets, sortedSets, algebra, streams, groups, places,
    otherThings, transactions, waiting]) {
    console.log(`= ${one.name}, ${await redis.flushall()}`);
    await one();
  }
}

scenarios(everyType);
