"""Pub/sub: what a delivered message costs the server, with one publisher and many subscribers.

The publisher sends some messages at once and waits until every subscriber has them all; then the
next. The servers take turns (A B B A) in slices of a tenth of a second, so that they meet the same
machine. Only the servers' CPU counts; how fast this program receives does not.
"""

import os
import socket
import time
from contextlib import ExitStack

import wire
from processes import Placement

SESSION_S = 2.0  # for each of the servers that take turns
SLICE_S = 0.1
SETTLE_S = 0.002  # for what a server does after the last byte has come
TIMEOUT_S = 30
CHANNEL = b"channel"


def encoded(*words):
    bulks = (b"$%d\r\n%s\r\n" % (len(word), word) for word in words)
    return b"*%d\r\n" % len(words) + b"".join(bulks)


class Audience:
    """One server's publisher and its subscribers."""

    def __init__(self, server, case, stack):
        def connect():
            sock = socket.create_connection(("127.0.0.1", server.port), timeout=TIMEOUT_S)
            sock.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
            return stack.enter_context(sock)

        payload = b"x" * case.size
        self.server = server
        self.publisher = connect()
        self.requests = encoded(b"PUBLISH", CHANNEL, payload) * case.pipeline
        self.replies = len(b":%d\r\n" % case.connections) * case.pipeline
        self.messages = len(encoded(b"message", CHANNEL, payload)) * case.pipeline
        self.delivered = case.connections * case.pipeline
        self.room = bytearray(1 << 20)
        self.subscribers = [connect() for _ in range(case.connections)]
        confirmation = len(encoded(b"subscribe", CHANNEL)) + len(b":1\r\n")
        for subscriber in self.subscribers:
            subscriber.sendall(encoded(b"SUBSCRIBE", CHANNEL))
        for subscriber in self.subscribers:
            self._receive(subscriber, confirmation)

    def _receive(self, sock, count):
        while count > 0:
            got = sock.recv_into(self.room)
            if got == 0:
                raise wire.Unmeasurable(f"{self.server.label} hung up on a subscriber")
            count -= got
        if count < 0:
            raise wire.Unmeasurable(f"{self.server.label} delivered more than was published")

    def publish_for(self, seconds):
        """How many messages were delivered meanwhile."""
        delivered, deadline = 0, time.monotonic() + seconds
        while time.monotonic() < deadline:
            self.publisher.sendall(self.requests)
            self._receive(self.publisher, self.replies)
            for subscriber in self.subscribers:
                self._receive(subscriber, self.messages)
            delivered += self.delivered
        time.sleep(SETTLE_S)
        return delivered


def measure(servers, case, scale):
    """One round of a case: the measurements of each server, in order."""
    mine = os.sched_getaffinity(0)
    with ExitStack() as stack:
        os.sched_setaffinity(0, Placement.for_clients())
        stack.callback(os.sched_setaffinity, 0, mine)
        audiences = [Audience(server, case, stack) for server in servers]
        spent = [[0, 0.0, 0.0, 0.0] for _ in audiences]
        order = [*range(len(audiences)), *reversed(range(len(audiences)))]
        deadline = time.monotonic() + SESSION_S * len(servers) * scale
        while time.monotonic() < deadline:
            for i in order:
                server = servers[i]
                before = (server.cpu(), *server.ticks())
                delivered = audiences[i].publish_for(SLICE_S)
                after = (server.cpu(), *server.ticks())
                used = (b - a for a, b in zip(before, after, strict=True))
                spent[i] = [a + b for a, b in zip(spent[i], (delivered, *used), strict=True)]
    return [per_message(*one) for one in spent]


def per_message(delivered, total, user, system):
    cost = total / delivered * 1e6
    share = user / (user + system) if user + system else 0.0
    return {"cpu_us": cost, "user_us": cost * share, "system_us": cost * (1 - share)}
