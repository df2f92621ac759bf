#!/usr/bin/env python3
"""Breaks every rule of tidy once, on a healthy scratch tree, and expects to hear of it."""
import pathlib
import tempfile
import unittest

import tidy
from tree import Tree

PROTOCOL = "# Floor 0. Bytes.\nmini_redis_floor(protocol)\n"
SERVER = """\
# Floor 1. Tasks.
mini_redis_floor(runtime DEPENDS Boost::headers)

# Floor 2. The data.
# Plain synchronous code.
mini_redis_floor(keyspace
    DEPENDS mini_redis::protocol  # and nothing else
            PkgConfig::xxhash)

# Floor 2. The measurements.
mini_redis_floor(observability DEPENDS mini_redis::protocol)

# Floor 3. What a command is.
mini_redis_floor(dispatch DEPENDS mini_redis::keyspace mini_redis::observability)

# Floor 6. What commands do.
mini_redis_floor(commands DEPENDS mini_redis::dispatch)

# Floor 7. Who may come in.
mini_redis_floor(net DEPENDS mini_redis::runtime mini_redis::dispatch)

# Floor 8. Everyone.
mini_redis_floor(server DEPENDS mini_redis::net mini_redis::commands)
"""


def cpp(*includes, body="int x;\n"):
    return "// What it is.\n" + "".join(f"#include {i}\n" for i in includes) + body


def hpp(*includes, body="int x;\n"):
    return "// What it is.\n#pragma once\n" + "".join(f"#include {i}\n" for i in includes) + body


WRITER, ASIO, TABLE = "protocol/writer.hpp", "server/runtime/asio.hpp", "server/keyspace/table.hpp"
GATES, STRINGS = "server/dispatch/gates.hpp", "server/commands/strings.cpp"
LISTENER, NET = "server/net/listener.hpp", "server/net/listener.cpp"
MAIN, CLIENT, TEST = "server/main.cpp", "client/cli.cpp", "tests/net/hello_test.cpp"
CLIENT_ASIO, CLIENT_TASKS = "client/asio.hpp", "client/tasks.cpp"
SCRIPT, BENCH = "tests/soak.py", "bench/compare"
PLAN, EXCEPTIONS = "server/CMakeLists.txt", "tests/tidy/exceptions.toml"
HEALTHY = {
    "protocol/CMakeLists.txt": PROTOCOL, PLAN: SERVER, EXCEPTIONS: "",
    WRITER: hpp("<string>"),
    "protocol/writer.cpp": cpp(f'"{WRITER}"'),
    TABLE: hpp(f'"{WRITER}"', "<xxhash.h>"),
    GATES: hpp(f'"{TABLE}"'),
    ASIO: hpp("<boost/asio/awaitable.hpp>"),
    "server/runtime/task_group.cpp": cpp(body="co_spawn();\n"),
    LISTENER: hpp(f'"{GATES}"', f'"{ASIO}"'),
    NET: cpp(f'"{LISTENER}"', body="void f()\n{\n    g();\n}\n"),
    STRINGS: cpp(f'"{GATES}"'),
    MAIN: cpp(f'"{LISTENER}"'),
    CLIENT: cpp(f'"{WRITER}"', f'"{CLIENT_ASIO}"'),
    CLIENT_ASIO: hpp("<boost/asio/awaitable.hpp>"),
    CLIENT_TASKS: cpp(f'"{CLIENT_ASIO}"', body="co_spawn();\n"),
    TEST: cpp(f'"{LISTENER}"', f'"{TABLE}"'),
    "tests/protocol/writer_test.cpp": cpp(body='f("*1\\r\\n$4\\r\\nPING");\n'),
    SCRIPT: '#!/usr/bin/env python3\n"""Waits long."""\nx = 1\n\n\ndef f():\n    return x\n',
    BENCH: '#!/usr/bin/env python3\n"""Compares."""\nimport time\n\ntime.sleep(1)\nx = 1\n',
}

# Which rule is broken, in which file, by which edit (old, new), and a word of the complaint.
BROKEN = [
    ("floors", PLAN, "# Floor 2. The measurements.\n", "", "observability has no number"),
    ("floors", PLAN, "mini_redis::net m", "mini_redis::nets mini_redis::net m", "is no floor"),
    ("floors", PLAN, "mini_redis::protocol  #", "mini_redis::protocol mini_redis::dispatch\n#",
     "(2) depends on dispatch (3); a floor only looks down"),
    ("floors", PLAN, "mini_redis::protocol  #", "mini_redis::protocol mini_redis::observability\n#",
     "(2) depends on observability (2); a floor only looks down"),
    ("floors", PLAN, "mini_redis::runtime mini", "mini_redis::commands mini_redis::runtime mini",
     "meets commands through the catalogue"),
    ("floors", "client/CMakeLists.txt", "", "mini_redis_floor(client DEPENDS mini_redis::net)\n",
     "it knows protocol alone"),

    ("includes", TABLE, "<xxhash.h>", f'"{GATES}"', "keyspace may not see server/dispatch"),
    ("includes", GATES, "int x;", f'#include "{ASIO}"', "dispatch may not see server/runtime/asio"),
    ("includes", GATES, "int x;", f'#include "{TEST}"', "dispatch may not see tests/"),
    ("includes", NET, "void f", f'#include "{STRINGS}"\nvoid f', "net may not see server/commands"),
    ("includes", WRITER, "<string>", f'"{TABLE}"', "protocol may not see server/keyspace"),
    ("includes", CLIENT, WRITER, TABLE, "client may not see server/keyspace"),
    ("includes", CLIENT, WRITER, "writer.hpp", '"writer.hpp" is no path from the root'),
    ("includes", WRITER, "<string>", "<sys/socket.h>", "knows the standard library only"),
    ("includes", TABLE, "<xxhash.h>", "<boost/asio/post.hpp>", "keyspace, which is plain"),
    ("includes", NET, "void f", "#include <boost/asio/post.hpp>\nvoid f", "comes in by one door"),
    ("includes", CLIENT, "int x;", "#include <boost/asio/post.hpp>", 'include "client/asio.hpp"'),
    ("includes", CLIENT, CLIENT_ASIO, ASIO, "client may not see server/runtime"),
    ("includes", "server/admin/http.cpp", "", cpp(), "is on no floor"),

    ("length", STRINGS, "int x;\n", "int x;\n" * 400, "more than 400"),
    ("length", SCRIPT, "x = 1\n", "x = 1\n" * 400, "more than 400"),
    ("columns", NET, "g();", f"g({'x' * 99});", "columns, more than 100"),
    ("functions", NET, "    g();\n", "    g();\n" * 59, "a function of 61 lines"),
    ("functions", SCRIPT, "    return x\n", "    x = 1\n" * 60, "a function of 61 lines"),
    ("functions", SCRIPT, "def f", "def", "is no Python"),
    ("openers", STRINGS, "// What it is.\n", "\n\n\n\n", "no opener"),
    ("openers", BENCH, '"""Compares."""\n', "\n", "no opener"),
    ("pragma-once", GATES, "#pragma once\n", "", "lacks"),
    ("dead", "server/net/backoff.hpp", "", hpp(), "nobody includes it"),
    ("untested", TEST, f'#include "{LISTENER}"\n', f'#include "{ASIO}"\n',
     f"no test includes {LISTENER}"),

    ("detached", NET, "g();", "co_await g(detached);", "TaskGroup"),
    ("detached", TEST, "int x;", "thread.detach();", "TaskGroup"),
    ("co_spawn", CLIENT, "int x;", "co_spawn(x);", "TaskGroup"),
    ("channel", NET, "g();", "experimental::channel<void()> c;", "mailbox"),
    ("channel", NET, "g();", "asio::experimental::concurrent_channel<void()> c;", "mailbox"),
    ("sleep", TEST, "int x;", "std::this_thread::sleep_for(1s);", "ManualClock"),
    ("sleep", STRINGS, "int x;", "usleep(1);", "ManualClock"),
    ("sleep", STRINGS, "int x;", "::sleep(1);", "ManualClock"),
    ("time-sleep", SCRIPT, "return x", "time.sleep(1)", "own time"),
    ("todo", NET, "g();", "g();  // TODO: better", "open an issue"),
    ("todo", SCRIPT, "return x", "return x  # FIXME", "open an issue"),
    ("using", GATES, "int x;", "using namespace std;", "name what you use"),
    ("names", GATES, "int x;", "class ConnectionManager {};", "say what it is"),
    ("names", GATES, "int x;", "enum class Base { a };", "say what it is"),
    ("names", GATES, "int x;", "using TableImpl = int;", "say what it is"),
    ("file-names", "bench/string_utils.py", "", "x = 1\n", "`string_utils` says nothing"),
    ("requests", TEST, "int x;", r'send("*3\r\n$3\r\nSET\r\n");', "let a client or the writer"),

    ("exceptions", EXCEPTIONS, "", f'[[allow]]\nrule = "sleep"\nfile = "{MAIN}"\nwhy = "x"\n',
     "no longer breaks `sleep`"),
    ("exceptions", EXCEPTIONS, "", f'[[allow]]\nrule = "sleep"\nfile = "{MAIN}"\n',
     "needs a known rule, a file and a why"),
    ("exceptions", EXCEPTIONS, "", f'[[allow]]\nrule = "slep"\nfile = "{MAIN}"\nwhy = "x"\n',
     "needs a known rule, a file and a why"),
]


class Tidy(unittest.TestCase):
    def setUp(self):
        scratch = tempfile.TemporaryDirectory()
        self.addCleanup(scratch.cleanup)
        self.root = pathlib.Path(scratch.name)
        for file, text in HEALTHY.items():
            self.put(file, text)

    def put(self, file, text):
        path = self.root / file
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text)

    def edit(self, file, old, new):
        text = (self.root / file).read_text() if (self.root / file).exists() else ""
        self.assertIn(old, text, "the edit would change nothing")
        self.put(file, text.replace(old, new, 1))

    def findings(self):
        return list(tidy.findings(Tree(self.root)))

    def test_a_healthy_tree_has_no_findings(self):
        self.assertEqual(self.findings(), [])

    def test_every_rule_is_broken_once(self):
        for rule, file, old, new, words in BROKEN:
            with self.subTest(rule=rule, file=file, new=new[:40]):
                self.setUp()
                self.edit(file, old, new)
                found = self.findings()
                self.assertEqual({rule}, {finding[0] for finding in found}, found)
                self.assertIn(words, found[0][3])

    def test_no_rule_is_left_out(self):
        self.assertEqual({case[0] for case in BROKEN}, {*tidy.RULES, "exceptions"})
        for ban in tidy.bans.BANS:
            self.assertGreater(len(ban.instead), 20, "a ban says what to write instead")

    def test_comments_and_literals_are_not_code(self):
        self.edit(NET, "g();", 'g("detached");  // never co_spawn, never sleep_for(1s)')
        self.edit(SCRIPT, "return x", 'return "time.sleep(1)"  # no time.sleep')
        self.edit(TEST, "int x;", r"int x;  // sends *1\r\n$4\r\nPING")
        self.assertEqual(self.findings(), [])

    def test_an_exception_with_a_reason_is_let_pass(self):
        self.edit(STRINGS, "int x;", "usleep(1);")
        self.put(EXCEPTIONS, f'[[allow]]\nrule = "sleep"\nfile = "{STRINGS}"\nwhy = "asked to"\n')
        self.assertEqual(self.findings(), [])

    def test_a_part_is_tested_with_the_neighbour_that_uses_it(self):
        self.put("server/net/backoff.hpp", hpp())
        self.put("server/net/backoff.cpp", cpp('"server/net/backoff.hpp"'))
        self.edit(NET, "#include", '#include "server/net/backoff.hpp"\n#include')
        self.assertEqual(self.findings(), [])

    def test_a_namespace_may_be_used_inside_a_function(self):
        self.edit(GATES, "int x;", "inline void f()\n{\n    using namespace literals;\n}")
        self.assertEqual(self.findings(), [])

    def test_a_block_is_part_of_its_function(self):
        block = "    {\n" + "        g();\n" * 30 + "    }\n"
        self.edit(NET, "    g();\n", block + block)
        self.assertEqual([finding[0] for finding in self.findings()], ["functions"])


if __name__ == "__main__":
    unittest.main()
