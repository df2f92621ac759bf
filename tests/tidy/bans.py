"""What must not be written, and what to write instead. One line a ban, the remedy in the message.

A ban looks at code, at code and its literals, or at the text with its comments too; in the folders
it names and not in those it spares.
"""
import re
from dataclasses import dataclass
from functools import partial

HOUSE = ("server/", "client/", "protocol/", "tests/", "bench/")
THIS = "tests/tidy/"  # has to name what it bans


@dataclass
class Ban:
    rule: str
    pattern: str
    instead: str
    where: tuple = HOUSE
    spares: tuple = ()
    at: str = "code"
    suffix: str = ""


BANS = [
    Ban("detached", r"\bdetached\b|\.detach\(\)",
        "spawn it into a TaskGroup: every task has a name and a group that joins it"),
    Ban("co_spawn", r"\bco_spawn\b",
        "spawn through a TaskGroup; co_spawn stays in server/runtime and the client's tasks",
        spares=("server/runtime/", "client/asio.hpp", "client/tasks.cpp", "client/examples/",
                "tests/client/", "tests/client_allocation/", "bench/client_bench.cpp")),
    Ban("channel", r"experimental(::|/)(basic_)?(concurrent_)?channel",
        "use the runtime's mailbox: a cancelled receive makes Asio's channel refuse sends"),
    Ban("sleep", r"\b(sleep_for|sleep_until|usleep|nanosleep)\b|(?<![\w.])sleep\s*\(",
        "own time: wait for an event, or advance a ManualClock"),
    Ban("time-sleep", r"\b(time|asyncio)\.sleep\b",
        "own time: wait for what you wait for (a line, a readable socket)", where=("tests/",)),
    Ban("todo", r"\b(TODO|FIXME|XXX|HACK)\b",
        "open an issue: it has a number and an owner", at="text"),
    Ban("using", r"^using\s+namespace\b",
        "name what you use: a header's reader did not ask for the rest", suffix=".hpp"),
    Ban("names", r"\b(?:class|struct|enum|union|concept|using)\s+(?:\[\[.*?\]\]\s*)?\w*"
        r"(?:Manager|Helper|Helpers|Util|Utils|Impl|Base|Common)\b(?!\s*::)",
        "say what it is or does, not that it is something"),
    Ban("requests", r"\*\d+\\r\\n\$\d+\\r\\n\w",
        "let a client or the writer encode it; hand-typed lengths rot", at="literals",
        spares=("protocol/", "tests/protocol/", "tests/fuzz/", "bench/", "client/probe")),
]
VAGUE = re.compile(r"(?:^|_)(?:manager|helpers?|utils?|impl|base|common)$")


def check(ban, tree):
    for file in tree.within(*ban.where):
        if file.startswith((THIS, *ban.spares)) or not file.endswith(ban.suffix):
            continue
        text = tree.code[file] if ban.at == "code" else tree.text[file]
        if ban.at == "literals" and re.search(ban.pattern, text):
            text = tree.uncommented(file)
        for n, line in enumerate(text.split("\n"), 1):
            if found := re.search(ban.pattern, line):
                yield file, n, f"`{found[0].strip()}`: {ban.instead}"


def check_file_names(tree):
    """A file is named after its one idea."""
    for file in tree.text:
        stem = file.rpartition("/")[2].partition(".")[0]
        if VAGUE.search(stem):
            yield file, 1, f"`{stem}` says nothing; name the file after its one idea"


RULES = {ban.rule: partial(check, ban) for ban in BANS} | {"file-names": check_file_names}
