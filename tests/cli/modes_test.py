"""The modes of mini-redis-cli that cannot be compared byte for byte, and what is ours alone."""

import re
import signal
import subprocess
import unittest

import stage


class Modes(unittest.TestCase):
    client = "mini-redis-cli"  # set to a path by cli_test.py

    @classmethod
    def setUpClass(cls):
        cls.server = stage.Server()

    @classmethod
    def tearDownClass(cls):
        cls.server.close()

    def setUp(self):
        self.ask("flushall")
        self.ask("config", "resetstat")

    def run_client(self, *words, text=b"", code=0):
        out, err, found = stage.run([self.client, "-p", str(self.server.port), *words], text)
        self.assertEqual(found, code, (words, out, err))
        return out.decode(), err.decode()

    def begin(self, *words):
        """The client with a pipe for its output; it ends with the test."""
        program = subprocess.Popen([self.client, "-p", str(self.server.port), *words], text=True,
                                   stdin=subprocess.DEVNULL, stdout=subprocess.PIPE)

        def end():
            program.kill()
            program.wait()
            program.stdout.close()
        self.addCleanup(end)
        return program

    def terminal(self, *words):
        terminal = stage.Terminal([self.client, "-p", str(self.server.port), *words])
        self.addCleanup(terminal.__exit__)
        return terminal

    def ask(self, *words):
        return self.run_client(*words)[0]

    def test_nonsense_is_refused_with_a_word(self):
        for words in (["--nonsense"], ["-q"], ["-p", "x"], ["-p", "70000", "ping"], ["-n", "one"],
                      ["-r", "many", "ping"], ["-i", "-1", "ping"], ["--show-pushes", "perhaps"],
                      ["-u", "http://localhost"], ["-u", "redis://localhost:x"], ["-p"], ["-a"],
                      ["-u", "rediss://localhost"], ["-u", "redis://%4@localhost"],
                      ["--count", "0"], ["--nonsense", "ping"], ["--quoted-pattern", '"l'],
                      ["--pipe-timeout", "-1"]):
            out, err = self.run_client(*words, code=1)
            self.assertEqual(out, "")
            self.assertIn(words[0].lstrip("-"), err.replace("option", ""), words)

    def test_it_says_what_it_is(self):
        self.assertRegex(self.run_client("--version")[0], r"^mini-redis-cli \d+\.\d+\.\d+\n$")
        for words in (["--help"], ["-h"]):
            said = self.run_client(*words)[0]
            for option in ("--quoted-json", "--pubsub", "-X TAG", "REDISCLI_AUTH"):
                self.assertIn(option, said)

    def test_what_redis_cli_cannot_read_is_shown(self):
        attribute = self.run_client("-3", "--no-raw", "debug", "protocol", "attrib")[0]
        self.assertIn('1| "key-popularity"', attribute)
        self.assertIn('"Some real reply following the attribute"', attribute)
        number = self.run_client("-3", "--no-raw", "debug", "protocol", "bignum")[0]
        self.assertEqual(number, "(big number) 1234567999999999999999999999999999999\n")
        left = self.run_client("-3", "--json", "unsubscribe", "a")[0]
        self.assertEqual(left, '["unsubscribe","a",0]\n')

    def test_scan_takes_a_count(self):
        self.run_client("--pipe", text="".join(f"SET k{i} {i}\n" for i in range(500)).encode())
        keys = self.ask("--scan", "--count", "100", "--pattern", "k1*").split()
        self.assertEqual(sorted(keys), sorted(f"k{i}" for i in range(500) if f"k{i}"[1] == "1"))
        self.assertRegex(self.ask("info", "commandstats"), r"cmdstat_scan:calls=[5-9],")

    def test_monitor_goes_on_until_it_is_stopped(self):
        monitor = self.begin("monitor")
        self.assertEqual(monitor.stdout.readline(), "OK\n")
        self.ask("set", "a b", "1")
        self.assertRegex(monitor.stdout.readline(),
                         r'^\d+\.\d{6} \[0 127\.0\.0\.1:\d+\] "set" "a b" "1"\n$')
        monitor.send_signal(signal.SIGINT)
        self.assertEqual(monitor.wait(stage.PATIENCE), -signal.SIGINT)

    def test_messages_come_as_they_are_published(self):
        for words, message in (([], "message\nnews\nhello\n"),
                               (["--csv"], '"message","news","hello"\n'),
                               (["-3", "--json"], '["message","news","hello"]\n')):
            listener = self.begin(*words, "subscribe", "news")
            confirmed = "" if words else "subscribe\nnews\n1\n"
            while words and "subscribe" not in confirmed:
                confirmed = listener.stdout.readline()
            for line in confirmed.splitlines(True) if not words else []:
                self.assertEqual(listener.stdout.readline(), line)
            self.ask("publish", "news", "hello")
            for line in message.splitlines(True):
                self.assertEqual(listener.stdout.readline(), line)

    def test_stat(self):
        self.ask("mset", "a", "1", "b", "2")
        stat = self.begin("--stat", "-i", "0.01")
        self.assertTrue(stat.stdout.readline().startswith("------- data ------ --------"))
        self.assertTrue(stat.stdout.readline().startswith("keys       mem      clients blocked"))
        line = re.compile(r"^2 {10}\d+\.\d\d[KM] +\d+ +0 +\d+ \(\+(\d+)\) +\d+ +\n$")
        self.assertEqual(line.match(stat.stdout.readline())[1], "0")
        self.assertEqual(line.match(stat.stdout.readline())[1], "1")
        for _ in range(18):
            self.assertRegex(stat.stdout.readline(), line)
        self.assertTrue(stat.stdout.readline().startswith("-------"))

    def test_latency(self):
        self.assertRegex(self.ask("--latency", "-i", "0.1"), r"^\d+ \d+ \d+\.\d\d \d+\n$")
        self.assertRegex(self.ask("--latency", "-i", "0.1", "--csv"), r"^\d+,\d+,\d+\.\d\d,\d+\n$")
        self.assertRegex(self.ask("--latency", "-i", "0.1", "--json"), r'^\{"min": \d+, "max": ')
        shown = self.terminal("--latency")
        shown.wait_for("\x1b[0G\x1b[2Kmin: ")
        shown.wait_for(" (5 samples)")
        history = self.begin("--latency-history", "-i", "0.05", "--no-raw")
        self.assertRegex(history.stdout.readline(), r"samples\) -- \d+\.\d\d seconds range\n$")

    def test_a_mode_survives_the_loss_of_its_server(self):
        server = stage.Server()
        self.addCleanup(server.close)
        stat = subprocess.Popen([self.client, "-p", str(server.port), "--stat", "-i", "0.01"],
                                text=True, stdout=subprocess.PIPE)
        self.addCleanup(stat.stdout.close)
        self.addCleanup(stat.wait)
        self.addCleanup(stat.kill)
        for _ in range(3):
            stat.stdout.readline()
        server.stop()
        stage.until(lambda: "Reconnecting... 1" in stat.stdout.readline())
        server.start()
        stage.until(lambda: re.search(r"\d \(\+-?\d+\) ", stat.stdout.readline()))

    def test_pipe_gives_up_when_replies_stop(self):
        self.ask("client", "pause", "60000", "write")
        out, err = self.run_client("--pipe", "--pipe-timeout", "1", text=b"SET a 1\n", code=1)
        self.assertEqual(err, "No replies for 1 seconds: exiting.\n")
        self.assertTrue(out.endswith("errors: 1, replies: 0\n"), out)
        self.ask("client", "unpause")

    def test_pubsub_lists_what_is_published(self):
        listener = self.begin("subscribe", "news", "quiet")
        for _ in range(6):
            listener.stdout.readline()
        view = self.begin("--pubsub", "-i", "0.2", "--pattern", "n*")
        stage.until(lambda: "psubscribe" in self.ask("client", "list"))
        self.run_client("--pipe", text=b"PUBLISH news 12345\nPUBLISH nobody 1\n" * 50)
        heard = {}
        while sum(heard.values()) < 100:
            name, messages, rate, bandwidth, subscribers = view.stdout.readline().split("\t")
            heard[name] = int(messages)
            self.assertEqual(subscribers, "1\n" if name == "news" else "0\n")
            self.assertGreater(float(rate), 0)
            self.assertGreaterEqual(float(bandwidth), float(rate))
        self.assertEqual(heard, {"news": 50, "nobody": 50})
        view.send_signal(signal.SIGINT)
        self.assertEqual(view.stdout.read().splitlines()[-1], "100 messages on 2 channels")
        self.assertEqual(view.wait(stage.PATIENCE), 0)

    def test_pubsub_at_a_terminal(self):
        view = self.terminal("--pubsub", "-i", "0.1")
        view.wait_for("0 channels, 0 messages, 0.0 a second (press Ctrl-C to quit)")
        self.ask("publish", "n\x1bews", "hello")
        view.wait_for("n\\x1bews")
        view.wait_for("1 channel, 1 message, ")
        view.interrupt()
        view.wait_for("1 message on 1 channel")
        self.assertEqual(view.wait_for_end(), 0)

    def test_ctrl_c_sums_up_a_long_scan(self):
        self.run_client("--pipe", text="".join(f"SET k{i} {i}\n" for i in range(2000)).encode())
        scan = self.terminal("--bigkeys", "--count", "1", "-i", "60")
        scan.wait_for("Biggest string found so far")
        stage.until(lambda: "cmdstat_scan:calls=100," in self.ask("info", "commandstats"))
        scan.interrupt()
        scan.wait_for("-------- summary -------")
        scan.wait_for("Sampled 1")
        self.assertEqual(scan.wait_for_end(), 0)
