#!/usr/bin/env python3
"""The second client: a PING every millisecond, until stdin closes. Run as a process of its own.

PINGs leave on their schedule whether or not earlier ones were answered, so a stall is seen by
every PING due in it (no coordinated omission). A reply's time is the kernel's time stamp of its
arrival, so how late this program is woken does not count. Where it was too late to send, it
skips the PING and says so. Prints one JSON object: latencies in microseconds, and its own merits.
"""

import json
import os
import select
import socket
import struct
import sys
import time
from collections import deque

SO_TIMESTAMPNS = 35
INTERVAL_S = 0.001
DRAIN_S = 10
PING = b"*1\r\n$4\r\nPING\r\n"
PONG = b"+PONG\r\n"


def raise_priority():
    """Real time if allowed, else nice, else nothing. Returns which."""
    try:
        os.sched_setscheduler(0, os.SCHED_FIFO, os.sched_param(1))
        return "SCHED_FIFO"
    except OSError:
        pass
    try:
        os.nice(-20)
        return "nice -20"
    except OSError:
        return "normal"


class Prober:
    """Sends PINGs and pairs each with its PONG, in order."""

    def __init__(self, port):
        self.sock = socket.create_connection(("127.0.0.1", port))
        self.sock.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        self.sock.setsockopt(socket.SOL_SOCKET, SO_TIMESTAMPNS, 1)
        self.sent = deque()
        self.latencies_us = []
        self.skipped = 0
        self.stamped = 0
        self._torn = b""

    def send(self):
        self.sent.append(time.clock_gettime_ns(time.CLOCK_REALTIME))
        self.sock.sendall(PING)

    def receive(self):
        # One PONG at a time: a read's time stamp is that of its last byte.
        data, ancillary, _, _ = self.sock.recvmsg(len(PONG) - len(self._torn), 64)
        arrived = time.clock_gettime_ns(time.CLOCK_REALTIME)
        if not data:
            raise ConnectionError("the server closed the prober's connection")
        for level, kind, payload in ancillary:
            if level == socket.SOL_SOCKET and kind == SO_TIMESTAMPNS:
                seconds, nanoseconds = struct.unpack("qq", payload)
                arrived = seconds * 1_000_000_000 + nanoseconds
                self.stamped += 1
        self._torn += data
        if self._torn == PONG:
            self._torn = b""
            self.latencies_us.append((arrived - self.sent.popleft()) / 1000)
        elif not PONG.startswith(self._torn):
            raise ConnectionError(f"not a PONG: {self._torn!r}")

    def run(self, stop):
        due = time.monotonic()
        while True:
            wait = max(0.0, due - time.monotonic())
            ready, _, _ = select.select([self.sock, stop], [], [], wait)
            if self.sock in ready:
                self.receive()
            if stop in ready:
                return self.drain()
            late = time.monotonic() - due
            if late >= 0:
                self.send()
                missed = int(late / INTERVAL_S)
                self.skipped += missed
                due += INTERVAL_S * (missed + 1)

    def drain(self):
        self.sock.settimeout(DRAIN_S)
        while self.sent:
            self.receive()


def main():
    prober = Prober(int(sys.argv[1]))
    priority = raise_priority()
    prober.send()
    prober.receive()
    prober.latencies_us.clear()
    print("ready", flush=True)
    prober.run(sys.stdin.buffer)
    json.dump(
        {
            "latencies_us": prober.latencies_us,
            "skipped": prober.skipped,
            "stamped": prober.stamped > 0,
            "priority": priority,
        },
        sys.stdout,
    )


if __name__ == "__main__":
    main()
