"""The client library: what a request costs the program that makes it, beside other ways to make it.

The programs are client_bench and hiredis_bench, built beside our server; they take turns (A B B A)
on the same server, and say what a request cost their own process.
"""

import re
from pathlib import Path

import wire
from processes import Placement, spawn

SESSION = {100: 400_000, 10: 80_000, 1: 8_000}  # requests, by how many are under way
LINE = re.compile(r"(\d+) ns CPU each \((\d+) user, (\d+) system\) +(\d+)/s")


def cost(program, *arguments):
    """What one run says of itself."""
    child = spawn([program, *map(str, arguments)], Placement.for_clients(), stdout=-1, stderr=-1,
                  text=True)
    output, trouble = child.communicate(timeout=120)
    found = LINE.search(output)
    if child.returncode != 0 or not found or "failed" in output:
        raise wire.Unmeasurable(f"{program.name}: {(output + trouble).strip()}")
    total, user, system, rate = (int(figure) for figure in found.groups())
    return {
        "cpu_us": total / 1e3,
        "user_us": user / 1e3,
        "system_us": system / 1e3,
        "requests_per_s": rate,
    }


def measure(server, folder, case, scale):
    """One round: the other way first, then one connection of ours that all requests share."""
    requests = max(1000, int(SESSION[case.pipeline] * scale))
    ours = (Path(folder) / "client_bench", server.port, case.pipeline, 1, requests)
    if case.connections > 1:
        other = (Path(folder) / "client_bench", server.port, case.pipeline, case.connections,
                 requests // 8)
    else:
        other = (Path(folder) / "hiredis_bench", server.port, case.pipeline, requests)
    runs = {way: [] for way in (other, ours)}
    for way in (other, ours, ours, other):
        runs[way].append(cost(*way))
    return [mean(runs[way]) for way in (other, ours)]


def mean(runs):
    return {name: sum(run[name] for run in runs) / len(runs) for name in runs[0]}
