"""Just enough RESP to prepare a server: ask one question, load keys, open idle connections.

The loader is pipelined over one socket and its keys are distinct by construction, which
redis-benchmark cannot promise. It prepares; it is never what is being timed.
"""

import socket

CHUNK = 500
TIMEOUT_S = 60


class Unmeasurable(Exception):
    """Something did not do what the measurement needs; the text says what."""


def connect(port):
    sock = socket.create_connection(("127.0.0.1", port), timeout=TIMEOUT_S)
    sock.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
    return sock


def encode(*words):
    """A request in RESP: an array of bulk strings."""
    parts = [b"*%d\r\n" % len(words)]
    for word in words:
        word = word if isinstance(word, bytes) else str(word).encode()
        parts.append(b"$%d\r\n%b\r\n" % (len(word), word))
    return b"".join(parts)


def ask(port, *words):
    """The reply's text: a simple string, an integer or a bulk string. Unmeasurable on an error."""
    with connect(port) as sock, sock.makefile("rb") as reader:
        sock.sendall(encode(*words))
        line = reader.readline().rstrip(b"\r\n")
        if line[:1] == b"$" and line != b"$-1":
            line = b"$" + reader.read(int(line[1:]))
        if line[:1] in (b"", b"-"):
            asked = " ".join(str(word) for word in words)
            raise Unmeasurable(f"{asked}: {line.decode(errors='replace') or 'connection closed'}")
        return line[1:].decode(errors="replace")


def set_template(key, value, expiry=False):
    """A SET whose key is still to be filled in by %: key is a bytes format with one %0Nd."""
    words = ["SET", key % 0, value, *(("EX", 100_000) if expiry else ())]
    request = encode(*words)
    return request.replace(key % 0, key, 1)


def load(port, template, count):
    """Sends template % i for i below count, two chunks in flight. Every reply must be +OK."""
    with connect(port) as sock, sock.makefile("rb") as reader:
        owed = 0
        for first in range(0, count, CHUNK):
            chunk = range(first, min(first + CHUNK, count))
            sock.sendall(b"".join([template % i for i in chunk]))
            _expect_ok(reader, owed)
            owed = len(chunk)
        _expect_ok(reader, owed)


KEY = b"key:%012d"
THE_KEY = "k" * len(KEY % 0)  # stands for it in requests of load_each()


def load_each(port, requests, count):
    """Sends the requests for each of so many keys, and waits until the last has been served."""
    template = b"".join(encode(*words) for words in requests)
    chunk = max(1, CHUNK // len(requests))
    with connect(port) as sock, sock.makefile("rb") as reader:
        sock.sendall(encode("CLIENT", "REPLY", "OFF"))
        for first in range(0, count, chunk):
            keys = (KEY % i for i in range(first, min(first + chunk, count)))
            sock.sendall(b"".join([template.replace(THE_KEY.encode(), key) for key in keys]))
        sock.sendall(encode("CLIENT", "REPLY", "ON"))
        _expect_ok(reader, 1)


def _expect_ok(reader, count):
    replies = reader.read(5 * count)
    if replies != b"+OK\r\n" * count:
        shown = replies.replace(b"+OK\r\n", b"")[:80].decode(errors="replace")
        raise Unmeasurable(f"loading: {shown.strip() or 'connection closed'}")


def open_idle(port, count):
    """Connections that have each had a PING answered, then say nothing more."""
    connections = []
    try:
        for _ in range(count):
            connections.append(connect(port))
            connections[-1].sendall(encode("PING"))
            if connections[-1].recv(7) != b"+PONG\r\n":
                raise Unmeasurable(f"connection {len(connections)} got no PONG")
        return connections
    except BaseException:
        for sock in connections:
            sock.close()
        raise
