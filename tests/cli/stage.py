"""A redis-server of one's own, and both clients with one terminal each to run them in."""

import os
import subprocess
import sys

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), "../support"))
import servers  # noqa: E402
from servers import PATIENCE, until  # noqa: E402, F401
from terminal import Terminal  # noqa: E402, F401


class Server(servers.Server):
    """redis-server with DEBUG allowed."""

    path = "redis-server"

    def __init__(self, *options):
        super().__init__(self.path, "--enable-debug-command", "yes", *options)


def run(words, text=b"", env=None):
    """stdout, stderr and exit code of a program that speaks to programs."""
    done = subprocess.run(words, input=text, capture_output=True, timeout=PATIENCE * 3,
                          env={**os.environ, "LC_ALL": "C.UTF-8", "TERM": "xterm-256color",
                               **(env or {})})
    return done.stdout, done.stderr, done.returncode
