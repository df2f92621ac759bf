"""mini-redis-cli beside redis-cli: the same words, the same server, the same bytes.

Each case is run by both, on a database made anew; stdout, stderr and the exit code are compared.
"""

import os
import re
import shlex
import unittest

import cases
import stage

OURS, THEIRS = "mini-redis-cli", "redis-cli"


def alike(text):
    """Without what may differ: the program's name, the number of its connection, and whether the
    end of one was met by a read or by a write before it."""
    text = text.replace(OURS.encode(), THEIRS.encode())
    text = text.replace(b"Connection reset by peer", b"Server closed the connection")
    return re.sub(rb'(\bid"?(?: =>)? (?:\(integer\) )?)\d+', rb"\1N", text)


def first_difference(answer, other):
    """The three parts of an answer, long ones from a little before they differ."""
    parts = []
    for mine, its in zip(answer[:2], other[:2]):
        at = len(os.path.commonprefix([mine, its])) if mine != its else len(mine)
        parts.append(("..." if at > 60 else "") + repr(mine[max(at - 60, 0):at + 200]))
    return ", ".join([*parts, str(answer[2])])


class Comparison(unittest.TestCase):
    client = OURS  # set to a path by cli_test.py

    @classmethod
    def setUpClass(cls):
        cls.server = stage.Server()

    @classmethod
    def tearDownClass(cls):
        cls.server.close()

    def answer(self, program, words, text, env, keyspace):
        stage.run([THEIRS, "-p", str(self.server.port)], keyspace.encode())
        out, err, code = stage.run([program, "-p", str(self.server.port), *words], text, env)
        return alike(out), alike(err), code

    def compare(self, words, text="", env=None, keyspace=cases.KEYSPACE):
        places = {"port": self.server.port, "socket": self.server.socket}
        words = [word.replace("{port}", str(places["port"])).replace("{socket}", places["socket"])
                 for word in words]
        text = text.replace("{port}", str(places["port"])).encode("latin-1")
        with self.subTest(words=words, text=text[:60], env=env):
            ours = self.answer(self.client, words, text, env, keyspace)
            theirs = self.answer(THEIRS, words, text, env, keyspace)
            if ours != theirs:
                self.fail(f"\n  ours:   {first_difference(ours, theirs)}"
                          f"\n  theirs: {first_difference(theirs, ours)}")

    def test_replies_in_all_forms(self):
        for dialect in cases.DIALECTS:
            for form in cases.FORMS:
                # All commands by one client: piped in, one a line.
                self.compare([*dialect, *form], "\n".join(cases.REPLIES) + "\n")

    def test_each_reply_as_one_command(self):
        for command in cases.REPLIES:
            self.compare(["-3", "--no-raw", *shlex.split(command)])

    def test_what_people_would_see(self):
        self.compare(["-3"], "\n".join(cases.REPLIES) + "\n", {"FAKETTY": "1"})
        self.compare(["-3"], "client tracking on\nget greeting\nset greeting x\nping\n"
                     "flushall\nping\n", {"FAKETTY": "1"})

    def test_one_command(self):
        for case in cases.ONE_SHOT:
            self.compare(*case)

    def test_addresses(self):
        for case in cases.ADDRESSES:
            self.compare(*case)

    def test_lines_from_a_pipe(self):
        for text in cases.PIPED:
            self.compare([], text)
            self.compare(["--no-raw", "-3"], text)

    def test_mass_insertion(self):
        for text in cases.PIPE:
            self.compare(["--pipe"], text)

    def test_looking_at_keys(self):
        for words in cases.KEYS:
            self.compare(words, keyspace=cases.FEW_KEYS)

    def test_the_password_of_the_environment(self):
        self.compare(["ping"], env={"REDISCLI_AUTH": "secret"})
        self.compare(["-a", "other", "ping"], env={"REDISCLI_AUTH": "secret"})
        self.compare(["--askpass", "ping"], "secret\n")

    def test_a_script(self):
        script = self.server.folder.name + "/script.lua"
        with open(script, "w", encoding="ascii") as file:
            file.write("return {KEYS[1], ARGV[1], #KEYS, #ARGV}")
        self.compare(["--eval", script, "k1", "k2", ",", "a1"])
        self.compare(["--eval", script])
        self.compare(["--eval", "/no/such/script", "k"])
