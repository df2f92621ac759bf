"""The same scenario with redis-server and with ours: what a client makes of both must be the same.

A scenario is given a server, empty, and returns a list of what it saw; what no two servers have in
common (a port, the number of a connection) it leaves out.
"""

import difflib
import os
import subprocess
import sys
import unittest

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), "../support"))
from servers import PATIENCE, Server, until  # noqa: E402

OURS, THEIRS = (os.path.abspath(sys.argv.pop(1)), sys.argv.pop(1)) if len(sys.argv) > 2 else (
    "mini-redis-server", "redis-server")


def ask(server, *words, text=""):
    """What redis-cli prints, and its exit code."""
    done = subprocess.run(["redis-cli", "-p", str(server.port), *words], input=text, text=True,
                          capture_output=True, timeout=PATIENCE)
    return done.stdout + done.stderr + f"exit code {done.returncode}"


def nobody_listens(server):
    """Waits until those are gone that ended their connections, since PUBLISH would count them."""
    until(lambda: "id=" not in ask(server, "CLIENT", "LIST", "TYPE", "pubsub"))


def lines(seen):
    return [line for what in seen
            for line in (what if isinstance(what, str) else repr(what)).split("\n")]


class Comparison(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.servers = [Server(path, "--loglevel", "warning") for path in (THEIRS, OURS)]

    @classmethod
    def tearDownClass(cls):
        for server in cls.servers:
            server.close()

    def compare(self, scenario, *words):
        seen = []
        for server in self.servers:
            self.assertEqual(ask(server, "FLUSHALL"), "OK\nexit code 0")
            seen.append(lines(scenario(server, *words)))
            self.assertTrue(seen[-1])
        difference = list(difflib.unified_diff(*seen, "redis-server", "ours", n=2, lineterm=""))
        if difference:
            self.fail("\n" + "\n".join(difference))
