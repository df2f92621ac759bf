#!/usr/bin/env python3
"""A crowd of observers, and what they cost: idle WebSockets, and one that does not read.

  crowd_test.py SERVER

Bounds are several times what was measured: they are to notice what grows, not to measure.
"""

import base64
import json
import os
import pathlib
import re
import resource
import socket
import struct
import sys
import unittest

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1] / "support"))
from servers import Server, free_port, until  # noqa: E402

SERVER = sys.argv[1]
CROWD = 1000
PER_SOCKET_MAX = 64 << 10
TALKED_ABOUT = 300
MESSAGES_KEPT_MAX = 20
ALL = b'{"topics":["info","tasks","clients"]}'


class Page:
    """A WebSocket that wants all there is to tell."""

    def __init__(self, port, receive_buffer=0):
        self.socket = socket.socket()
        if receive_buffer:
            self.socket.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, receive_buffer)
        self.socket.settimeout(20)
        self.socket.connect(("127.0.0.1", port))
        key = base64.b64encode(os.urandom(16)).decode()
        self.socket.sendall(
            (f"GET /ws/feed HTTP/1.1\r\nHost: localhost\r\nConnection: Upgrade\r\n"
             f"Upgrade: websocket\r\nSec-WebSocket-Version: 13\r\nSec-WebSocket-Key: {key}\r\n\r\n"
             ).encode())
        self.buffer = b""
        while b"\r\n\r\n" not in self.buffer:
            self.buffer += self.socket.recv(4096)
        head, self.buffer = self.buffer.split(b"\r\n\r\n", 1)
        assert b" 101 " in head, head

    def want(self, topics):
        # (A mask of zeros leaves the text as it is.)
        self.socket.sendall(bytes([0x81, 0x80 | len(topics), 0, 0, 0, 0]) + topics)

    def _take(self, count):
        while len(self.buffer) < count:
            block = self.socket.recv(1 << 16)
            assert block, "the server has hung up"
            self.buffer += block
        taken, self.buffer = self.buffer[:count], self.buffer[count:]
        return taken

    def read(self):
        """The next message."""
        text, final = b"", False
        while not final:
            first, length = self._take(2)
            final = bool(first & 0x80)
            if length == 126:
                length, = struct.unpack(">H", self._take(2))
            elif length == 127:
                length, = struct.unpack(">Q", self._take(8))
            text += self._take(length)
        return json.loads(text)

    def close(self):
        self.socket.close()


class CrowdTest(unittest.TestCase):
    def setUp(self):
        self.admin_port = free_port()
        self.server = Server(SERVER, "--admin-port", str(self.admin_port))
        self.addCleanup(self.server.close)
        until(self.is_observed)

    def is_observed(self):
        with socket.socket() as probe:
            return probe.connect_ex(("127.0.0.1", self.admin_port)) == 0

    def page(self, **options):
        page = Page(self.admin_port, **options)
        self.addCleanup(page.close)
        return page

    def resident(self):
        """Bytes of memory that the server's process has."""
        status = pathlib.Path(f"/proc/{self.server.program.pid}/status").read_text()
        return int(re.search(r"VmRSS:\s+(\d+) kB", status)[1]) << 10

    def test_a_thousand_idle_ones(self):
        first = self.page()
        first.want(ALL)
        first.read()
        before = self.resident()
        crowd = [self.page() for _ in range(CROWD)]
        for page in crowd:
            page.read()
        each = (self.resident() - before) / CROWD
        print(f"an idle WebSocket has {each:,.0f} bytes")
        self.assertLess(each, PER_SOCKET_MAX)

    def test_one_that_does_not_read(self):
        for _ in range(TALKED_ABOUT):
            client = socket.create_connection(("127.0.0.1", self.server.port))
            self.addCleanup(client.close)
            client.sendall(b"CLIENT SETNAME " + b"x" * 5000 + b"\r\n")
        reader = self.page()
        reader.want(ALL)
        while len(reader.read().get("clients", [])) < TALKED_ABOUT:
            pass
        before = self.resident()
        slow = self.page(receive_buffer=4096)
        slow.want(ALL)
        largest = 0
        for _ in range(16):  # more than wait for it, and than the kernel takes
            largest = max(largest, len(json.dumps(reader.read())))
        grown = self.resident() - before
        print(f"one that does not read has {grown:,} bytes; a message has {largest:,}")
        self.assertGreater(largest, 1_000_000)
        self.assertLess(grown, MESSAGES_KEPT_MAX * largest)
        slow.socket.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 1 << 20)  # now it reads
        dropped = 0
        while dropped == 0:
            dropped = slow.read()["dropped"]


if __name__ == "__main__":
    files, most = resource.getrlimit(resource.RLIMIT_NOFILE)
    resource.setrlimit(resource.RLIMIT_NOFILE, (min(max(files, 4 * CROWD), most), most))
    unittest.main(argv=sys.argv[:1])
