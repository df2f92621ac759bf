#!/usr/bin/env python3
"""redis-cli with our server prints what it prints with redis-server.

usage: redis_cli_test.py SERVER REDIS_SERVER [unittest options]
"""

import re
import signal
import unittest

from comparison import Comparison, ask, nobody_listens
from terminal import Piped, Terminal

# Nothing here depends on the time, on memory or on who else is connected.
COMMANDS = """\
PING
PING hello
SET greeting "hello world"
GET greeting
GET nothing
MGET greeting nothing
SET greeting other GET
SET number 10
INCR number
INCRBYFLOAT number 0.5
INCR greeting
GET
NOSUCHCOMMAND a b
SET a 1 EX 100 NX
SET a 1 NX
TTL a
PERSIST a
TTL nothing
TYPE a
EXISTS a a nothing
SETBIT bits 7 1
BITCOUNT bits
BITFIELD bits SET u8 0 255 OVERFLOW FAIL INCRBY u8 0 1
LCS greeting a IDX
OBJECT ENCODING number
SCAN 0 MATCH nothing*
CONFIG SET slowlog-log-slower-than -1
SLOWLOG RESET
CONFIG GET maxmemory-policy
CONFIG SET maxmemory 100mb
CONFIG GET maxmemory
CLIENT SETNAME me
CLIENT GETNAME
CLIENT TRACKINGINFO
CLIENT NOSUCH
COMMAND INFO get nosuch
COMMAND GETKEYS mset a 1 b 2
PUBSUB NUMSUB a b
PUBSUB CHANNELS
PUBLISH nobody hears
SPUBLISH nobody hears
SLOWLOG LEN
SELECT 99
SELECT 3
DBSIZE
SWAPDB 0 3
DBSIZE
RESET
HELLO 4
FLUSHALL
"""

TRACKED = """\
CLIENT TRACKING ON
GET a
GET b
SET a 1
PING
MGET a b
SET b 2
FLUSHALL
PING
CLIENT TRACKING OFF
SET a 3
"""

DIALECTS = [], ["-3"]
FORMS = [], ["--no-raw"], ["--csv"], ["--json"]


class RedisCli(Comparison):
    def each_form(self, scenario):
        for dialect in DIALECTS:
            for form in FORMS:
                with self.subTest(dialect=dialect, form=form):
                    self.compare(scenario, *dialect, *form)

    def test_commands_from_a_pipe(self):
        self.each_form(lambda server, *words: [ask(server, *words, text=COMMANDS)])

    def test_hello(self):
        def scenario(server, *words):
            seen = []
            for hello in ("HELLO", "HELLO 2", "HELLO 3", "HELLO 3 SETNAME me"):
                said = ask(server, *words, text=hello + "\nGET nothing\n")
                # The number of the connection is not the same everywhere.
                seen.append(re.sub(r'("id"\D+)\d+(\D+\d+\n)?', r"\1", said))
            return seen
        for dialect in DIALECTS:
            self.compare(scenario, *dialect, "--no-raw")

    def test_invalidations_from_a_pipe(self):
        for pushes in "yes", "no":
            self.each_form(lambda server, *words: [ask(server, *words, "--show-pushes", pushes,
                                                       text=TRACKED)])

    def test_listening_through_a_pipe(self):
        def scenario(server, *words):
            seen = []
            for listen in (["SUBSCRIBE", "news", "sport"], ["PSUBSCRIBE", "n?ws", "s*"],
                           ["SSUBSCRIBE", "news", "sport"]):
                nobody_listens(server)
                with Piped(["redis-cli", "-p", str(server.port), *words, *listen]) as listener:
                    for channel in listen[1:]:
                        seen.append(listener.wait_for(channel))
                    seen.append(self.publish(server, listen[0]))
                    seen.append(listener.wait_for("the end"))
                    listener.program.send_signal(signal.SIGINT)
                    seen.append(listener.wait_for_end())
            return seen
        self.each_form(scenario)

    def publish(self, server, listen):
        command = "SPUBLISH" if listen.lower().startswith("ss") else "PUBLISH"
        return ask(server, text="".join(f"{command} {words}\n" for words in (
            "news hello", "nobody x", r'sport "a \"b\"\r\n"', 'news ""', r'news "\x01é"',
            'sport "the end"')))

    def terminal(self, server, *words):
        terminal = Terminal(["redis-cli", "-p", str(server.port), *words],
                            HOME=server.folder.name)
        self.until_prompt(server, terminal)
        return terminal

    def until_prompt(self, server, terminal):
        """What is shown before the next prompt, and what that says of the database."""
        shown = terminal.wait_for(f"127.0.0.1:{server.port}") + terminal.wait_for("> ")
        return re.sub(r"\(\d+\.\d\ds\)\r\n", "", shown)  # what takes half a second is timed

    def type(self, server, terminal, *typed):
        for line in typed:
            terminal.type(line + "\r")
            # First it shows what is typed, after each key, with the prompt before it.
            yield terminal.wait_for("\r\n").replace(str(server.port), "PORT")
            yield self.until_prompt(server, terminal)

    def test_a_session_at_a_terminal(self):
        def scenario(server, *words):
            with self.terminal(server, *words) as terminal:
                return list(self.type(server, terminal, *COMMANDS.splitlines()))
        for dialect in DIALECTS:
            self.compare(scenario, *dialect)

    def test_invalidations_at_a_terminal(self):
        def scenario(server):
            with self.terminal(server, "-3") as terminal:
                seen = list(self.type(server, terminal, "client tracking on", "get a", "get b"))
                seen.append(ask(server, "MSET", "a", "1", "b", "2"))
                seen += self.type(server, terminal, "ping", "get a", "get b", "set a 2", "ping")
                seen.append(ask(server, "FLUSHALL"))
                seen += self.type(server, terminal, "ping", "client tracking off")
            return seen
        self.compare(scenario)

    def test_listening_at_a_terminal(self):
        def scenario(server, *words):
            seen = []
            with self.terminal(server, *words) as terminal:
                for listen in "subscribe news sport", "psubscribe n?ws s*", "ssubscribe news sport":
                    nobody_listens(server)
                    terminal.type(listen + "\r")
                    terminal.wait_for("\r\n")
                    seen.append(terminal.wait_for("(integer) 2"))
                    seen.append(self.publish(server, listen))
                    seen.append(terminal.wait_for("the end"))
                    terminal.interrupt()
                    seen.append(self.until_prompt(server, terminal))
                    seen += self.type(server, terminal, "get a")
            return seen
        for dialect in DIALECTS:
            self.compare(scenario, *dialect)


if __name__ == "__main__":
    unittest.main()
