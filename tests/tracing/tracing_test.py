#!/usr/bin/env python3
"""Traces of a server at work, as a collector, a file and the log tell of them.

  tracing_test.py SERVER

The collector takes OTLP over HTTP and is strict about what the protocol says.
"""

import contextlib
import http.server
import json
import pathlib
import re
import socket
import subprocess
import sys
import threading
import unittest

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1] / "support"))
from servers import Server, free_port, until  # noqa: E402

SERVER = sys.argv[1]
TRACE_ID, SPAN_ID, UINT64 = (re.compile(p) for p in ("[0-9a-f]{32}", "[0-9a-f]{16}", "[0-9]{1,20}"))


class Collector:
    """Keeps all spans that it is told; while it is not `present` it hangs."""

    def __init__(self):
        self.spans, self.complaints = [], []
        self.present = threading.Event()
        self.present.set()
        collector = self

        class Handler(http.server.BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"

            def do_POST(self):
                body = self.rfile.read(int(self.headers["Content-Length"]))
                collector.present.wait()
                if self.path != "/v1/traces" or self.headers["Content-Type"] != "application/json":
                    collector.complaints.append((self.path, dict(self.headers)))
                collector.take(json.loads(body))
                self.send_response(200)
                self.send_header("Content-Length", "2")
                with contextlib.suppress(BrokenPipeError):  # it may have lost its patience
                    self.end_headers()
                    self.wfile.write(b"{}")

            def log_message(self, *_):
                pass

        self.server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.url = f"http://127.0.0.1:{self.server.server_port}"
        threading.Thread(target=self.server.serve_forever, daemon=True).start()

    def take(self, request):
        for resource in request["resourceSpans"]:
            for scope in resource["scopeSpans"]:
                for span in scope["spans"]:
                    self.look_at(span)
                    self.spans.append(span)

    def look_at(self, span):
        right = (TRACE_ID.fullmatch(span["traceId"]) and SPAN_ID.fullmatch(span["spanId"])
                 and SPAN_ID.fullmatch(span.get("parentSpanId", "0" * 16))
                 and UINT64.fullmatch(span["startTimeUnixNano"])
                 and UINT64.fullmatch(span["endTimeUnixNano"])
                 and int(span["startTimeUnixNano"]) <= int(span["endTimeUnixNano"])
                 and isinstance(span["kind"], int) and span["name"])
        if not right:
            self.complaints.append(span)

    def close(self):
        self.present.set()
        self.server.shutdown()
        self.server.server_close()


def attributes(span):
    return {a["key"]: next(iter(a["value"].values())) for a in span["attributes"]}


class TracingTest(unittest.TestCase):
    def setUp(self):
        self.collector = Collector()
        self.addCleanup(self.collector.close)
        self.server = Server(
            SERVER, "--tracing-collector", self.collector.url, "--tracing-file", "trace.json",
            "--tracing-one-in", "1", "--io-threads", "2", "--log-format", "json",
            "--logfile", "log.json", "--loglevel", "verbose")
        self.folder = pathlib.Path(self.server.folder.name)
        self.addCleanup(self.server.folder.cleanup)
        self.stopped = False
        self.addCleanup(lambda: self.stopped or self.server.stop())

    def stop(self):
        self.stopped = True
        self.assertEqual(self.server.stop(), 0)

    def redis_cli(self, *words):
        return subprocess.run(["redis-cli", "-p", str(self.server.port), *words],
                              stdout=subprocess.PIPE, check=True, text=True).stdout

    def pipeline(self, script):
        """All of it in one batch, if it is short; returns when it has been answered."""
        with socket.create_connection(("127.0.0.1", self.server.port)) as client:
            client.sendall(script.encode())
            client.shutdown(socket.SHUT_WR)
            while client.recv(1 << 16):
                pass

    def test_a_wait_is_followed_to_who_answered_it(self):
        waiting = subprocess.Popen(["redis-cli", "-p", str(self.server.port), "BLPOP", "l", "0"],
                                   stdout=subprocess.PIPE, text=True)
        until(lambda: "blocked_clients:1" in self.redis_cli("INFO", "clients"))
        for _ in range(2):
            self.redis_cli("RPUSH", "l", "a")
        self.assertEqual(waiting.communicate()[0], "l\na\n")
        self.stop()

        self.assertEqual(self.collector.complaints, [])
        spans = {span["spanId"]: span for span in self.collector.spans}
        self.assertEqual(len(spans), len(self.collector.spans))  # nobody has another's id
        for span in self.collector.spans:
            parent = span.get("parentSpanId")
            if parent:
                self.assertEqual(spans[parent]["traceId"], span["traceId"])
            for link in span.get("links", []):
                self.assertEqual(spans[link["spanId"]]["traceId"], link["traceId"])
                self.assertEqual(spans[link["spanId"]]["name"], "connection")
        wait = next(s for s in self.collector.spans if s["name"] == "wait for a key")
        answer = next(s for s in self.collector.spans if s.get("parentSpanId") == wait["spanId"])
        self.assertEqual(attributes(answer)["db.operation.name"], "blpop")
        self.assertEqual(spans[wait["parentSpanId"]]["name"], "batch")
        names = [span["name"] for span in self.collector.spans]
        self.assertEqual(names.count("rpush"), 2)
        for phase in ("shutdown", "not_accepting", "not_reading"):
            self.assertEqual(names.count(phase), 1, phase)

    def test_a_file_tells_the_same_and_what_ran_on_one_thread_does_not_overlap(self):
        script = "".join(f"SET k{number} x\r\n" for number in range(50))
        script += "MULTI\r\nSET a 1\r\nGET a\r\nEXEC\r\nNONSENSE\r\n"
        self.pipeline(script * 4)
        self.stop()
        events = json.loads((self.folder / "trace.json").read_text())
        ran = [event for event in events if event["ph"] == "X"]
        in_file = sorted(event["args"]["span_id"] for event in ran)
        told = sorted(s["spanId"] for s in self.collector.spans
                      if s["name"] in ("set", "get", "multi", "exec", "unknown command", "write"))
        self.assertEqual(in_file, told)
        # What has not ended when another begins encloses it: else whoever shows them drops one.
        # Times are microseconds with three digits behind the point.
        for thread in {event["tid"] for event in ran}:
            enclosing = []
            for event in sorted((e for e in ran if e["tid"] == thread), key=lambda e: e["ts"]):
                begin = round(event["ts"] * 1000)
                end = begin + round(event["dur"] * 1000)
                while enclosing and enclosing[-1] <= begin:
                    enclosing.pop()
                self.assertLessEqual(end, enclosing[-1] if enclosing else end, event)
                enclosing.append(end)
        opened = sorted((e["id"], e["name"]) for e in events if e["ph"] == "b")
        closed = sorted((e["id"], e["name"]) for e in events if e["ph"] == "e")
        self.assertEqual(opened, closed)

    def test_the_log_bears_the_ids(self):
        self.redis_cli("PING")
        self.stop()
        lines = [json.loads(line) for line in (self.folder / "log.json").read_text().splitlines()]
        spans = {(span["traceId"], span["spanId"]): span["name"] for span in self.collector.spans}
        by_message = {line["message"]: spans.get((line.get("trace_id"), line.get("span_id")))
                      for line in lines}
        left = [span for message, span in by_message.items() if message.endswith("has left")]
        self.assertIn("connection", left)
        stopped = next(m for m in by_message if m.startswith("stopped:"))
        self.assertEqual(by_message[stopped], "shutdown")
        ready = next(m for m in by_message if m.startswith("ready;"))
        self.assertIsNone(by_message[ready])

    def test_a_collector_that_hangs_delays_nobody(self):
        self.collector.present.clear()
        script = "".join(f"SET k{number} x\n" for number in range(20_000))
        subprocess.run(["redis-cli", "-p", str(self.server.port)], input=script, text=True,
                       check=True, stdout=subprocess.DEVNULL)
        self.assertEqual(self.redis_cli("DBSIZE"), "20000\n")
        self.stop()
        log = (self.folder / "log.json").read_text()
        recorded, = re.search(r"traced: (\d+) spans", log).groups()
        lost, = re.search(r"traced: (\d+) spans were lost on the way to the coll", log).groups()
        self.assertGreater(int(recorded), 60_000)
        self.assertGreater(int(lost), 0)
        self.assertIn("does not take them", log)
        # It delays no other sink, either.
        events = json.loads((self.folder / "trace.json").read_text())
        dropped, = re.search(r"of which (\d+) were not", log).groups()
        self.assertGreaterEqual(len(events), int(recorded) - int(dropped))

    def test_how_much_is_traced_can_be_changed(self):
        self.redis_cli("CONFIG", "SET", "tracing-one-in", "0")
        for _ in range(10):
            self.redis_cli("ECHO", "x")
        self.redis_cli("CONFIG", "SET", "tracing-one-in", "1")
        self.redis_cli("PING")
        self.stop()
        names = [span["name"] for span in self.collector.spans]
        self.assertEqual(names.count("echo"), 0)
        self.assertEqual(names.count("ping"), 1)


class RefusalTest(unittest.TestCase):
    def refusal(self, *options):
        ended = subprocess.run([SERVER, "--port", str(free_port()), *options], timeout=20,
                               stderr=subprocess.PIPE, text=True, check=False)
        self.assertEqual(ended.returncode, 1)
        return ended.stderr

    def test_says_what_is_wrong_with_an_address(self):
        self.assertIn("'localhost:4318' is not of the form http://host:port/path",
                      self.refusal("--tracing-collector", "localhost:4318"))

    def test_says_that_a_file_cannot_be_written(self):
        self.assertIn("tracing-file: '/none/trace.json' cannot be written",
                      self.refusal("--tracing-file", "/none/trace.json"))


if __name__ == "__main__":
    unittest.main(argv=sys.argv[:1])
