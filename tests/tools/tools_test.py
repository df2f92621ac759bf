"""Redis' own tools against the server: redis-cli as people use it, and redis-benchmark.

usage: tools_test.py SERVER [unittest options]
"""

import os
import pty
import re
import select
import socket
import subprocess
import sys
import tempfile
import termios
import unittest

SERVER = os.path.abspath(sys.argv.pop(1)) if len(sys.argv) > 1 else "mini-redis-server"

# redis-benchmark's default tests for the commands there are.
BENCHMARKS = "ping_inline,ping_mbulk,set,get,incr,mset"


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


class Terminal:
    """A program that believes it speaks to a person."""

    def __init__(self, *words):
        self.master, terminal = pty.openpty()
        termios.tcsetwinsize(terminal, (24, 80))
        self.program = subprocess.Popen(words, stdin=terminal, stdout=terminal, stderr=terminal,
                                        env={**os.environ, "TERM": "vt100"})
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

    def wait_for(self, text):
        """Reads on until `text` is shown; what came before it is forgotten."""
        while text not in self.shown:
            if not select.select([self.master], [], [], 20)[0]:
                raise AssertionError(f"{text!r} is not shown, but {self.shown!r}")
            self.shown += os.read(self.master, 4096).decode(errors="replace")
        self.shown = self.shown.split(text, 1)[1]


class Tools(unittest.TestCase):
    def setUp(self):
        self.folder = tempfile.TemporaryDirectory()
        self.port = free_port()
        self.server = subprocess.Popen(
            [SERVER, "--port", str(self.port), "--bind", "127.0.0.1", "--save", "",
             "--io-threads", "2", "--loglevel", "warning"], cwd=self.folder.name)
        # redis-cli itself does not try again: connect until somebody listens.
        for _ in range(10_000):
            try:
                socket.create_connection(("127.0.0.1", self.port), 5).close()
                break
            except ConnectionRefusedError:
                self.assertIsNone(self.server.poll(), "the server has ended")

    def tearDown(self):
        self.server.terminate()
        self.assertEqual(self.server.wait(20), 0)
        self.folder.cleanup()

    def run_tool(self, *words, text="", timeout=60):
        done = subprocess.run([words[0], "-p", str(self.port), *words[1:]], input=text, text=True,
                              capture_output=True, timeout=timeout)
        self.assertEqual(done.returncode, 0, done.stdout + done.stderr)
        return done.stdout

    def cli(self, *words, **options):
        return self.run_tool("redis-cli", *words, **options)

    def fill(self, count):
        requests = (f"SET key:{i} {'x' * (1 + i % 100)}\r\n" for i in range(count))
        self.cli("--pipe", text="".join(requests))

    def test_a_session_typed_in(self):
        for dialect in ("-2", "-3"):
            words = [] if dialect == "-2" else ["-3"]
            self.cli("FLUSHALL")
            said = self.cli(*words, "--no-raw", text='SET greeting "hello world"\nGET greeting\n'
                            "INCR greeting\nGET nothing\nMGET greeting nothing\nSELECT 2\n"
                            "CLIENT GETNAME\nTYPE greeting\n")
            self.assertEqual(said.splitlines(), [
                "OK", '"hello world"', "(error) ERR value is not an integer or out of range",
                "(nil)", '1) "hello world"', "2) (nil)", "OK", "(nil)", "none"])

    def test_interactive_at_a_terminal(self):
        with Terminal("redis-cli", "-p", str(self.port)) as terminal:
            prompt = f"127.0.0.1:{self.port}> "
            for line, answer in (("set a 1", "OK"), ("incr a", "(integer) 2"),
                                 ("help get", "Returns the string value of a key.")):
                terminal.wait_for(prompt)
                terminal.type(line + "\r")
                terminal.wait_for(answer)
            terminal.wait_for(prompt)

    def test_pipe_takes_a_million_commands(self):
        said = self.cli("--pipe", text="".join(f"SET k{i} {i}\r\n" for i in range(1_000_000)),
                        timeout=120)
        self.assertIn("errors: 0, replies: 1000000", said)
        self.assertEqual(self.cli("DBSIZE"), "1000000\n")

    def test_scan_finds_every_key_once(self):
        self.fill(10_000)
        found = self.cli("--scan").split()
        self.assertEqual(sorted(found), sorted(f"key:{i}" for i in range(10_000)))
        some = self.cli("--scan", "--pattern", "key:99?").split()
        self.assertEqual(sorted(some), [f"key:99{i}" for i in range(10)])

    def test_bigkeys_and_memkeys(self):
        self.fill(1000)
        self.cli("SET", "largest", "y" * 5000)
        self.assertIn('Biggest string found \'"largest"\' has 5000 bytes', self.cli("--bigkeys"))
        self.assertIn('\'"largest"\'', self.cli("--memkeys"))

    def test_stat_and_latency(self):
        self.fill(100)
        with Terminal("redis-cli", "-p", str(self.port), "--stat") as terminal:
            terminal.wait_for("requests")
            terminal.wait_for("100  ")
        self.assertRegex(self.cli("--latency", "-i", "1", "--raw", timeout=10),
                         r"^\d+ \d+ [\d.]+ \d+")

    def test_monitor_shows_what_is_asked(self):
        for words in (["monitor"], ["-3", "monitor"]):
            monitor = subprocess.Popen(["redis-cli", "-p", str(self.port), *words], text=True,
                                       stdout=subprocess.PIPE)
            self.assertEqual(monitor.stdout.readline(), "OK\n")
            self.cli("SET", "a b", "1")
            self.assertRegex(monitor.stdout.readline(),
                             r'^\d+\.\d{6} \[0 127\.0\.0\.1:\d+\] "SET" "a b" "1"\n$')
            monitor.kill()
            monitor.wait()
            monitor.stdout.close()

    def benchmark(self, *words):
        said = self.run_tool("redis-benchmark", "-q", "-t", BENCHMARKS, *words, timeout=120)
        rates = re.findall(r"([\d.]+) requests per second", said)
        self.assertEqual(len(rates), 6, said)
        self.assertTrue(all(float(rate) > 0 for rate in rates), said)
        self.assertNotIn("rror", said)

    def test_benchmark(self):
        self.benchmark("-n", "20000")
        self.benchmark("-n", "100000", "-P", "16", "-r", "100000")
        self.benchmark("-n", "50000", "--threads", "2")
        self.benchmark("-n", "50000", "-c", "1000")


if __name__ == "__main__":
    unittest.main()
