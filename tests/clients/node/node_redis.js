// node-redis, the examples of its manual, in both dialects: says what it saw of the server at the
// port and the socket that it is given.
"use strict";
const { EventEmitter, on } = require("node:events");
const { BasicClientSideCache, createClient, createClientPool, RESP_TYPES } = require("redis");
const { attempt, cameBack, say, scenarios, until } = require("./telling.js");

const [port, socket] = process.argv.slice(2);

function connect(options) {
  return createClient({ url: `redis://127.0.0.1:${port}`, ...options })
    .on("error", (err) => say("Redis Client Error", err.message))
    .connect();
}

async function basicUsage(options) {
  const client = await connect(options);
  await client.flushAll();
  say(await client.set("key", "value"), await client.get("key"), await client.get("nothing"));
  say(await client.set("new", "value", { EX: 10, NX: true }), await client.ttl("new"));
  say(await client.set("new", "value", { NX: true }), await client.set("new", "x", { GET: true }));
  say(await client.sendCommand(["SET", "key", "value", "NX"]), await client.mGet(["key", "none"]));
  const binary = client.withTypeMapping({ [RESP_TYPES.BLOB_STRING]: Buffer });
  say(await binary.set("bytes", Buffer.from([0, 255])), await binary.get("bytes"));
  say(await client.mSet({ a: "1", b: "2" }), await client.mSetNX([["a", "1"], ["c", "3"]]));
  say(await client.incrByFloat("a", 0.5), await attempt(client.incr("key")));
  say(await attempt(client.sendCommand(["NOSUCH", "a"])), await attempt(client.rename("n", "m")));
  say(await client.setBit("bits", 7, 1), await client.bitCount("bits"));
  say(await client.bitField("bits", [{ operation: "GET", encoding: "u8", offset: 0 }]));
  say(await client.expire("a", 100, "NX"), await client.persist("a"), await client.pTTL("a"));
  say(await client.lcsIdx("key", "new"), await client.lcsLen("key", "key"));
  say(await client.objectEncoding("key"), await client.type("key"), await client.exists("key"));
  // What is asked during the same tick goes out together.
  const numbers = await Promise.all(Array.from({ length: 1000 }, () => client.incr("counter")));
  say(numbers.length, numbers[999]);
  say(await client.multi().set("a", "1").get("a").execAsPipeline());
  say(client.isReady, client.isOpen, await client.close(), client.isOpen);
}

async function looking(options) {
  const client = await connect({ ...options, name: "me", database: 3 });
  await client.mSet(Object.fromEntries(Array.from({ length: 1000 }, (_, i) => [`key:${i}`, "x"])));
  const found = new Set();
  for await (const keys of client.scanIterator({ TYPE: "string", MATCH: "key:*", COUNT: 100 }))
    keys.forEach((key) => found.add(key));
  say(found.size, await client.dbSize(), await client.keys("none*"));
  const info = await client.clientInfo();
  say(info.name, info.db, info.resp, info.flags, (await client.clientId()) === info.id);
  say(await client.configGet("maxmemory-policy"), /role:master/.test(await client.info()));
  say(await client.configSet({ maxmemory: "100mb" }), await client.configGet(["maxmemory"]));
  say(await client.configSet("maxmemory", "0"), await client.commandInfo(["get", "set"]));
  say(await client.commandGetKeys(["MSET", "a", "1", "b", "2"]), await client.configResetStat());
  say(await client.clientTrackingInfo(), await client.memoryUsage("nothing"));
  say(await client.latencyHistory("command"), await client.ping("hi"));
  say(await client.select(4), await client.dbSize(), await attempt(client.select(99)));
  const monitor = client.duplicate();
  const lines = new EventEmitter();
  const shown = on(lines, "line");
  await monitor.on("error", () => {}).connect();
  await monitor.monitor((line) => lines.emit("line", line));
  say(await client.echo("a b"));
  say(String((await shown.next()).value[0]).replace(/^[\d.]+|127[^\]]*/g, ""));
  monitor.destroy();
  await client.close();

  const local = await createClient({ ...options, socket: { path: socket } }).connect();
  say(await local.ping(), await local.get("key:1"));
  local.destroy();
  const pool = await createClientPool({ ...options, url: `redis://127.0.0.1:${port}` },
    { minimum: 2, maximum: 4, acquireTimeout: 60000 }).connect();
  const numbers = await Promise.all(Array.from({ length: 100 }, () => pool.incr("pooled")));
  say(Math.max(...numbers) - Math.min(...numbers));
  pool.destroy();
}

// A listener, and the next of what it has heard.
function listener() {
  const emitter = new EventEmitter();
  const heard = on(emitter, "message");
  const listen = (...message) => emitter.emit("message", ...message);
  return { listen, next: async () => (await heard.next()).value };
}

async function listening(options) {
  const client = await connect(options);
  const subscriber = client.duplicate();
  subscriber.on("error", (err) => console.error(err));
  await subscriber.connect();
  const [news, bytes, matched, sharded] = [listener(), listener(), listener(), listener()];
  say(await subscriber.subscribe("news", news.listen));
  say(await subscriber.subscribe(["news", "sport"], bytes.listen, true));
  say(await subscriber.pSubscribe("n?ws", matched.listen));
  say(await subscriber.sSubscribe("news", sharded.listen));
  say(await client.publish("news", "hello"), await news.next(), await bytes.next());
  say(await matched.next());
  say(await client.publish("sport", Buffer.from([0, 255])), await bytes.next());
  say(await client.sPublish("news", "only here"), await sharded.next());
  say((await client.pubSubChannels()).sort(), await client.pubSubNumSub(["news", "none"]));
  say(await client.pubSubNumPat(), await client.pubSubShardNumSub(["news"]));
  // In the newer dialect a subscriber may ask for anything.
  say(await subscriber.ping(), await attempt(subscriber.set("said", "by a subscriber")));
  say(await subscriber.unsubscribe("news", news.listen), await client.publish("news", "2"));
  say(await bytes.next(), await matched.next());
  say(await subscriber.unsubscribe(["news", "sport"]));
  say(await subscriber.pUnsubscribe(), await subscriber.sUnsubscribe());
  say(await client.publish("news", "nobody"), await subscriber.get("said"));
  await subscriber.close();
  await client.close();
}

async function reconnecting(options) {
  const client = await connect(options);
  const subscriber = client.duplicate();
  const seen = [];
  for (const event of ["error", "reconnecting", "connect", "ready"])
    subscriber.on(event, (error) => seen.push(error ? `${event}: ${error.message}` : event));
  await subscriber.connect();
  const id = await subscriber.clientId();
  const [news, matched, sharded] = [listener(), listener(), listener()];
  await subscriber.subscribe("news", news.listen);
  await subscriber.pSubscribe("s*", matched.listen);
  await subscriber.sSubscribe("shard", sharded.listen);
  const ready = new Promise((resolve) => subscriber.once("ready", resolve));
  say(await client.clientKill({ filter: "TYPE", type: "PUBSUB" }));
  await ready;
  say(seen);
  const list = () => client.sendCommand(["CLIENT", "LIST", "TYPE", "pubsub"]);
  await until(async () => cameBack(await list(), id));
  say(await client.publish("news", "again"), await client.publish("sport", "again"));
  say(await client.sPublish("shard", "again"), await news.next());
  say(await matched.next(), await sharded.next());
  subscriber.destroy();
  client.destroy();
}

async function caching() {
  const cache = new BasicClientSideCache({ ttl: 0, maxEntries: 0, evictPolicy: "LRU" });
  const client = await connect({ RESP: 3, clientSideCache: cache });
  const other = await connect();
  const counts = () => [cache.stats().hitCount, cache.stats().missCount];
  const invalidated = on(cache, "invalidate");
  say(await other.set("a", "1"), await client.get("a"), await client.get("a"), counts());
  say(await other.set("a", "2"), (await invalidated.next()).value);
  say(await client.get("a"), await client.get("a"), await client.mGet(["a", "b"]), counts());
  say(await other.set("b", "3"), (await invalidated.next()).value);
  say(await client.mGet(["a", "b"]), await client.mGet(["a", "b"]), counts());
  say(await other.flushAll(), (await invalidated.next()).value, await client.get("a"), counts());
  say(await client.clientTrackingInfo());
  await client.close();
  await other.close();
}

async function inBothDialects() {
  for (const one of [basicUsage, looking, listening, reconnecting])
    for (const RESP of [2, 3]) {
      console.log(`= ${one.name}, RESP${RESP}`);
      await one({ RESP });
    }
}

scenarios(inBothDialects, caching);
