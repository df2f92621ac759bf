"""A server of a test's own, on a free port and on a Unix socket, empty; and how to wait."""

import os
import socket
import subprocess
import tempfile
import time

PATIENCE = 20  # seconds; nothing here takes more than a few


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


class Server:
    """The server at `path` as a process. Both redis-server and ours take the same options."""

    def __init__(self, path, *options):
        self.path = path
        self.folder = tempfile.TemporaryDirectory()
        self.port = free_port()
        self.socket = os.path.join(self.folder.name, "redis.sock")
        self.program = None
        self.options = options
        # Somebody else may take the port between the probe and the server: then another one.
        for attempt in range(10):
            try:
                return self.start()
            except AssertionError:
                if attempt == 9:
                    raise
                self.port = free_port()

    def start(self):
        if self.program:
            self.program.wait(PATIENCE)
        self.program = subprocess.Popen(
            [self.path, "--port", str(self.port), "--save", "", "--bind", "127.0.0.1",
             "--unixsocket", self.socket, *self.options],
            cwd=self.folder.name, stdout=subprocess.DEVNULL, env={**os.environ, "LC_ALL": "C"})
        # Nothing tells that a server listens but that it answers; each attempt takes its time.
        end = time.monotonic() + PATIENCE
        while True:
            try:
                with socket.create_connection(("127.0.0.1", self.port), 5) as probe:
                    # (Where nobody listens, TCP may connect a socket to itself.)
                    if probe.getsockname() != probe.getpeername():
                        break
            except ConnectionRefusedError:
                assert self.program.poll() is None, f"{self.path} has ended"
                assert time.monotonic() < end, f"{self.path} does not listen"

    def stop(self):
        """Ends it as an operator would; returns its exit code."""
        self.program.terminate()
        return self.program.wait(PATIENCE)

    def close(self):
        code = self.stop()
        self.folder.cleanup()
        return code


def until(condition):
    """Asks again and again; each question takes its time."""
    end = time.monotonic() + PATIENCE
    while not condition():
        assert time.monotonic() < end, "it does not become so"
