#!/usr/bin/env python3
"""redis-py: transactions, and clients that wait for another one, with redis-server and with ours.

usage: python_waits_test.py SERVER REDIS_SERVER [unittest options]
"""

import asyncio
import unittest
from concurrent.futures import ThreadPoolExecutor

import redis
import redis.asyncio

from comparison import Comparison
from python_client import attempt, connect
from servers import PATIENCE, until


def blocked(r):
    return r.info("clients")["blocked_clients"]


def served(server, wait, serve):
    """Whether it is told before it is served, how serving it went, and what it is told then."""
    other = connect(server, decode_responses=True)
    with ThreadPoolExecutor(1) as pool:
        told = pool.submit(attempt, wait, connect(server, decode_responses=True))
        until(lambda: told.done() or blocked(other) == 1)
        seen = told.done(), serve(other), told.result(PATIENCE)
        until(lambda: blocked(other) == 0)  # or the next one would be taken for blocked already
        return seen


class Waits(Comparison):
    def test_transactions(self):
        def scenario(server):
            r = connect(server, decode_responses=True)
            pipe = r.pipeline()
            yield pipe.set("a", 1).incr("a").rpush("l", 1, 2).lrange("l", 0, -1).execute()
            yield attempt(pipe.incr("l").execute), r.get("a")
            yield len(pipe.set("a", "x").incr("a").get("a"))
            yield [str(reply) for reply in pipe.execute(raise_on_error=False)], pipe.execute()
            yield attempt(pipe.set("a", 5).execute_command("NOSUCH").execute), r.get("a")
            yield pipe.hset("h", "f", 1).zadd("z", {"m": 2}).xadd("s", {"n": 1}, "1-1").execute()
            yield pipe.blpop("no").bzpopmin("no").xread({"no": 0}, block=0).execute()
        self.compare(scenario)

    def test_a_transaction_and_a_rival(self):
        def scenario(server):
            r, rival = connect(server, decode_responses=True), connect(server)
            with r.pipeline() as pipe:
                yield pipe.watch("a"), rival.set("a", "theirs"), pipe.get("a"), pipe.multi()
                yield attempt(pipe.set("a", "mine").execute), r.get("a")
                yield pipe.watch("a"), rival.set("b", "another"), pipe.multi()
                yield pipe.set("a", "mine").execute(), r.get("a")
                yield pipe.watch("a"), rival.delete("a"), pipe.unwatch(), pipe.get("a").execute()
            rivals = iter(["first", "second"])

            def add(pipe):
                before = pipe.llen("list")
                for value in rivals:
                    rival.rpush("list", value)
                    break
                pipe.multi()
                pipe.rpush("list", f"after {before}")
            # It is tried again until no rival comes between.
            yield r.transaction(add, "list"), r.lrange("list", 0, -1)
        self.compare(scenario)

    def test_waiting_for_lists(self):
        def scenario(server):
            yield served(server, lambda r: r.blpop(["no", "a"]), lambda r: r.rpush("a", 1, 2))
            yield connect(server).delete("a")
            yield served(server, lambda r: r.brpop("a", 60), lambda r: r.rpush("a", 1, 2))
            yield connect(server).lrange("a", 0, -1)
            yield served(server, lambda r: r.blmove("b", "a", 60, "RIGHT", "LEFT"),
                         lambda r: r.lpush("b", "moved"))
            yield connect(server).lrange("a", 0, -1), connect(server).exists("b")
            yield served(server, lambda r: r.brpoplpush("b", "a"), lambda r: r.rename("a", "b"))
            yield served(server, lambda r: r.blmpop(60, 2, "no", "c", direction="LEFT", count=2),
                         lambda r: r.pipeline().rpush("c", 1).rpush("c", 2, 3).execute())
            yield served(server, lambda r: r.blpop("d"), lambda r: (
                r.set("d", "not a list"), r.delete("d"), r.rpush("e", 1), r.copy("e", "d")))
        self.compare(scenario)

    def test_waiting_for_sorted_sets(self):
        def scenario(server):
            fill = {"one": 1, "two": 2.5}
            yield served(server, lambda r: r.bzpopmin(["no", "a"]), lambda r: r.zadd("a", fill))
            yield connect(server).delete("a")
            yield served(server, lambda r: r.bzpopmax("a", 60), lambda r: r.zadd("a", fill))
            yield served(server, lambda r: r.bzmpop(60, 2, ["no", "b"], max=True, count=5),
                         lambda r: r.zunionstore("b", {"a": 2}))
            yield connect(server).exists("a", "b")
        self.compare(scenario)

    def test_waiting_for_streams(self):
        def scenario(server):
            r = connect(server)
            yield r.xadd("s", {"n": 1}, "1-1"), r.xgroup_create("s", "g")
            yield served(server, lambda r: r.xread({"no": "$", "s": "$"}, block=0),
                         lambda r: r.xadd("s", {"n": 2}, "2-1"))
            yield r.xreadgroup("g", "alice", {"s": ">"})
            yield served(server, lambda r: r.xreadgroup("g", "bob", {"s": ">"}, block=60_000),
                         lambda r: r.xadd("s", {"n": 3}, "3-1"))
            yield r.xpending("s", "g")
            yield served(server, lambda r: r.xreadgroup("g", "bob", {"s": ">"}, block=0),
                         lambda r: r.xgroup_destroy("s", "g"))
        self.compare(scenario)

    def test_waiting_in_vain(self):
        def scenario(server):
            r = connect(server)
            yield r.blpop("no", 0.02), r.brpop(["no", "none"], 0.02), r.brpoplpush("no", "a", 0.02)
            yield r.blmove("no", "a", 0.02), r.blmpop(0.02, 1, "no", direction="LEFT")
            yield r.bzpopmin("no", 0.02), r.bzpopmax("no", 0.02)
            yield r.bzmpop(0.02, 1, ["no"], min=True)
            yield r.xread({"no": "$"}, block=20), r.xgroup_create("s", "g", mkstream=True)
            yield r.xreadgroup("g", "me", {"s": ">"}, block=20), attempt(r.blpop, "no", -1)
            yield r.set("x", 1), attempt(r.blpop, "x"), attempt(r.bzpopmin, "x")
            for reason in "TIMEOUT", "ERROR":
                yield served(server, lambda r: (r.client_setname("waits"), attempt(r.blpop, "no")),
                             lambda r: [r.client_unblock(int(one["id"]), error=reason == "ERROR")
                                        for one in r.client_list() if one["name"] == "waits"])
        self.compare(scenario)

    def test_asyncio(self):
        async def conversation(server):
            r = redis.asyncio.from_url(f"redis://127.0.0.1:{server.port}", decode_responses=True)
            heard = []
            for wait, serve in (
                    (r.blpop("a"), lambda: r.rpush("a", 1)),
                    (r.bzpopmin("z"), lambda: r.zadd("z", {"one": 1})),
                    (r.xread({"s": "$"}, block=0), lambda: r.xadd("s", {"n": 1}, "1-1"))):
                told = asyncio.create_task(wait)
                while not told.done() and (await r.info("clients"))["blocked_clients"] != 1:
                    pass
                heard += [told.done(), await serve(), await asyncio.wait_for(told, PATIENCE)]
            async with r.pipeline() as pipe:
                await pipe.watch("a")
                await r.set("a", "theirs")
                pipe.multi()
                try:
                    heard.append(await pipe.set("a", "mine").execute())
                except redis.WatchError as error:
                    heard.append(str(error))
                heard.append(await pipe.get("a").set("b", 1).execute())
            await r.close()
            return heard
        self.compare(lambda server: asyncio.run(conversation(server)))


if __name__ == "__main__":
    unittest.main()
