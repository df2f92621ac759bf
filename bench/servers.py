"""The servers under test: find them, start them alike, read their CPU and memory, stop them."""

import os
import re
import shutil
import socket
import subprocess
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path

import wire
from processes import Placement, cpu_of, spawn, ticks_of

PACKAGES = {
    "redis-server": "redis-server",
    "redis-benchmark": "redis-tools",
    "valkey-server": "valkey-server",
}
START_DEADLINE_S = 15
STOP_DEADLINE_S = 10
PORTS_TRIED = 50
PAGE = os.sysconf("SC_PAGE_SIZE")


class ServerError(Exception):
    """A program that is missing, or a server that does not start or has ended."""


def find_program(name):
    """The full path of a program given by name or path. ServerError says what to install."""
    found = shutil.which(name)
    if found:
        return os.path.abspath(found)
    package = PACKAGES.get(name)
    if package:
        raise ServerError(f"{name} is missing; Debian has it: apt install {package}")
    raise ServerError(f"{name} is not an executable; ours is built by ./dev build")


def version_of(path):
    """What the program says of itself, shortened to the number where there is one."""
    said = subprocess.run([path, "--version"], capture_output=True, text=True, check=False)
    line = (said.stdout or said.stderr).strip().split("\n")[0]
    number = re.search(r"\d+\.\d+(\.\d+)?", line)
    return number.group(0) if number else line[:40]


@dataclass(frozen=True)
class Contestant:
    """A server program and how it is to be run. label is its name in every table."""

    label: str
    path: str
    threads: int = 1

    def arguments(self, port):
        """The command line: one port on loopback, this many threads, no persistence."""
        ours = os.path.basename(self.path).startswith("mini-redis")
        command = [self.path, "--port", str(port), "--bind", "127.0.0.1"]
        if ours or self.threads > 1:
            command += ["--io-threads", str(self.threads)]
        return command if ours else [*command, "--save", "", "--appendonly", "no"]


def free_port(first):
    """The first port at or above `first` that nobody listens on."""
    for port in range(first, first + PORTS_TRIED):
        with socket.socket() as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            try:
                probe.bind(("127.0.0.1", port))
                return port
            except OSError:
                continue
    raise ServerError(f"no free port from {first} to {first + PORTS_TRIED - 1}")


class Server:
    """A running server; a context manager that stops it. first_port is where to look for one."""

    def __init__(self, contestant, first_port):
        self.label = contestant.label
        self.port = free_port(first_port)
        self._folder = tempfile.TemporaryDirectory(prefix="mini-redis-bench-")
        self._log = Path(self._folder.name, "log")
        with self._log.open("wb") as log:
            self._process = spawn(
                contestant.arguments(self.port),
                Placement.for_server(contestant.threads),
                cwd=self._folder.name,
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=subprocess.STDOUT,
            )
        try:
            self._await_pong()
        except BaseException:
            self.stop()
            raise

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.stop()

    @property
    def pid(self):
        return self._process.pid

    def _await_pong(self):
        deadline = time.monotonic() + START_DEADLINE_S
        while time.monotonic() < deadline:
            self.check_alive()
            try:
                wire.ask(self.port, "PING")
                return
            except (OSError, wire.Unmeasurable):
                time.sleep(0.01)
        raise ServerError(f"{self.label} does not answer PING on port {self.port}")

    def check_alive(self):
        """ServerError, with the end of its log, if the server has ended."""
        code = self._process.poll()
        if code is not None:
            tail = self._log.read_text(errors="replace").strip().split("\n")[-5:]
            raise ServerError(f"{self.label} ended with {code}: " + " | ".join(tail))

    def stop(self):
        if self._process.poll() is None:
            self._process.terminate()
            try:
                self._process.wait(STOP_DEADLINE_S)
            except subprocess.TimeoutExpired:
                self._process.kill()
                self._process.wait()
        self._folder.cleanup()

    def cpu(self):
        """CPU seconds so far, exact."""
        return cpu_of(self._process.pid)

    def ticks(self):
        """CPU seconds so far as (user, system), coarse."""
        return ticks_of(self._process.pid)

    def resident(self):
        """Bytes of resident memory."""
        return int(Path(f"/proc/{self._process.pid}/statm").read_text().split()[1]) * PAGE

    def settled(self, quiet_s=0.5, deadline_s=5.0):
        """Resident bytes once they have held still (to 0.1 %) for quiet_s."""
        deadline = time.monotonic() + deadline_s
        size, since = self.resident(), time.monotonic()
        while time.monotonic() < min(deadline, since + quiet_s):
            time.sleep(0.05)
            now = self.resident()
            if abs(now - size) > size / 1000:
                size, since = now, time.monotonic()
        return self.resident()
