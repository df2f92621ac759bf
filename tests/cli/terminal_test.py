"""mini-redis-cli as a person uses it: typing, recalling, asking for help, and stopping things."""

import os
import tempfile
import unittest

import stage

GREY = "\x1b[0;90;49m"


class Interactive(unittest.TestCase):
    client = "mini-redis-cli"  # set to a path by cli_test.py

    @classmethod
    def setUpClass(cls):
        cls.server = stage.Server()

    @classmethod
    def tearDownClass(cls):
        cls.server.close()

    def setUp(self):
        self.home = tempfile.TemporaryDirectory()
        self.addCleanup(self.home.cleanup)
        self.prompt = f"127.0.0.1:{self.server.port}> "
        self.ask("flushall")

    def ask(self, *words):
        out, _, code = stage.run(["redis-cli", "-p", str(self.server.port), *words])
        self.assertEqual(code, 0)
        return out.decode()

    def start(self, *words, port=None):
        terminal = stage.Terminal([self.client, "-p", str(port or self.server.port), *words],
                                  HOME=self.home.name)
        self.addCleanup(terminal.__exit__)
        return terminal

    def session(self, *words):
        terminal = self.start(*words)
        terminal.wait_for(self.prompt)
        return terminal

    def history(self):
        with open(os.path.join(self.home.name, ".rediscli_history"), encoding="utf-8") as file:
            return file.read().splitlines()

    def test_commands_are_typed_and_answered(self):
        terminal = self.session()
        for line, answer in (("set a 1", "OK"), ("incr a", "(integer) 2"), ("get a", '"2"'),
                             ("get 'b", "Invalid argument(s)"), ("3 incr a", "(integer) 5"),
                             ("set a x\x7fy", "OK"), ("get a", '"y"'), ("lpush l é", "(integer) 1"),
                             ("lrange l 0 -1", '1) "\\xc3\\xa9"')):
            terminal.type(line + "\r")
            terminal.wait_for(answer)
            terminal.wait_for(self.prompt)

    def test_the_prompt_tells_the_state(self):
        address = f"127.0.0.1:{self.server.port}"
        terminal = self.session()
        for line, prompt in (("select 3", "[3]> "), ("multi", "[3](TX)> "),
                             ("select 4", "[4](TX)> "), ("discard", "[3]> "),
                             ("multi", "[3](TX)> "), ("exec", "[3]> "), ("reset", "> "),
                             ("select 99", "> ")):
            terminal.type(line + "\r")
            terminal.wait_for(address + prompt)

    def test_hints_follow_the_typing(self):
        terminal = self.session()
        terminal.type("getrang")
        terminal.type("e")
        terminal.wait_for(GREY + " key start end")
        terminal.type(" k")
        terminal.wait_for(GREY + " start end")
        terminal.type(" 0 -1\r")
        terminal.wait_for(self.prompt)
        terminal.type(":set nohints\r")
        terminal.wait_for(self.prompt)
        terminal.type("getrange k 0 -1\r")
        self.assertNotIn(GREY, terminal.wait_for(self.prompt))
        terminal.type(":set hints\r")
        terminal.wait_for(self.prompt)
        terminal.type("config get ")
        terminal.wait_for(GREY + "parameter [parameter ...]")

    def test_preferences_are_read_from_the_file(self):
        with open(os.path.join(self.home.name, ".redisclirc"), "w", encoding="ascii") as file:
            file.write(":set nohints\n:set nonsense\n")
        terminal = self.start()
        terminal.wait_for(".redisclirc: unknown mini-redis-cli preference 'nonsense'")
        terminal.wait_for(self.prompt)
        terminal.type("get \r")
        self.assertNotIn(GREY, terminal.wait_for(self.prompt))

    def test_the_tabulator_goes_round(self):
        terminal = self.session()
        terminal.type(":set nohints\r")
        terminal.wait_for(self.prompt)
        terminal.type("getb")
        terminal.type("\t")
        terminal.wait_for("GETBIT")
        terminal.type(" nothing 0\r")
        terminal.wait_for("(integer) 0")
        terminal.wait_for(self.prompt)
        terminal.type("help @hyp\t\r")
        terminal.wait_for("PFADD")
        terminal.wait_for(self.prompt)

    def test_help_is_that_of_the_server(self):
        terminal = self.session()
        terminal.type("help config get\r")
        terminal.wait_for("\x1b[1mCONFIG GET\x1b[0m \x1b[90mparameter [parameter ...]\x1b[0m")
        terminal.wait_for("group:\x1b[0m server")
        terminal.wait_for(self.prompt)
        terminal.type("help @pubsub\r")
        terminal.wait_for("SUBSCRIBE")
        terminal.wait_for(self.prompt)
        terminal.type("help\r")
        terminal.wait_for("help @<group>")
        terminal.wait_for(self.prompt)

    def test_lines_are_remembered_but_not_passwords(self):
        terminal = self.session()
        for line in ("ping one", "ping two", "ping two", "auth secret", "config set requirepass ''",
                     "ping three"):
            terminal.type(line + "\r")
            terminal.wait_for(self.prompt)
        terminal.type("\x1b[A\x1b[A\r")
        terminal.wait_for('"two"')
        terminal.wait_for(self.prompt)
        terminal.type("quit\r")
        self.assertEqual(terminal.wait_for_end(), 0)
        self.assertEqual(self.history(), ["ping one", "ping two", "ping three", "ping two", "quit"])
        again = self.session()
        again.type("\x1b[A\x1b[A\r")
        again.wait_for('"two"')
        again.wait_for(self.prompt)
        again.type("\x12one\r")  # searches back
        again.wait_for('"one"')
        self.assertEqual(os.stat(os.path.join(self.home.name, ".rediscli_history")).st_mode & 0o777,
                         0o600)

    def test_it_ends_in_four_ways(self):
        for keys in ("exit\r", "quit\r", "\x04", "\x03"):
            terminal = self.session()
            with self.subTest(keys=keys):
                terminal.type(keys)
                self.assertEqual(terminal.wait_for_end(), 0)

    def test_ctrl_c_ends_a_subscription(self):
        for words, line in (([], "subscribe news"), (["-3"], "psubscribe n*"), ([], "monitor")):
            terminal = self.session(*words)
            terminal.type("select 2\r")
            terminal.wait_for("[2]> ")
            terminal.type(line + "\r")
            terminal.wait_for("OK" if line == "monitor" else "(integer) 1")
            self.ask("publish", "news", "hello there")
            terminal.wait_for('"hello there"')
            terminal.interrupt()
            terminal.wait_for("[2]> ")
            terminal.type("ping\r")
            terminal.wait_for("PONG")
            terminal.wait_for("[2]> ")

    def test_ctrl_c_ends_the_wait_for_a_reply(self):
        terminal = self.session()
        terminal.type("blpop nothing 0\r")
        stage.until(lambda: "blocked_clients:1" in self.ask("info", "clients"))
        terminal.interrupt()
        self.assertEqual(terminal.wait_for_end(), 1)

    def test_long_waits_are_timed(self):
        terminal = self.session()
        terminal.type("blpop nothing 0.6\r")
        terminal.wait_for("(nil)")
        self.assertRegex(terminal.wait_for(self.prompt), r"\(\d+\.\d\ds\)")

    def test_pushes_are_shown(self):
        terminal = self.session("-3")
        for line, answer in (("client tracking on", "OK"), ("get a", "(nil)"), ("set a 1", "OK"),
                             ("ping", "-> invalidate: 'a'")):
            terminal.type(line + "\r")
            terminal.wait_for(answer)
            terminal.wait_for(self.prompt)

    def test_the_password_is_masked(self):
        terminal = self.start("--askpass")
        terminal.wait_for("Please input password: ")
        terminal.type("sx\x7fecret\r")
        shown = terminal.wait_for("AUTH failed")
        self.assertNotIn("secret", shown)
        self.assertIn("****", shown)

    def test_connecting_again(self):
        server = stage.Server()
        self.addCleanup(server.close)
        prompt = f"127.0.0.1:{server.port}"
        terminal = self.start(port=server.port)
        terminal.wait_for(prompt + "> ")
        terminal.type("select 1\r")
        terminal.wait_for(prompt + "[1]> ")
        server.stop()
        terminal.type("ping\r")
        terminal.wait_for("Error: Server closed the connection")
        terminal.wait_for("not connected> ")
        terminal.type("ping\r")
        terminal.wait_for(f"Could not connect to Redis at {prompt}: Connection refused")
        terminal.wait_for("not connected> ")
        server.start()
        terminal.type("ping\r")
        terminal.wait_for("PONG")
        terminal.wait_for(prompt + "[1]> ")
        terminal.type(f"connect 127.0.0.1 {self.server.port}\r")
        terminal.wait_for(f"127.0.0.1:{self.server.port}[1]> ")
        terminal.type(f"connect 127.0.0.1 {server.port}\rsubscribe news\r")
        terminal.wait_for("(integer) 1")
        server.stop()
        terminal.wait_for("Error: Server closed the connection")
        terminal.wait_for("not connected> ")
        server.start()
        terminal.type("ping\r")
        terminal.wait_for(prompt + "[1]> ")
        terminal.type("shutdown nosave\r")
        terminal.wait_for("not connected> ")
        server.start()

    def test_clear_clears(self):
        terminal = self.session()
        terminal.type("clear\r")
        terminal.wait_for("\x1b[H\x1b[2J")
        terminal.wait_for(self.prompt)
