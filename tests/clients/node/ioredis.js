// ioredis, the examples of its manual: says what it saw of the server at the port and the socket
// that it is given.
"use strict";
const { once, on } = require("node:events");
const Redis = require("ioredis");
const { attempt, cameBack, say, scenarios, until } = require("./telling.js");

const [port, socket] = process.argv.slice(2);

async function basicUsage() {
  const redis = new Redis(port);
  say(await redis.set("mykey", "value"));
  await new Promise((resolve) => {
    redis.get("mykey", (err, result) => resolve(say(err, result)));
  });
  say(await redis.get("mykey"), await redis.get("nothing"));
  say(await redis.set("mykey", "hello", "EX", 10), await redis.ttl("mykey"));
  say(await redis.set("foo", Buffer.from([0x62, 0x75, 0x66, 0xff])), await redis.getBuffer("foo"));
  say(await redis.setBuffer("foo", "new value", "GET"));
  say(await redis.mset({ k1: "v1", k2: "v2" }), await redis.mset(new Map([["k3", "v3"]])));
  say(await redis.mget("k1", "k2", "k3", "k4"), await redis.del(["k1", "k2", "k4"]));
  say(await redis.setbit("bits", 7, 1), await redis.bitcount("bits"));
  say(await redis.incrbyfloat("number", 0.5), await attempt(redis.incr("mykey")));
  say(await attempt(redis.call("NOSUCH", "a")), await attempt(redis.get()));
  say(await redis.call("SET", "called", 1), await redis.callBuffer("GET", "called"));
  const prefixed = new Redis(port, { keyPrefix: "fooo:", stringNumbers: true });
  say(await prefixed.set("bar", "baz"), await prefixed.incr("n"), (await redis.keys("f*")).sort());
  say(await prefixed.quit(), await redis.quit());
}

async function addresses() {
  for (const address of [[port], [port, "127.0.0.1"], [socket], [`redis://127.0.0.1:${port}/4`],
    [{ port, host: "127.0.0.1", db: 4, connectionName: "me" }]]) {
    const redis = new Redis(...address);
    await once(redis, "ready");
    say(await redis.incr("visits"), await redis.client("GETNAME"));
    redis.disconnect();
    await once(redis, "end");
  }
  const late = new Redis(port, { lazyConnect: true });
  say(late.status, await late.connect(), late.status, await late.ping());
  say(/redis_version:7\.0\.15/.test(await late.info()), await attempt(late.select(99)));
  late.disconnect();
}

async function pipelining() {
  const redis = new Redis(port);
  say(await redis.pipeline().set("foo", "bar").get("foo").exec());
  say(await redis.pipeline([["set", "foo", "bar"], ["get", "foo"]]).exec());
  const pipeline = redis.pipeline().set("foo", "bar").get("foo", (err, result) => say(err, result));
  say(pipeline.length, await pipeline.exec());
  const replies = await redis.pipeline().incr("foo").call("NOSUCH").get("foo").exec();
  say(replies.map(([error, reply]) => [error && error.message, reply]));
  redis.disconnect();

  const auto = new Redis(port, { enableAutoPipelining: true });
  const numbers = await Promise.all(Array.from({ length: 1000 }, () => auto.incr("counter")));
  say(numbers.length, numbers[999], auto.autoPipelineQueueSize);
  say(await Promise.all([auto.get("counter"), auto.get("foo"), attempt(auto.incr("foo"))]));
  auto.disconnect();
}

async function scanning() {
  const redis = new Redis(port);
  await redis.mset(Object.fromEntries(Array.from({ length: 1000 }, (_, i) => [`user:${i}`, i])));
  const found = new Set();
  for await (const keys of redis.scanStream({ match: "user:*", count: 100 }))
    keys.forEach((key) => found.add(key));
  say(found.size, await redis.scan(0, "MATCH", "nothing*", "COUNT", 10000));
  redis.disconnect();
}

async function monitoring() {
  const redis = new Redis(port);
  await redis.ping(); // what it asks of its own accord has been answered
  const monitor = await redis.monitor();
  const lines = on(monitor, "monitor");
  say(await redis.set("foo", "b a r", "PX", 100000));
  const [, words, , database] = (await lines.next()).value;
  say(words, database);
  monitor.disconnect();
  redis.disconnect();
}

async function listening() {
  const [sub, pub] = [new Redis(port), new Redis(port)];
  await new Promise((resolve) => {
    sub.subscribe("my-channel-1", "my-channel-2", (err, count) => resolve(say(err, count)));
  });
  const messages = on(sub, "message");
  const buffers = on(sub, "messageBuffer");
  for (const [channel, message] of [["my-channel-1", JSON.stringify({ foo: 0.5 })],
    ["my-channel-2", Buffer.from([0, 255])], ["my-channel-1", ""]]) {
    say(await pub.publish(channel, message));
    say((await messages.next()).value, (await buffers.next()).value);
  }
  say(await attempt(sub.get("foo")), await sub.ping(), await sub.ping("there"));
  say(await sub.unsubscribe("my-channel-1"), await sub.psubscribe("pat?ern", "my-*"));
  const matches = on(sub, "pmessage");
  const matchBuffers = on(sub, "pmessageBuffer");
  say(await pub.publish("pattern", "hello"), await pub.publish("my-channel-2", "twice"));
  say((await matches.next()).value, (await matches.next()).value, (await messages.next()).value);
  say((await matchBuffers.next()).value, await pub.pubsub("NUMSUB", "my-channel-2"));
  say(await sub.punsubscribe("pat?ern", "my-*"), await sub.unsubscribe(), await sub.get("foo"));

  say(await sub.ssubscribe("shard-1", "shard-2"));
  const shardMessages = on(sub, "smessage");
  say(await pub.spublish("shard-2", "sharded"), await pub.publish("shard-2", "not sharded"));
  say((await shardMessages.next()).value, await pub.pubsub("SHARDNUMSUB", "shard-1"));
  say(await sub.sunsubscribe("shard-1"), await sub.sunsubscribe("shard-2"), await sub.quit());
  pub.disconnect();
}

async function reconnecting() {
  const [sub, pub] = [new Redis(port), new Redis(port)];
  const id = await sub.client("ID");
  await sub.subscribe("news");
  await sub.psubscribe("s*");
  await sub.ssubscribe("shard");
  const seen = [];
  for (const event of ["close", "reconnecting", "connect", "ready"])
    sub.on(event, () => seen.push(event));
  const messages = on(sub, "message");
  const matches = on(sub, "pmessage");
  const shardMessages = on(sub, "smessage");
  say(await pub.client("KILL", "TYPE", "pubsub"));
  await once(sub, "ready");
  say(seen);
  // It subscribes again by itself, and says nothing of it.
  await until(async () => cameBack(await pub.client("LIST", "TYPE", "pubsub"), id));
  say(await pub.publish("news", "again"), await pub.publish("sport", "again"));
  say(await pub.spublish("shard", "again"), (await messages.next()).value);
  say((await matches.next()).value, (await shardMessages.next()).value);
  sub.disconnect();

  // What is asked while there is no connection is asked once there is one.
  const killed = on(pub, "close");
  say(await pub.client("KILL", "ID", await pub.client("ID"), "SKIPME", "no"));
  await killed.next();
  say(await pub.set("foo", "bar"), await pub.get("foo"));
  pub.disconnect();
}

scenarios(basicUsage, addresses, pipelining, scanning, monitoring, listening, reconnecting);
