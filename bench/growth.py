"""Memory, and the stall a second client sees: each on a server that was started for it alone.

Memory is the growth of the resident size, divided by what made it grow.
"""

import json
import resource
import subprocess
import sys
import time
from pathlib import Path

import traffic
import wire
from processes import Placement, spawn
from ratios import percentile

PROBER = Path(__file__).with_name("prober.py")
KEY_SPACE = 2**31 - 1  # the widest range redis-benchmark draws keys from
RANDOM = "key:__rand_int__"
SPARE_FILES = 100


def keys(server, case):
    """Bytes per key, of exactly case.keys distinct keys."""
    before = server.settled()
    if case.prepare:
        wire.load_each(server.port, case.prepare, case.keys)
    else:
        template = wire.set_template(case.key, "x" * case.size, case.expiry)
        wire.load(server.port, template, case.keys)
    held = int(wire.ask(server.port, "DBSIZE"))
    if held != case.keys:
        raise wire.Unmeasurable(f"{server.label} holds {held} keys of {case.keys}")
    return {"bytes_per_key": (server.settled() - before) / held}


def connections(server, case):
    """Bytes per connection that has had one PING answered, case.rest_s after the last of them.

    At once what a connection really took is seen; later, what a server gives back by and by."""
    needed = case.connections + SPARE_FILES
    limit = resource.getrlimit(resource.RLIMIT_NOFILE)[0]
    if limit != resource.RLIM_INFINITY and needed > limit:
        raise wire.Unmeasurable(f"needs {needed} open files, the limit is {limit}: ulimit -n")
    before = server.settled()
    opened = wire.open_idle(server.port, case.connections)
    try:
        time.sleep(case.rest_s)
        return {"bytes_per_connection": (server.resident() - before) / case.connections}
    finally:
        for sock in opened:
            sock.close()


def stall(server, case):
    """What a PING every millisecond meets while redis-benchmark loads keys, and their bytes.

    The keys are drawn from 2^31; of 5 M some 6,000 are drawn twice, and DBSIZE knows."""
    before, cpu_before = server.settled(), server.cpu()
    met, report = _probed(server, lambda: _load(server, case, "SET", RANDOM, "x" * case.size))
    spent = server.cpu() - cpu_before
    held = int(wire.ask(server.port, "DBSIZE"))
    return {
        **met,
        "bytes_per_key": (server.settled() - before) / held,
        "cpu_us": spent / case.keys * 1e6,
        "requests_per_s": report["requests_per_s"],
    }


def growing(server, case):
    """What a PING every millisecond meets while one collection grows."""
    return _probed(server, lambda: _load(server, case, *case.words))[0]


def deleting(server, case):
    """What it meets while such a collection is deleted."""
    _load(server, case, *case.words)
    met, deleted = _probed(server, lambda: wire.ask(server.port, "DEL", case.words[1]))
    if deleted != "1":
        raise wire.Unmeasurable("there was nothing to delete")
    return met


def _load(server, case, *words):
    options = ["-n", str(case.keys), "-P", str(case.pipeline), "-r", str(KEY_SPACE)]
    return traffic.parse_report(traffic.finish(traffic.start(server.port, *options, *words)))


def _probed(server, act):
    """What the prober met while `act` was under way, and what that returned."""
    prober = spawn(
        [sys.executable, str(PROBER), str(server.port)],
        Placement.for_clients(),
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )
    try:
        if prober.stdout.readline() != "ready\n":
            raise wire.Unmeasurable("the prober did not start")
        result = act()
        said = prober.communicate(timeout=traffic.DEADLINE_S)[0]
    finally:
        prober.kill()
        prober.wait()
    if not said:
        raise wire.Unmeasurable("the prober lost its connection")
    return summary(json.loads(said)), result


def summary(probe):
    """Percentiles (ms) of what the prober printed."""
    latencies = sorted(us / 1000 for us in probe["latencies_us"])
    return {
        "ping_p50_ms": percentile(latencies, 50),
        "ping_p99_ms": percentile(latencies, 99),
        "ping_p999_ms": percentile(latencies, 99.9),
        "ping_max_ms": latencies[-1],
        "pings": len(latencies),
        "pings_skipped": probe["skipped"],
    }
