"""Requests by redis-benchmark: what they cost the server, how many a second, how late.

Throughput and latency come from plain runs, one server at a time. CPU comes from runs that take
turns in time slices: a redis-benchmark per server, all of them stopped (SIGSTOP) but one, and
that one changed every hundredth of a second. So the servers meet the same neighbours, caches
and clock speed, which on a virtual machine move the cost of a request by more than what is to be
measured. How many requests the slices held is read from the servers' own count, and that count
is held against redis-benchmark's in every plain run.
"""

import re
import signal
import subprocess
import time

import wire
from cases import CLIENTS, KEYS
from processes import Placement, spawn

SESSION_S = 0.6  # for each of the servers that take turns
SLICE_S = 0.01
CONNECT_S = 0.03  # for the clients to connect before the first turn
CONNECT_EACH_S = 0.001  # of a crowd: redis-benchmark rests for 50 ms after 64 of them
DRAIN_S, DRAIN_AT_MOST_S = 0.001, 0.5
IDLE = 0.1  # a server that uses less of a core than this has nothing left to do
DEADLINE_S = 300
ENDLESS = 2_000_000_000
MISCOUNT = 0.01


def parse_report(text):
    """Requests/s and latencies (ms) from redis-benchmark's report of one test.

    The 99.9th percentile is read off its distribution, whose nearest step is 99.902 %."""
    text = text.replace("\r", "\n")
    rate = re.search(r"throughput summary: ([\d.]+) requests per second", text)
    summary = re.search(r"avg\s+min\s+p50\s+p95\s+p99\s+max\n\s*([\d. ]+)", text)
    steps = re.findall(r"^([\d.]+)% <= ([\d.]+) milliseconds", text, re.MULTILINE)
    tail = next((float(ms) for percent, ms in steps if float(percent) >= 99.9), None)
    if not rate or not summary or tail is None:
        raise wire.Unmeasurable("redis-benchmark said: " + " ".join(text.split())[-200:])
    values = [float(word) for word in summary.group(1).split()]
    return {
        "requests_per_s": float(rate.group(1)),
        "p50_ms": values[2],
        "p99_ms": values[4],
        "p999_ms": tail,
    }


def served(server):
    """Commands the server has executed so far."""
    found = re.search(r"total_commands_processed:(\d+)", wire.ask(server.port, "INFO", "stats"))
    if not found:
        raise wire.Unmeasurable(f"{server.label}: INFO stats has no total_commands_processed")
    return int(found.group(1))


def start(port, *options):
    """A redis-benchmark under way."""
    command = ["redis-benchmark", "-h", "127.0.0.1", "-p", str(port), "-c", str(CLIENTS)]
    return spawn(
        [*command, "--precision", "3", *options],
        Placement.for_clients(),
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )


def finish(run):
    """What it printed, once it has ended. Unmeasurable when it failed or never ends."""
    try:
        said = run.communicate(timeout=DEADLINE_S)[0]
    except subprocess.TimeoutExpired as late:
        raise wire.Unmeasurable(f"redis-benchmark does not end in {DEADLINE_S} s") from late
    finally:
        run.kill()
        run.wait()
    if run.returncode != 0 or "Error from server" in said:
        raise wire.Unmeasurable("redis-benchmark: " + " ".join(said.split())[-200:])
    return said


def options_for(case, requests):
    options = ["-n", str(requests), "-P", str(case.pipeline), "-d", str(case.size)]
    options += ["-r", str(KEYS)] if case.random else []
    options += ["-c", str(case.connections)] if case.connections else []
    return [*options, *(case.words or ("-t", case.command))]


def fill(server, cases):
    """Makes all that the cases will read, so that each GET finds its value."""
    for words in {words for case in cases for words in case.prepare}:
        wire.ask(server.port, *words)
    cases = [case for case in cases if case.command in ("get", "set", "incr", "mset")]
    for prefix in ("key", "counter"):
        mine = [case for case in cases if (case.command == "incr") == (prefix == "counter")]
        value = "0" if prefix == "counter" or not mine else "x" * mine[0].size
        if mine:
            wire.ask(server.port, "SET", f"{prefix}:__rand_int__", value)
        if any(case.random for case in mine):
            template = wire.set_template(prefix.encode() + b":%012d", value)
            wire.load(server.port, template, KEYS)


def plain(server, case, requests):
    """One undisturbed run: its report. Unmeasurable if the server counts otherwise."""
    before = served(server)
    report = parse_report(finish(start(server.port, *options_for(case, requests))))
    counted = served(server) - before
    if abs(counted - requests) > requests * MISCOUNT:
        raise wire.Unmeasurable(f"{server.label} counts {counted} requests of {requests}")
    return report


def drain(server):
    """Waits until the server has done all that its stopped clients had asked for."""
    deadline = time.monotonic() + DRAIN_AT_MOST_S
    spent, since = server.cpu(), time.monotonic()
    while time.monotonic() < deadline:
        time.sleep(DRAIN_S)
        spent_now, now = server.cpu(), time.monotonic()
        if spent_now - spent < IDLE * (now - since):
            return
        spent, since = spent_now, now


def take_turns(servers, runs, seconds):
    """Lets one of the stopped runs go on at a time, there and back again (A B B A), at least
    once and then for so many seconds."""
    pairs = list(zip(servers, runs, strict=True))
    deadline = time.monotonic() + seconds
    while True:
        for server, run in [*pairs, *pairs[::-1]]:
            run.send_signal(signal.SIGCONT)
            time.sleep(SLICE_S)
            run.send_signal(signal.SIGSTOP)
            drain(server)
            if run.poll() is not None:
                finish(run)
                raise wire.Unmeasurable("redis-benchmark ended early")
        if time.monotonic() >= deadline:
            return


def sliced(servers, case, scale):
    """CPU microseconds per request of each server while all of them take turns."""
    runs = []

    def readings():
        return [(served(server), server.cpu(), *server.ticks()) for server in servers]

    try:
        for server in servers:
            runs.append(start(server.port, *options_for(case, ENDLESS)))
            time.sleep(CONNECT_S + case.connections * CONNECT_EACH_S)
            runs[-1].send_signal(signal.SIGSTOP)
            drain(server)
        before = readings()
        take_turns(servers, runs, SESSION_S * len(servers) * scale)
        after = readings()
    finally:
        for run in runs:
            run.kill()
            run.communicate()
    return [per_request(*pair) for pair in zip(before, after, strict=True)]


def per_request(before, after):
    """Microseconds per request between two readings of (count, total, user, system)."""
    requests, total, user, system = (b - a for a, b in zip(before, after, strict=True))
    if requests <= 0:
        raise wire.Unmeasurable("no requests were served")
    cost = total / requests * 1e6
    share = user / (user + system) if user + system else 0.0
    return {"cpu_us": cost, "user_us": cost * share, "system_us": cost * (1 - share)}


def measure(servers, case, scale):
    """One round of a case: the measurements of each server, in order."""
    reports = [plain(server, case, int(case.requests * scale)) for server in servers]
    costs = sliced(servers, case, scale)
    return [{**cost, **report} for cost, report in zip(costs, reports, strict=True)]
