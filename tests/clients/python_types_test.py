#!/usr/bin/env python3
"""redis-py over every data type: the same with redis-server and with ours.

usage: python_types_test.py SERVER REDIS_SERVER [unittest options]

A set or a hash is told sorted: in which order a server keeps it is the server's own business.
"""

import unittest

from comparison import Comparison
from python_client import attempt, connect


def fill_zsets(r):
    return (r.zadd("a", {"one": 1, "two": 2, "three": 3}),
            r.zadd("b", {"two": 20, "three": 30, "four": float("inf")}),
            r.zadd("words", dict.fromkeys(("ant", "bee", "cat", "dog"), 0)))


class Types(Comparison):
    def test_strings(self):
        def scenario(server):
            r = connect(server)
            yield r.set("a", "Hello", px=100_000), r.set("a", "World", keepttl=True)
            yield r.ttl("a"), r.getex("a", ex=50), r.ttl("a"), r.getex("a", persist=True)
            yield r.ttl("a")
            yield r.msetnx({"a": 1, "b": 2}), r.msetnx({"b": 2, "c": 3}), r.setnx("b", 3)
            yield r.mget("a", "b", "c"), r.setrange("d", 3, "abc"), r.get("d")
            yield r.getrange("d", -3, -1)
            yield r.substr("a", 1, 3), r.append("a", "!"), r.strlen("a"), r.getdel("c"), r.get("c")
            yield r.incrby("n", 9), r.decrby("n", 3), r.incrbyfloat("n", "1.5e1"), r.decr("m")
            yield attempt(r.decrby, "n", 1), attempt(r.lpush, "n", 1)
            yield attempt(r.incrbyfloat, "a", 1)
            yield r.lcs("a", "d"), r.lcs("a", "a", len=True), r.lcs("a", "a", idx=True)
        self.compare(scenario)

    def test_lists(self):
        def scenario(server):
            r = connect(server, decode_responses=True)
            yield r.rpush("a", *"abcabc"), r.lpush("a", "z"), r.lpushx("no", 1), r.rpushx("a", "y")
            yield r.lrange("a", 0, -1), r.llen("a"), r.lindex("a", -2), r.lindex("a", 99)
            yield r.linsert("a", "BEFORE", "b", "x"), r.linsert("a", "after", "c", "w")
            yield r.linsert("a", "BEFORE", "nothing", "x"), r.linsert("no", "BEFORE", "b", "x")
            yield r.lpos("a", "b"), r.lpos("a", "b", rank=-1), r.lpos("a", "b", count=0)
            yield r.lpos("a", "b", maxlen=2), r.lpos("a", "b", rank=2, count=1, maxlen=0)
            yield attempt(r.lpos, "a", "b", rank=0), r.lset("a", 0, "Z")
            yield attempt(r.lset, "a", 99, 1)
            yield r.lrem("a", -1, "b"), r.ltrim("a", 0, 5), r.lrange("a", 0, -1)
            yield r.lmove("a", "b"), r.lmove("a", "b", "RIGHT", "LEFT"), r.rpoplpush("a", "b")
            yield r.lmove("a", "a", "LEFT", "RIGHT"), r.lmove("no", "b"), r.lrange("b", 0, -1)
            yield r.lmpop(2, "no", "b", direction="LEFT"), r.lmpop(1, "no", direction="RIGHT")
            yield r.lmpop(2, "a", "b", direction="RIGHT", count=10), r.exists("a"), r.lpop("no")
            yield r.lpop("b"), r.rpush("b", 1, 2, 3), r.rpop("b", 2), r.lpop("b", 9), r.exists("b")
        self.compare(scenario)

    def test_hashes(self):
        def scenario(server):
            r = connect(server, decode_responses=True)
            yield r.hset("h", "name", "john")
            yield r.hset("h", mapping={"name": "jo", "age": 30, "x": ""})
            yield sorted(r.hgetall("h").items()), r.hgetall("no"), r.hget("h", "age")
            yield r.hget("h", "no")
            yield r.hmget("h", "name", "no", "age"), r.hexists("h", "x"), r.hexists("h", "y")
            yield r.hincrby("h", "age", 12), r.hincrbyfloat("h", "age", 0.25)
            yield r.hincrbyfloat("h", "new", "-1.5e2"), attempt(r.hincrby, "h", "name")
            yield attempt(r.hincrbyfloat, "h", "name", 1), attempt(r.hincrby, "h", "age")
            yield r.hsetnx("h", "x", 1), r.hsetnx("h", "z", 1), r.hstrlen("h", "name"), r.hlen("h")
            yield sorted(r.hkeys("h")), sorted(r.hvals("h")), r.hdel("h", "x", "no"), r.hlen("h")
            yield type(r.hrandfield("h")), len(r.hrandfield("h", 2)), len(r.hrandfield("h", -9))
            yield len(r.hrandfield("h", 9, withvalues=True)), r.hrandfield("no")
            yield r.hrandfield("no", 2)
            yield r.hset("big", mapping={f"f{i}": i for i in range(1000)})
            yield sorted(r.hscan_iter("big")), sorted(r.hscan_iter("big", match="f99*", count=100))
            yield r.hscan("h", match="no*"), r.hscan("no"), attempt(r.get, "h")
        self.compare(scenario)

    def test_sets(self):
        def scenario(server):
            r = connect(server, decode_responses=True)
            yield r.sadd("a", *"abcd"), r.sadd("b", *"cde"), r.sadd("a", "a"), r.sadd("n", 3, 1, 2)
            yield r.scard("a"), r.sismember("a", "b"), r.smismember("a", "b", "z")
            yield r.srem("a", "z", "d")
            yield sorted(r.smembers("a")), sorted(r.smembers("n")), r.smembers("no")
            yield sorted(r.sinter("a", "b")), sorted(r.sunion("a", "b")), sorted(r.sdiff("a", "b"))
            yield r.sintercard(2, ["a", "b"]), r.sintercard(2, ["a", "a"], limit=2)
            yield r.sinterstore("i", "a", "b"), r.sunionstore("u", "a", "b", "no")
            yield r.sdiffstore("d", "a", "b"), sorted(r.smembers("d"))
            yield r.sinterstore("i", "a", "no")
            yield r.exists("i"), r.smove("a", "b", "a"), r.smove("a", "b", "z")
            yield sorted(r.smembers("b"))
            yield r.srandmember("n") in "123", len(set(r.srandmember("u", 3))), r.srandmember("no")
            yield len(r.srandmember("u", -20)), r.spop("no"), sorted(r.spop("n", 9)), r.exists("n")
            yield r.spop("d") is None, r.sadd("big", *range(1000)), len(list(r.sscan_iter("big")))
            yield sorted(r.sscan_iter("big", match="99*")), attempt(r.sadd, "big"), r.scard("no")
        self.compare(scenario)

    def test_sorted_sets(self):
        def scenario(server):
            r = connect(server, decode_responses=True)
            yield fill_zsets(r), r.zadd("a", {"one": 5, "six": 6}, nx=True)
            yield r.zadd("a", {"one": 5, "seven": 7}, xx=True, ch=True)
            yield r.zadd("a", {"one": 1}, lt=True)
            yield r.zadd("a", {"one": 0.5}, gt=True, ch=True), r.zadd("a", {"one": 2.25}, incr=True)
            yield r.zadd("a", {"one": 1}, nx=True, incr=True), r.zincrby("a", 1e20, "six")
            yield attempt(r.execute_command, "ZADD", "a", "x", "one"), r.zscore("a", "six")
            yield r.zmscore("a", ["one", "no"]), r.zcard("a"), r.zcount("a", "(2", "+inf")
            yield r.zrank("a", "one"), r.zrevrank("a", "one"), r.zrank("a", "no")
            yield r.zscore("b", "four")
            yield r.zrange("a", 0, -1, withscores=True), r.zrange("a", 0, 1, desc=True)
            yield r.zrange("a", "(2", "inf", byscore=True, offset=0, num=1, withscores=True)
            yield r.zrange("a", 3.25, 2, byscore=True, desc=True)
            yield r.zrange("words", "[bee", "(dog", bylex=True)
            yield r.zrange("words", "-", "+", bylex=True)
            yield r.zrevrange("a", 0, 1, withscores=True), r.zrangebyscore("a", 2, "(3", 0, 5)
            yield r.zrevrangebyscore("a", "+inf", 3, withscores=True)
            yield r.zrangebylex("words", "(ant", "+", 1, 1), r.zrevrangebylex("words", "+", "[bee")
            yield r.zlexcount("words", "[b", "[d"), r.zremrangebylex("words", "-", "(bee")
            yield r.zremrangebyscore("b", "inf", "inf"), r.zremrangebyrank("words", 0, 0)
            yield r.zrangestore("c", "a", 0, 1), r.zrange("c", 0, -1, withscores=True)
            yield r.zrangestore("c", "a", "+inf", "3", byscore=True, desc=True, offset=0, num=2)
            yield r.zrange("c", 0, -1, withscores=True), r.zrem("a", "two", "no"), r.type("a")
            yield r.zadd("big", {f"m{i}": i for i in range(1000)}), len(list(r.zscan_iter("big")))
            yield sorted(r.zscan_iter("big", match="m99*")), attempt(r.zadd, "big", {"m": "nan"})
        self.compare(scenario)

    def test_the_algebra_of_sorted_sets(self):
        def scenario(server):
            r = connect(server, decode_responses=True)
            yield fill_zsets(r), r.sadd("s", "two", "five")
            for aggregate in "SUM", "MIN", "MAX":
                yield r.zunion(["a", "b"], aggregate=aggregate, withscores=True)
                yield r.zinter({"a": 10, "b": 0.5}, aggregate=aggregate, withscores=True)
            yield r.zunion(["a", "s", "no"]), r.zinter(["a", "s"]), r.zdiff(["a", "b"])
            yield r.zdiff(["b", "a"], withscores=True), r.zintercard(2, ["a", "b"])
            yield r.zintercard(2, ["a", "b"], limit=1), r.zdiffstore("d", ["a", "s"])
            yield r.zunionstore("u", {"a": 2, "b": 1}, aggregate="MAX")
            yield r.zinterstore("i", ["a", "b"])
            yield [r.zrange(key, 0, -1, withscores=True) for key in "dui"]
            yield r.zinterstore("i", ["a", "no"]), r.exists("i"), r.zpopmin("u"), r.zpopmax("u", 2)
            yield r.zmpop(2, ["no", "a"], min=True), r.zmpop(1, ["a"], max=True, count=9)
            yield r.zmpop(2, ["no", "a"], max=True), r.exists("a"), r.zpopmin("no")
            yield type(r.zrandmember("b")), len(r.zrandmember("b", -5)), r.zrandmember("no")
            yield len(r.zrandmember("b", 5, withscores=True)), attempt(r.zunionstore, "x", [])
        self.compare(scenario)

    def test_streams(self):
        def scenario(server):
            r = connect(server, decode_responses=True)
            yield [r.xadd("s", {"n": i, "text": f"entry {i}"}, id=f"{i}-1") for i in range(1, 6)]
            yield r.xadd("s", {"n": 6}, id="6-*"), r.xadd("no", {"n": 1}, nomkstream=True)
            yield attempt(r.xadd, "s", {"n": 7}, id="6-0"), attempt(r.xadd, "s", {"n": 7}, id="0-0")
            yield r.xlen("s"), r.xrange("s"), r.xrange("s", "(2-1", "4", count=1), r.xlen("no")
            yield r.xrevrange("s", "+", "(4-1"), r.xrevrange("s", count=1), r.xrange("s", 2, 2)
            yield r.xread({"s": "4-1", "no": 0}), r.xread({"s": 0}, count=1), r.xread({"s": "$"})
            yield r.xdel("s", "3-1", "99-1"), r.xtrim("s", maxlen=4, approximate=False)
            yield r.xrange("s")
            yield r.xtrim("s", minid="4", approximate=False)
            yield r.xadd("s", {"n": 9}, id="9-9", maxlen=2, approximate=False)
            yield r.xrange("s"), sorted(r.xinfo_stream("s").items()), r.type("s"), r.xtrim("s", 0)
            yield attempt(r.xinfo_stream, "no"), attempt(r.xadd, "s", {}), attempt(r.lpush, "s", 1)
            yield r.execute_command("XSETID", "s", "20-0"), r.xinfo_stream("s")["last-generated-id"]
        self.compare(scenario)

    def test_consumer_groups(self):
        def scenario(server):
            r = connect(server, decode_responses=True)
            yield attempt(r.xgroup_create, "s", "g")
            yield r.xgroup_create("s", "g", mkstream=True, id="0")
            yield attempt(r.xgroup_create, "s", "g")
            yield [r.xadd("s", {"n": i}, i) for i in range(1, 7)]
            yield r.xreadgroup("g", "alice", {"s": ">"}, count=2), r.xpending("s", "g")
            yield r.xreadgroup("g", "bob", {"s": ">"}, count=2), r.xack("s", "g", "1-0", "9-0")
            yield r.xreadgroup("g", "alice", {"s": 0}), r.xreadgroup("g", "carol", {"s": 0})
            yield r.xpending("s", "g")
            yield [(one["message_id"], one["consumer"], one["times_delivered"])
                   for one in r.xpending_range("s", "g", "-", "+", 9)]
            yield len(r.xpending_range("s", "g", "(2-0", "+", 9, "bob"))
            yield r.xclaim("s", "g", "carol", 0, ["2-0", "5-0"])
            yield r.xclaim("s", "g", "carol", 0, ["3-0"], justid=True, retrycount=7, idle=5)
            yield r.xclaim("s", "g", "carol", 0, ["5-0"], force=True)
            yield r.xdel("s", "4-0"), r.xautoclaim("s", "g", "dave", 0, "0", count=2)
            yield r.xautoclaim("s", "g", "dave", 0, "3-0", justid=True), r.xpending("s", "g")
            yield r.xautoclaim("s", "g", "dave", 3_600_000)
            yield r.xgroup_createconsumer("s", "g", "eve")
            yield [(one["name"], one["pending"]) for one in r.xinfo_consumers("s", "g")]
            yield r.xinfo_groups("s"), r.xgroup_setid("s", "g", "5-0")
            yield r.xreadgroup("g", "eve", {"s": ">"}, noack=True)
            full = r.xinfo_stream("s", full=True)
            yield full["length"], full["entries"], [
                (sorted(one), one["name"], one["pel-count"], one["last-delivered-id"])
                for one in full["groups"]]
            yield r.xgroup_delconsumer("s", "g", "dave"), r.xinfo_groups("s")
            yield r.xgroup_destroy("s", "g"), attempt(r.xreadgroup, "g", "eve", {"s": ">"})
        self.compare(scenario)

    def test_hyperloglogs(self):
        def scenario(server):
            r = connect(server)
            yield r.pfadd("a", *"abcdefg"), r.pfadd("a", "a"), r.pfadd("a"), r.pfadd("b", "x", "a")
            yield r.pfadd("many", *range(5000)), r.pfcount("many"), r.pfcount("a", "b", "no")
            yield r.pfmerge("all", "a", "b", "many"), r.pfcount("all"), r.get("a"), r.strlen("many")
            yield r.set("s", "not one"), attempt(r.pfcount, "s"), attempt(r.pfmerge, "all", "s")
        self.compare(scenario)

    def test_places(self):
        def scenario(server):
            r = connect(server, decode_responses=True)
            places = (13.361389, 38.115556, "Palermo", 15.087269, 37.502669, "Catania")
            yield r.geoadd("g", places), r.geoadd("g", (12.75, 37.7, "edge"), nx=True)
            yield r.geoadd("g", (13.5, 38.2, "Palermo"), xx=True, ch=True), r.geoadd("g", places)
            yield attempt(r.geoadd, "g", (200, 0, "nowhere")), r.geohash("g", "Palermo", "no")
            yield r.geopos("g", "Palermo", "no"), r.geodist("g", "Palermo", "Catania")
            yield r.geodist("g", "Palermo", "Catania", "km"), r.geodist("g", "Palermo", "no")
            yield r.geosearch("g", longitude=15, latitude=37, radius=200, unit="km", sort="ASC")
            yield r.geosearch("g", member="edge", width=400, height=200, unit="mi", sort="DESC",
                              count=2, withdist=True, withcoord=True, withhash=True)
            yield r.geosearch("g", longitude=15, latitude=37, radius=400, unit="km", sort="ASC",
                              count=2), attempt(r.geosearch, "g", member="no", radius=1, unit="m")
            yield r.geosearchstore("d", "g", member="edge", radius=300, unit="km", storedist=True)
            yield r.zrange("d", 0, -1, withscores=True), r.georadius("g", 15, 37, 100, "km")
            yield r.geosearchstore("d", "g", longitude=15, latitude=37, radius=200, unit="km")
            yield r.zrange("d", 0, -1, withscores=True), r.georadiusbymember("g", "edge", 100, "km")
        self.compare(scenario)

    def test_sorting(self):
        def scenario(server):
            r = connect(server, decode_responses=True)
            yield r.rpush("ids", 3, 1, 2, 10), r.mset({"w_1": 5, "w_2": 1, "w_3": 9, "o_1": "one"})
            yield r.sort("ids"), r.sort("ids", desc=True), r.sort("ids", alpha=True)
            yield r.sort("ids", start=1, num=2), r.sort("ids", by="w_*"), r.sort("ids", by="nosort")
            yield r.sort("ids", by="w_*", get=["#", "o_*", "w_*"], groups=True), r.sort_ro("ids")
            yield r.hset("h_1", "f", "hashed"), r.sort("ids", get="h_*->f")
            yield r.rpush("words", "b", "a")
            yield attempt(r.sort, "words"), r.sort("words", alpha=True, store="dest"), r.sort("no")
            yield r.lrange("dest", 0, -1), r.sadd("set", 2, 1), r.sort("set")
            yield attempt(r.sort, "w_1")
        self.compare(scenario)

    def test_dump_and_restore(self):
        def scenario(server):
            r = connect(server)
            yield r.set("string", "text"), r.rpush("list", *"abc"), r.sadd("set", 1, 2, 3)
            yield r.hset("hash", "field", "value"), r.zadd("zset", {"one": 1.5, "two": 2})
            yield r.xadd("stream", {"n": 1}, "1-1"), r.xgroup_create("stream", "g", "0")
            for key in "string", "list", "set", "hash", "zset", "stream":
                payload = r.dump(key)
                yield key, r.restore("copy", 0, payload, replace=True), r.type("copy"), payload
                yield r.dump("copy") == payload, r.ttl("copy"), r.object("encoding", "copy")
                yield attempt(r.restore, "copy", 0, payload)
                yield attempt(r.restore, "x", 0, payload[:-1])
            yield r.restore("later", 100_000, payload), 99 <= r.ttl("later") <= 100, r.dump("no")
            yield r.restore("at", 4102444800000, payload, absttl=True), r.pexpiretime("at")
            yield attempt(r.restore, "bad", 0, b"not a dump"), r.exists("bad")
        self.compare(scenario)


if __name__ == "__main__":
    unittest.main()
