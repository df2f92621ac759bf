"""Redis' own tools against the server: redis-cli as people use it, and redis-benchmark.

usage: tools_test.py SERVER REDIS_SERVER [unittest options]
"""

import os
import re
import subprocess
import sys
import unittest

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), "../support"))
from servers import Server  # noqa: E402
from terminal import Terminal  # noqa: E402

SERVER, REDIS_SERVER = (
    (os.path.abspath(sys.argv.pop(1)), sys.argv.pop(1)) if len(sys.argv) > 2 else (
        "mini-redis-server", "redis-server"))

# Those of redis-benchmark's tests that are asked for in great numbers; LRANGE_600 would take long.
MANY = "ping_inline,ping_mbulk,set,get,incr,mset"


class Tools(unittest.TestCase):
    def setUp(self):
        self.server = Server(SERVER, "--io-threads", "2", "--loglevel", "warning")
        self.port = self.server.port

    def tearDown(self):
        self.assertEqual(self.server.close(), 0)

    def run_tool(self, *words, text="", timeout=60):
        done = subprocess.run([words[0], "-p", str(self.port), *words[1:]], input=text, text=True,
                              capture_output=True, timeout=timeout)
        self.assertEqual(done.returncode, 0, done.stdout + done.stderr)
        self.assertEqual(done.stderr, "")
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
        with Terminal(["redis-cli", "-p", str(self.port)]) as terminal:
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
        with Terminal(["redis-cli", "-p", str(self.port), "--stat"]) as terminal:
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
        """The tests that redis-benchmark says it made: all that it knows, if none is named."""
        said = self.run_tool("redis-benchmark", "-q", *words, timeout=120)
        made = re.findall(r"^(\S.*): ([\d.]+) requests per second", said, re.M)
        self.assertTrue(all(float(rate) > 0 for _, rate in made), said)
        self.assertNotRegex(said, "(?i)error|warning")
        return [name for name, _ in made]

    def test_benchmark_makes_every_test_it_makes_with_redis(self):
        lists = []
        theirs = Server(REDIS_SERVER, "--loglevel", "warning")
        for port in theirs.port, self.server.port:
            self.port = port
            lists.append(self.benchmark("-n", "1000"))
            self.assertEqual(self.benchmark("-n", "1000", "-P", "16"), lists[-1])
        theirs.close()
        self.assertEqual(*lists)
        self.assertGreaterEqual({name.split()[0] for name in lists[1]}, {
            "PING_INLINE", "SET", "INCR", "LPUSH", "RPOP", "SADD", "SPOP", "HSET", "ZADD",
            "ZPOPMIN", "LRANGE_600", "MSET"})

    def test_benchmark(self):
        for words in (["-n", "20000"], ["-n", "100000", "-P", "16", "-r", "100000"],
                      ["-n", "50000", "--threads", "2"], ["-n", "50000", "-c", "1000"]):
            self.assertEqual(len(self.benchmark("-t", MANY, *words)), 6)
        self.assertIn("MSET (10 keys)", self.benchmark("-n", "1000", "-r", "1000", "-c", "500"))


if __name__ == "__main__":
    unittest.main()
