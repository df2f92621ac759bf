#!/usr/bin/env python3
"""The examples of the client library do what they say, with a server of their own.

usage: examples_test.py FOLDER_OF_PROGRAMS SERVER [unittest options]
"""
import os
import pathlib
import subprocess
import sys
import unittest

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), "../support"))
from servers import PATIENCE, Server  # noqa: E402

PROGRAMS = pathlib.Path(sys.argv.pop(1)) if len(sys.argv) > 1 else pathlib.Path(".")
SERVER = sys.argv.pop(1) if len(sys.argv) > 1 else "redis-server"


class Examples(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        server = Server(SERVER)
        cls.addClassCleanup(server.close)
        cls.url = "unix://" + server.socket

    def program(self, name, *args):
        process = subprocess.Popen([PROGRAMS / f"example_{name}", self.url, *args], text=True,
                                   stdin=subprocess.PIPE, stdout=subprocess.PIPE)
        self.addCleanup(process.stdout.close)
        self.addCleanup(process.stdin.close)
        self.addCleanup(process.wait)
        self.addCleanup(process.kill)
        return process

    def output(self, name, *args):
        process = self.program(name, *args)
        said = process.communicate(timeout=PATIENCE)[0]
        self.assertEqual(process.returncode, 0)
        return said

    def test_hello(self):
        self.assertEqual(self.output("hello"), "hello, world\nrefused: ERR value is not an integer "
                                               "or out of range\n")

    def test_a_server_that_is_not_there_is_an_error(self):
        process = subprocess.run([PROGRAMS / "example_hello", "unix:///nowhere"], text=True,
                                 stderr=subprocess.PIPE, timeout=PATIENCE, check=False)
        self.assertEqual(process.returncode, 1)
        self.assertIn("cannot connect to /nowhere: No such file", process.stderr)

    def test_publish_and_subscribe(self):
        self.assertEqual(self.output("publish", "news", "nobody listens"), "heard by 0\n")
        subscriber = self.program("subscribe", "2", "news", "sport")
        self.assertEqual(subscriber.stdout.readline(), "subscribed to news\n")
        self.assertEqual(subscriber.stdout.readline(), "subscribed to sport\n")
        self.assertEqual(self.output("publish", "sport", "one nil"), "heard by 1\n")
        self.assertEqual(self.output("publish", "news", "all quiet"), "heard by 1\n")
        self.assertEqual(subscriber.communicate(timeout=PATIENCE)[0],
                         "sport: one nil\nnews: all quiet\n")
        self.assertEqual(subscriber.returncode, 0)

    def test_chat(self):
        ann, bob = self.program("chat", "lobby", "ann"), self.program("chat", "lobby", "bob")
        for one in (ann, bob):
            self.assertEqual(one.stdout.readline(), "you are in chat:lobby\n")
        ann.stdin.write("hello\nis anybody there?\n")
        ann.stdin.flush()
        for one in (ann, bob):
            self.assertEqual(one.stdout.readline(), "ann: hello\n")
            self.assertEqual(one.stdout.readline(), "ann: is anybody there?\n")
        self.assertEqual(ann.communicate("bye\n", timeout=PATIENCE)[0], "ann: bye\nann has left\n")
        self.assertEqual(ann.returncode, 0)
        self.assertEqual(bob.communicate(timeout=PATIENCE)[0],
                         "ann: bye\nann has left\nbob has left\n")
        self.assertEqual(bob.returncode, 0)

    def test_rate_limiter(self):
        self.assertEqual(self.output("rate_limiter", "50", "30", "7"),
                         "let through: between 7 and 7 of 30\n")
        self.assertEqual(self.output("rate_limiter", "50", "30", "7"),
                         "let through: between 0 and 0 of 30\n")


if __name__ == "__main__":
    unittest.main()
