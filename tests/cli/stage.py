"""A redis-server of one's own, and both clients with one terminal each to run them in."""

import os
import pty
import select
import socket
import subprocess
import tempfile
import termios
import time

PATIENCE = 20  # seconds; nothing here takes more than a few


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


class Server:
    """redis-server on a free port and on a Unix socket, empty, with DEBUG allowed."""

    path = "redis-server"

    def __init__(self, *options):
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
             "--unixsocket", self.socket, "--enable-debug-command", "yes", *self.options],
            cwd=self.folder.name, stdout=subprocess.DEVNULL, env={**os.environ, "LC_ALL": "C"})
        # Nothing tells that a server listens but that it answers; each attempt takes its time.
        for _ in range(100_000):
            try:
                socket.create_connection(("127.0.0.1", self.port), 5).close()
                return
            except ConnectionRefusedError:
                assert self.program.poll() is None, "redis-server has ended"

    def stop(self):
        self.program.terminate()
        self.program.wait(PATIENCE)

    def close(self):
        self.stop()
        self.folder.cleanup()


class Terminal:
    """A program that believes it speaks to a person: 24 rows, 80 columns."""

    def __init__(self, words, env):
        self.master, terminal = pty.openpty()
        termios.tcsetwinsize(terminal, (24, 80))
        # Its own session with this as its terminal, so that Ctrl-C is its own, too.
        self.program = subprocess.Popen(
            words, stdin=terminal, stdout=terminal, stderr=terminal, start_new_session=True,
            preexec_fn=lambda: os.close(os.open(os.ttyname(0), os.O_RDWR)),
            env={**os.environ, "TERM": "xterm-256color", "LC_ALL": "C.UTF-8", **env})
        os.close(terminal)
        self.shown = ""

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.program.kill()
        self.program.wait()
        os.close(self.master)

    def type(self, text):
        os.write(self.master, text.encode())

    def interrupt(self):
        self.type("\x03")

    def wait_for(self, text):
        """Reads on until `text` is shown; returns what came before it, and forgets both."""
        while text not in self.shown:
            if not select.select([self.master], [], [], PATIENCE)[0]:
                raise AssertionError(f"{text!r} is not shown, but {self.shown!r}")
            try:
                more = os.read(self.master, 4096)
            except OSError:  # the other end is closed
                more = b""
            if not more:
                raise AssertionError(f"{text!r} was never shown, but {self.shown!r}")
            self.shown += more.decode(errors="replace")
        before, self.shown = self.shown.split(text, 1)
        return before

    def wait_for_end(self):
        """Returns the exit code, and a negative signal number."""
        while True:
            if not select.select([self.master], [], [], PATIENCE)[0]:
                raise AssertionError(f"it does not end, but shows {self.shown!r}")
            try:
                if not os.read(self.master, 4096):
                    break
            except OSError:
                break
        return self.program.wait(PATIENCE)


def until(condition):
    """Asks again and again; each question takes its time."""
    end = time.monotonic() + PATIENCE
    while not condition():
        assert time.monotonic() < end, "it does not become so"


def run(words, text=b"", env=None):
    """stdout, stderr and exit code of a program that speaks to programs."""
    done = subprocess.run(words, input=text, capture_output=True, timeout=PATIENCE * 3,
                          env={**os.environ, "LC_ALL": "C.UTF-8", "TERM": "xterm-256color",
                               **(env or {})})
    return done.stdout, done.stderr, done.returncode

