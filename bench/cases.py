"""What is compared: the table of cases, and how a case is chosen from the command line.

A case's name is its tags joined by "-" (get-p16-random-3b). A selector is tags joined the same
way and chooses every case that bears all of them: "get", "p16-random", "memory", "target"; a
whole name chooses its case alone.
Targets are the ratios to redis-server 7.0.15 that the project promises with one I/O thread.
Nothing is measured here.
"""

from dataclasses import dataclass

import wire

CLIENTS = 50
KEYS = 1_000_000
PIPELINES = (1, 16, 100)
SIZES = {"3b": 3, "1k": 1024}

# Requests in one run, by pipeline: some tenths of a second.
REQUESTS = {1: 30_000, 16: 200_000, 100: 300_000}

# Several threads contend and wake each other; that may cost so much CPU per request.
THREADS_ALLOWANCE = 1.4


@dataclass(frozen=True)
class Case:
    """One thing to measure. kind says how: requests, fanout, client, memory, load, grow, delete or
    idle."""

    name: str
    kind: str
    title: str
    target: float | None = None
    quick: bool = False
    command: str = ""
    pipeline: int = 1
    size: int = 0
    random: bool = False
    requests: int = 0
    keys: int = 0
    key: bytes = b""
    expiry: bool = False
    connections: int = 0
    words: tuple = ()  # the request, where redis-benchmark has no test of it
    prepare: tuple = ()  # requests that make what it is about, or each key of it
    rest_s: float = 0.0

    @property
    def tags(self):
        extra = [tag for tag, borne in (("target", self.target), ("quick", self.quick)) if borne]
        return {*self.name.split("-"), self.kind, *extra}

    @property
    def metric(self):
        """The measurement whose ratio the case is about."""
        return {
            "requests": "cpu_us",
            "fanout": "cpu_us",
            "client": "cpu_us",
            "memory": "bytes_per_key",
            "load": "ping_p999_ms",
            "grow": "ping_max_ms",
            "delete": "ping_max_ms",
            "idle": "bytes_per_connection",
        }[self.kind]

    def target_for(self, threads):
        """The highest ratio allowed with this many I/O threads; None when nothing is promised."""
        if self.target is None or threads == 1 or self.kind not in ("requests", "fanout"):
            return self.target
        return round(self.target * THREADS_ALLOWANCE, 3)


def _requests(command, pipeline, random, size_tag):
    promised = command in ("get", "set") and size_tag == "3b"
    target = {(1, True): 0.92, (1, False): 0.92, (16, True): 0.45, (100, True): 0.30}.get(
        (pipeline, random)
    )
    requests = REQUESTS[pipeline]
    if command == "mset":
        requests //= 2 if pipeline == 1 else 10
    elif size_tag == "1k" and pipeline > 1:
        requests //= 2
    shape = [command, f"p{pipeline}", "random" if random else "fixed"]
    keys = "1 M random keys" if random else "one key"
    what = "MSET of 10" if command == "mset" else command.upper()
    title = f"{what}, {keys}"
    if command != "incr":
        shape.append(size_tag)
        title += f", {SIZES[size_tag]:,} B"
    title += f", pipeline {pipeline}" if pipeline > 1 else ", no pipelining"
    return Case(
        name="-".join(shape),
        kind="requests",
        title=title,
        target=target if promised else None,
        quick=promised and target is not None and random,
        command=command,
        pipeline=pipeline,
        size=SIZES[size_tag],
        random=random,
        requests=requests,
    )


def _collection(command, pipeline, about="", random=False, words=(), prepare=(), many=0):
    """A command on a collection: one of redis-benchmark's tests, or `words`; many are replied."""
    name = f"{command}-p{pipeline}" + (f"-{many}" if many else "")
    pipelined = f"pipeline {pipeline}" if pipeline > 1 else "no pipelining"
    requests = REQUESTS[pipeline] // (10 if many else 1)
    return Case(
        name=name,
        kind="requests",
        title=f"{command.upper()}{about}, {pipelined}",
        target={1: 0.95, 16: 0.60}[pipeline],
        command=command,
        pipeline=pipeline,
        size=SIZES["3b"],
        random=random,
        requests=requests,
        words=words,
        prepare=prepare,
    )


def _collections(pipeline):
    fields = [word for i in range(1000) for word in (f"field:{i}", "xxx")]
    members = [f"member:{i}" for i in range(1500)]
    scored = [word for i in range(1000) for word in (str(i * 7 % 1000), members[i])]
    hash_of_1000 = ("HSET", "hash-of-1000", *fields)
    list_of_1000 = ("RPUSH", "list-of-1000", *["xxx"] * 1000)
    zset_of_1000 = ("ZADD", "zset-of-1000", *scored)
    sets_of_1000 = (
        ("SADD", "set-of-1000", *members[:1000]),
        ("SADD", "set-of-1000-too", *members[500:]),
    )
    sinter = ("SINTER", "set-of-1000", "set-of-1000-too")
    return (
        _collection("hset", pipeline, ", 1 M random fields", random=True),
        _collection("sadd", pipeline, ", 1 M random members", random=True),
        _collection("spop", pipeline),
        # (What is popped was pushed by the case before.)
        *(_collection(command, pipeline) for command in ("lpush", "lpop", "rpush", "rpop")),
        _collection("zadd", pipeline, ", 1 M random members", random=True),
        _collection("zpopmin", pipeline),
        _collection("xadd", pipeline, words=("XADD", "a-stream", "*", "field", "xxx")),
        _collection("hgetall", pipeline, " of 1,000", words=("HGETALL", "hash-of-1000"),
                    prepare=(hash_of_1000,), many=1000),
        _collection("sinter", pipeline, " of 1,000", words=sinter, prepare=sets_of_1000, many=1000),
        *(
            _collection("lrange", pipeline, f" of {many}", prepare=(list_of_1000,), many=many,
                        words=("LRANGE", "list-of-1000", "0", str(many - 1)))
            for many in (100, 300, 600)
        ),
        _collection("zrange", pipeline, " of 1,000", words=("ZRANGE", "zset-of-1000", "0", "-1"),
                    prepare=(zset_of_1000,), many=1000),
    )


def _memory(key, size, expiry=False, target=None):
    name = f"memory-{len(key % 0)}-{size}" + ("-expiry" if expiry else "")
    title = f"bytes per key, {len(key % 0)} B keys, {size} B values"
    return Case(
        name=name,
        kind="memory",
        title=title + (", an expiry on each" if expiry else ""),
        target=target,
        quick=target is not None,
        size=size,
        keys=KEYS,
        key=key,
        expiry=expiry,
    )


def _memory_of(what, many, keys, *requests):
    return Case(
        name=f"memory-{what}-{many}",
        kind="memory",
        title=f"bytes per {what.replace('zset', 'sorted set')} of {many:,}",
        target=1.00,
        keys=keys,
        prepare=requests,
    )


def _memory_of_collections():
    """As many keys as make some hundred megabytes."""
    fields = [word for i in range(10) for word in (f"field:{i}", f"value:{i}")]
    scored = [word for i in range(1000) for word in (str(i), f"member:{i}")]
    key = wire.THE_KEY
    return (
        _memory_of("hash", 10, 100_000, ("HSET", key, *fields)),
        _memory_of("list", 100, 100_000, ("RPUSH", key, *(f"element:{i}" for i in range(100)))),
        _memory_of("set", 100, 100_000, ("SADD", key, *map(str, range(1000, 1100)))),
        _memory_of("zset", 10, 100_000, ("ZADD", key, *scored[:20])),
        _memory_of("zset", 1000, 5_000, ("ZADD", key, *scored)),
        _memory_of("stream", 1000, 5_000, *[("XADD", key, "*", "field", "value")] * 1000),
    )


def _load(millions, target=None):
    return Case(
        name=f"load-{millions}m",
        kind="load",
        title=f"p99.9 of a PING every ms while {millions} M keys are loaded",
        target=target,
        quick=target is not None,
        size=32,
        pipeline=16,
        keys=millions * 1_000_000,
    )


def _stalls():
    """One collection that grows to 5 M elements, and its end. (Some 6,000 are drawn twice.)"""
    member = "member:__rand_int__"
    whats = (
        ("hash", ("HSET", "one-hash", member, "xxx")),
        ("set", ("SADD", "one-set", member)),
        ("zset", ("ZADD", "one-zset", "__rand_int__", member)),
    )
    during = (
        ("grow", "while one {} grows to 5 M elements"),
        ("delete", "while a {} of 5 M is deleted"),
    )
    return tuple(
        Case(
            name=f"{kind}-{what}-5m",
            kind=kind,
            title="longest of a PING every ms " + when.format(what.replace("zset", "sorted set")),
            target=1.00,
            pipeline=16,
            keys=5_000_000,
            words=words,
        )
        for what, words in whats
        for kind, when in during
    )


def _idle(title, name, rest_s, target=None):
    return Case(
        name=name,
        kind="idle",
        title=title,
        target=target,
        quick=target is not None,
        connections=5000,
        rest_s=rest_s,
    )


def _fanout(subscribers, size, pipeline, target=None):
    pipelined = f"pipeline {pipeline}" if pipeline > 1 else "no pipelining"
    return Case(
        name=f"fanout-{subscribers}-{size}b-p{pipeline}",
        kind="fanout",
        title=f"PUBLISH to {subscribers:,} subscribers, {size:,} B, {pipelined}",
        target=target,
        quick=target is not None,
        pipeline=pipeline,
        size=size,
        connections=subscribers,
    )


def _client(under_way, connections=1, target=None):
    beside = f"{connections} connections" if connections > 1 else "hiredis, asynchronous"
    return Case(
        name=f"client-{under_way}-" + ("apart" if connections > 1 else "hiredis"),
        kind="client",
        title=f"GET, {under_way} under way on one connection, beside {beside}",
        target=target,
        quick=target is not None,
        pipeline=under_way,
        connections=connections,
    )


ALL = (
    *(
        _requests(command, pipeline, random, size)
        for size in SIZES
        for command in ("get", "set", "incr", "mset")
        for pipeline in PIPELINES
        for random in (False, True)
        if not (command == "incr" and size != "3b")
    ),
    *_collections(1),
    *_collections(16),
    _fanout(50, 64, 16, target=0.85),
    _fanout(50, 64, 1, target=0.95),
    _fanout(50, 4096, 16, target=0.70),
    _fanout(50, 4096, 1),
    _fanout(1000, 64, 16),
    _fanout(1000, 4096, 16),
    _client(100, target=1.00),
    _client(10),
    _client(1),
    _client(100, connections=100, target=1.00),
    _memory(b"key:%012d", 32, target=0.58),
    _memory(b"key:%012d", 32, expiry=True, target=0.50),
    _memory(b"k:%08d", 10),
    *_memory_of_collections(),
    _load(1),
    _load(5, target=1.00),
    *_stalls(),
    _idle("bytes per idle connection that pinged once", "idle-5000", 0.2, target=0.25),
    _idle("bytes per idle connection, 15 s later", "idle-5000-rested", 15),
)


def choose(selectors, cases=ALL):
    """The cases that any of the selectors chooses, in table order. ValueError names a selector
    that chooses none."""
    chosen = set()
    for selector in selectors:
        wanted = set(selector.split("-"))
        named = {case.name for case in cases if case.name == selector}
        found = named or {case.name for case in cases if wanted <= case.tags}
        if not found:
            tags = sorted(set().union(*(case.tags for case in cases)))
            raise ValueError(f"no case is called {selector!r}; tags: {' '.join(tags)}")
        chosen |= found
    return [case for case in cases if case.name in chosen]
