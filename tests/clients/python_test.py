#!/usr/bin/env python3
"""redis-py, the examples of its manual: the same with redis-server and with ours.

usage: python_test.py SERVER REDIS_SERVER [unittest options]
"""

import asyncio
import queue
import unittest

import redis
import redis.asyncio

from comparison import Comparison, ask, nobody_listens
from python_client import attempt, connect
from servers import PATIENCE


def next_message(pubsub, **options):
    message = pubsub.get_message(timeout=PATIENCE, **options)
    assert message or options, "no message comes"
    return message


class Python(Comparison):
    def test_getting_started(self):
        def scenario(server):
            r = connect(server)
            yield r.set("foo", "bar"), r.get("foo"), r.get("nothing"), r.ping(), r.echo("hello")
            decoded = connect(server, decode_responses=True)
            yield decoded.get("foo"), decoded.mget("foo", "nothing")
            yield decoded.set("full_name", "john doe"), decoded.exists("full_name")
            yield decoded.setex("important_key", 100, "important_value")
            yield decoded.ttl("important_key")
            yield decoded.mset({"employee_name": "Adam Adams", "employee_age": 30,
                                "position": "Software Engineer"})
            yield decoded.mget("employee_name", "employee_age", "position", "non_existing")
            yield r.set("bytes", bytes(range(256))), r.get("bytes")
            yield r.getrange("bytes", 65, 70), r.setrange("bytes", 3, "xyz"), r.strlen("bytes")
            yield r.append("foo", "!"), r.getset("foo", 1), r.incr("foo", 41), r.decr("foo")
            yield r.incrbyfloat("foo", 0.5), attempt(r.incr, "foo"), r.getdel("foo")
            yield r.set("once", 1, nx=True), r.set("once", 1, nx=True), r.set("once", 2, get=True)
            yield r.copy("once", "twice"), r.rename("twice", "third"), r.type("third")
            yield attempt(r.rename, "nothing", "x"), r.object("encoding", "third"), r.dbsize()
            yield attempt(r.execute_command, "NOSUCH", "a"), attempt(r.execute_command, "GET")
            yield r.execute_command("LCS", "once", "third")
        self.compare(scenario)

    def test_expiry(self):
        def scenario(server):
            r = connect(server)
            yield r.set("a", 1, ex=100), r.ttl("a"), r.persist("a"), r.ttl("a"), r.ttl("nothing")
            yield r.expire("a", 100), r.expire("a", 50, gt=True), r.expire("a", 50, xx=True)
            yield r.expireat("a", 4102444800), r.expiretime("a"), r.pexpiretime("a")
            yield r.getex("a", persist=True), r.pttl("a"), r.expire("a", -1), r.exists("a")
            yield r.psetex("b", 100_000, "x"), 99 <= r.ttl("b") <= 100
            yield attempt(r.setex, "b", 0, "x")
        self.compare(scenario)

    def test_bits(self):
        def scenario(server):
            r = connect(server)
            yield r.setbit("a", 7, True), r.getbit("a", 7), r.setbit("a", 7, 0)
            yield r.set("a", b"\xff\xf0\x00"), r.bitcount("a"), r.bitcount("a", 1, 1)
            yield r.bitcount("a", 5, 12, "BIT"), r.bitpos("a", 0), r.bitpos("a", 1, 2)
            yield r.set("b", b"\x0f"), r.bitop("XOR", "c", "a", "b"), r.get("c")
            yield r.bitfield("a").set("u8", 8, 255).get("u4", 0).incrby("i5", 100, 1).execute()
            yield r.bitfield("a", "FAIL").incrby("u8", 0, 1).overflow("SAT").execute()
            yield r.execute_command("BITFIELD_RO", "a", "GET", "u8", 0)
        self.compare(scenario)

    def test_a_pipeline(self):
        def scenario(server):
            # A transaction, which is the default, needs MULTI.
            pipe = connect(server).pipeline(transaction=False)
            yield pipe.set("a", "a value").set("b", "b value").get("a").execute()
            for _ in range(10_000):
                pipe.incr("incr_key")
            pipe.get("incr_key")
            yield pipe.execute()[-1]
            pipe.incr("a").get("a").execute_command("NOSUCH")
            yield [str(reply) for reply in pipe.execute(raise_on_error=False)]
            yield attempt(pipe.incr("a").execute)
        self.compare(scenario)

    def test_looking_at_keys(self):
        def scenario(server):
            r = connect(server, decode_responses=True)
            yield r.mset({f"key:{i}": i for i in range(1000)})
            yield sorted(r.scan_iter())
            yield sorted(r.scan_iter(match="key:9*", count=100, _type="string"))
            yield list(r.scan_iter(_type="hash")), sorted(r.keys("key:?")), "key:1" in r
            yield r.unlink("key:1", "key:2"), r.touch("key:3", "key:1"), r.randomkey()[:4]
            yield r.flushdb(), r.dbsize()
        self.compare(scenario)

    def test_addresses(self):
        def scenario(server):
            for url in (f"redis://127.0.0.1:{server.port}/3?decode_responses=True",
                        f"redis://127.0.0.1:{server.port}?health_check_interval=2&db=3",
                        f"unix://{server.socket}?db=3"):
                with redis.from_url(url, client_name="me") as r:
                    yield r.ping(), r.incr("visits"), r.client_getname(), r.client_info()["db"]
            with redis.Redis(unix_socket_path=server.socket) as r:
                yield r.get("visits"), r.select(3), attempt(r.select, 99)
                yield attempt(r.auth, "secret"), attempt(r.auth, "secret", "nobody")
            yield attempt(connect(server, password="secret").ping)
            yield attempt(connect(server, username="nobody", password="secret").ping)
        self.compare(scenario)

    def test_looking_at_the_server(self):
        def scenario(server):
            r = connect(server, decode_responses=True)
            info = r.info()
            yield info["redis_version"], info["redis_mode"], info["role"], info["tcp_port"] > 0
            yield sorted(r.info("keyspace")), r.info("clients")["connected_clients"] > 0
            yield r.config_get("maxmemory-policy"), r.config_set("maxmemory", "100mb")
            yield r.config_get("maxmemory"), r.config_set("maxmemory", 0), r.config_resetstat()
            yield attempt(r.config_set, "nosuch", 1), type(r.time()), r.client_id() > 0
            yield r.client_setname("me"), [c["name"] for c in r.client_list() if c["name"]]
            yield r.slowlog_reset(), r.slowlog_len(), r.slowlog_get(), r.memory_usage("x")
            yield r.command_getkeys("MSET", "a", 1, "b", 2), r.command()["get"]
            yield r.pubsub_channels(), r.pubsub_numsub("a", "b"), r.pubsub_numpat()
            yield r.client_pause(1), r.client_unpause(), r.reset()
        self.compare(scenario)

    def test_publish_and_subscribe(self):
        def scenario(server):
            r = connect(server)
            p = r.pubsub()
            p.subscribe("my-first-channel", "my-second-channel")
            p.psubscribe("my-*", "h[ae]llo")
            yield from (next_message(p) for _ in range(4))
            yield r.publish("my-first-channel", "some data"), r.publish("hallo", b"\0\xff")
            yield from (next_message(p) for _ in range(3))
            yield sorted(r.pubsub_channels()), r.pubsub_numpat()
            yield r.pubsub_numsub("my-first-channel")
            p.ping("are you there")
            yield next_message(p)
            p.unsubscribe("my-second-channel")
            p.punsubscribe("my-*")
            yield next_message(p), next_message(p)
            p.unsubscribe()
            p.punsubscribe()
            yield next_message(p), next_message(p), p.subscribed, p.get_message()
            p.close()
        self.compare(scenario)

    def test_handlers_and_listen(self):
        def scenario(server):
            heard = []
            r = connect(server, decode_responses=True)
            p = r.pubsub(ignore_subscribe_messages=True)
            p.subscribe(**{"my-channel": heard.append})
            p.subscribe("other")
            yield next_message(p, ignore_subscribe_messages=True)
            yield next_message(p, ignore_subscribe_messages=True)
            yield r.publish("my-channel", "awesome data"), r.publish("other", "1")
            for message in p.listen():
                yield message
                p.unsubscribe()  # listen() ends once nothing is listened to
            yield heard, p.subscribed
        self.compare(scenario)

    def test_a_thread_of_its_own(self):
        def scenario(server):
            heard = queue.Queue()
            r = connect(server)
            p = r.pubsub()
            p.subscribe(**{"my-channel": heard.put})
            p.psubscribe(**{"my-*": heard.put})
            yield next_message(p), next_message(p)
            thread = p.run_in_thread(sleep_time=0.001)
            yield r.publish("my-channel", "hello"), heard.get(timeout=PATIENCE)
            yield heard.get(timeout=PATIENCE)
            thread.stop()
            thread.join(PATIENCE)
            yield thread.is_alive()
        self.compare(scenario)

    def test_a_subscriber_comes_back_when_it_is_killed(self):
        def scenario(server):
            r = connect(server)
            p = r.pubsub()
            p.subscribe("news")
            p.psubscribe("s*")
            yield next_message(p), next_message(p)
            yield r.client_kill_filter(_type="pubsub")
            yield attempt(next_message, p)
            nobody_listens(server)
            yield next_message(p), next_message(p)
            yield r.publish("news", "again"), r.publish("sport", "again")
            yield next_message(p), next_message(p)
        self.compare(scenario)

    def test_asyncio(self):
        async def reader(channel):
            heard = []
            async for message in channel.listen():
                heard.append(message)
                if message["data"] == b"STOP":
                    return heard

        async def conversation(server):
            heard = []
            r = await redis.asyncio.from_url(f"redis://127.0.0.1:{server.port}")
            async with r.pipeline(transaction=False) as pipe:
                heard.append(await pipe.set("key1", "value1").set("key2", "value2").execute())
            heard.append(await r.get("key1"))
            heard.append(sorted([key async for key in r.scan_iter("key*")]))
            for subscribe in "subscribe", "psubscribe":
                pubsub = r.pubsub()
                await getattr(pubsub, subscribe)("channel:1", "channel:2")
                for _ in range(2):
                    heard.append(await pubsub.get_message(timeout=PATIENCE))
                future = asyncio.create_task(reader(pubsub))
                heard.append(await r.publish("channel:1", "Hello"))
                heard.append(await r.publish("channel:2", "World"))
                heard.append(await r.publish("channel:1", "STOP"))
                heard += await asyncio.wait_for(future, PATIENCE)
                await pubsub.close()
                nobody_listens(server)
            heard += await asyncio.gather(*(r.incr("counter") for _ in range(100)))
            await r.close()
            # The numbers come in whatever order the connections of the pool are served.
            return heard[:-100] + sorted(heard[-100:])

        self.compare(lambda server: asyncio.run(conversation(server)))

    def test_asyncio_comes_back_when_it_is_killed(self):
        async def conversation(server):
            async with redis.asyncio.Redis(unix_socket_path=server.socket) as r:
                async with r.pubsub() as p:
                    await p.subscribe("news")
                    heard = [await p.get_message(timeout=PATIENCE)]
                    heard.append(await r.client_kill_filter(_type="pubsub"))
                    try:
                        heard.append(await p.get_message(timeout=PATIENCE))
                    except redis.ConnectionError as error:
                        heard.append(type(error).__name__)
                    nobody_listens(server)
                    heard.append(await p.get_message(timeout=PATIENCE))
                    heard.append(await r.publish("news", "again"))
                    heard.append(await p.get_message(timeout=PATIENCE))
                    return heard

        self.compare(lambda server: asyncio.run(conversation(server)))

    def test_what_one_client_sets_another_gets(self):
        def scenario(server):
            yield connect(server).set("shared", "é".encode())
            yield ask(server, "GET", "shared")
        self.compare(scenario)


if __name__ == "__main__":
    unittest.main()
