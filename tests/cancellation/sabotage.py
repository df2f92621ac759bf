#!/usr/bin/env python3
"""Sabotages the real server, one line at a time, and expects the tests to notice.

    sabotage.py BUILD_FOLDER            prints who was killed, and fails if one lives

Each sabotage is a file, what stands there, and what is done instead. All of them are built into one
program, of which the environment chooses one (SABOTAGE=number): the changed files are compiled
as the build compiles them, but quickly, and linked in front of the libraries with the objects of
the tests of cancellation. Those have to pass when none is chosen, and to fail with each. What is
printed is the first line of their complaint. What is not there exactly once is an error: the list
has to follow the code.
"""
import json
import os
import re
import shlex
import subprocess
import sys
import tempfile
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
PROGRAM = "cancellation_test"
TIMEOUT_S = 120


@dataclass
class Sabotage:
    """`instead` replaces a whole statement; where it says @ that stands for being chosen."""

    name: str
    file: str
    line: str
    instead: str

    def applied(self, text, number):
        if text.count(self.line) != 1:
            sys.exit(f"{self.file}: not there exactly once: {self.line}")
        chosen = f"(sabotage == {number})"
        changed = self.instead.replace("@", chosen) if "@" in self.instead else (
            f"if {chosen} {{ {self.instead} }} else {{ {self.line} }}")
        return text.replace(self.line, changed)


SABOTAGES = [
    Sabotage("forgets to look at the outbox again when the writer has ended",
             "server/net/farewell.cpp",
             "for (flush(); !outbox_.empty() && !broken_; flush()) co_await written_.wait();",
             "for (flush(); writing_;) co_await written_.wait();"),
    Sabotage("takes a cancellation for a fault", "server/net/farewell.cpp",
             "if (runtime::is_cancellation(std::current_exception())) throw;", ""),
    Sabotage("does not flush what the run before has left", "server/net/farewell.cpp",
             "while (writing_) co_await written_.wait();\n        flush();", ""),
    Sabotage("leaves without ceasing to listen", "server/net/worker.cpp",
             "dispatch::withdraw(services_, session);", ""),
    Sabotage("pops before it has sent", "server/net/sending.cpp",
             "outbox_.consume(write_some(outbox_.front(room)));",
             "const auto front = outbox_.front(room); std::size_t all = 0; "
             "for (const auto& piece : front) all += piece.size(); "
             "write_some(front); outbox_.consume(all);"),
    Sabotage("suspends between the write and its commit", "server/net/sending.cpp",
             "if (!broken_) write_some_of_outbox();",
             "if (!broken_) { std::array<asio::const_buffer, pieces_max> room; "
             "const std::size_t count = write_some(outbox_.front(room)); "
             "co_await transport_->writable(); outbox_.consume(count); }"),
    Sabotage("sends again what was sent", "server/net/sending.cpp",
             "bytes.consume(write_some(piece));", "write_some(piece);"),
    Sabotage("forgets that its writer has ended", "server/net/sending.cpp",
             "    writing_ = false;\n    publish_sizes();", "    publish_sizes();"),
    Sabotage("drops what a pause holds back", "server/net/connection.cpp",
             "if (why == Served::paused || why == Served::waiting) hold(parsed, std::move(wait));",
             "if (why == Served::waiting || (!@ && why == Served::paused)) "
             "hold(parsed, std::move(wait));"),
    Sabotage("waits though there may be more", "server/net/connection.cpp",
             "} else if (deaf()) {",
             "} else if (@) { co_await transport_->readable(); } else if (deaf()) {"),
    Sabotage("consumes a request before it is answered", "server/net/connection.cpp",
             "inbox_.consume(parsed.progress.consumed);",
             "inbox_.consume(inbox_.unconsumed().size());"),
    Sabotage("takes a message and does not flush it", "server/net/sending.cpp",
             "if (!replies_) worker_.flush_soon(*this);", ""),
    Sabotage("forgets a flush that is due", "server/net/worker.cpp",
             "connection->flush();", ""),
    Sabotage("loses the order of own and shared bytes", "server/net/outbox.cpp",
             "shared_->own_before = own_.size();\n    shared_->bytes += bytes;",
             "shared_->bytes += bytes;"),
    Sabotage("forgets how much of a shared text was sent", "server/net/outbox.cpp",
             "first.sent += sent;", "first.sent = sent;"),
    Sabotage("unsubscribes before the mail is delivered", "server/pubsub/hub.cpp",
             "client.branch_->deliver();\n        if (client.of(kind)",
             "if (!@) client.branch_->deliver(); if (client.of(kind)"),
    Sabotage("delivers no more than one message of the mail", "server/pubsub/branch.cpp",
             "for (const SharedMessage& message : delivering_) deliver(message);",
             "if (!delivering_.empty()) deliver(delivering_.front());"),
    Sabotage("hangs up on who is ahead of another thread", "server/net/connection.cpp",
             "} else if (has_to_wait()) {",
             "} else if (@ && !held_ && has_to_wait()) { co_return; } else if (has_to_wait()) {"),
    Sabotage("ends a shutdown while somebody is owed", "server/net/graceful_shutdown.cpp",
             "while (!nobody(&Worker::load)) {",
             "while (!nobody(@ ? &Worker::answering : &Worker::load)) {"),
    Sabotage("wakes only once", "server/pubsub/branch.cpp",
             "if (first) wake_();",
             "static bool woken = false; if (first && !std::exchange(woken, true)) wake_();"),
    Sabotage("ends a wait that has ended", "server/dispatch/waits.cpp",
             "if (decided_ != End::none) return false;\n    decided_ = how;",
             "decided_ = how;"),
    Sabotage("does not wake who was served", "server/dispatch/waits.cpp",
             "session_.link.resume();", ""),
    Sabotage("waits on for a client that has gone", "server/net/connection.cpp",
             "if ((gone || deaf()) && worker_.services().waits.end(wait, Wait::End::left)) "
             "ended_ = gone;", "(void)gone;"),
    Sabotage("hears no more from who has been answered and has gone", "server/net/connection.cpp",
             "if ((gone || deaf()) && worker_.services().waits.end(wait, Wait::End::left)) "
             "ended_ = gone;",
             "if ((gone || deaf()) && (worker_.services().waits.end(wait, Wait::End::left) || @)) "
             "ended_ = gone;"),
    Sabotage("forgets what stands behind a wait", "server/net/connection.cpp",
             "held_->wait = std::move(wait);",
             "held_->wait = std::move(wait); "
             "if (@ && held_->wait) held_->parsed.next = held_->parsed.batch.requests.size();"),
    Sabotage("lets the time of who waits pass", "server/net/worker.cpp",
             "deadlines_.advance(static_cast<std::uint64_t>(now.count()));", ""),
]


def object_of(source, build):
    """Where the build puts the object of a source, and how it compiles it."""
    for entry in json.loads((build / "compile_commands.json").read_text()):
        if entry["file"] == str(ROOT / source):
            return entry
    sys.exit(f"{source} is not compiled in {build}")


def compile_changed(source, text, build, folder):
    changed = folder / Path(source).name
    changed.write_text("extern int sabotage;\n" + text)
    entry = object_of(source, build)
    words = [word for word in shlex.split(entry["command"])
             if not word.startswith("-W") and word not in ("-MD", "-g1")]
    for flag in ("-MT", "-MF"):
        if flag in words:
            at = words.index(flag)
            del words[at:at + 2]
    target = changed.with_suffix(".o")
    words[words.index("-o") + 1] = str(target)
    words[words.index("-c") + 1] = str(changed)
    subprocess.run(words, cwd=entry["directory"], check=True)
    return target


def link_command(build):
    """The words that link the tests, from the build itself."""
    said = subprocess.run(["ninja", "-t", "commands", f"bin/{PROGRAM}"], cwd=build, check=True,
                          capture_output=True, text=True).stdout
    line = next(line for line in said.splitlines() if f"-o bin/{PROGRAM}" in line)
    return shlex.split(re.sub(r"^: && (.*?) && .*$", r"\1", line))


def build_program(build, folder, pool):
    texts = {each.file: (ROOT / each.file).read_text() for each in SABOTAGES}
    for number, sabotage in enumerate(SABOTAGES, 1):
        texts[sabotage.file] = sabotage.applied(texts[sabotage.file], number)
    objects = list(pool.map(
        lambda item: str(compile_changed(*item, build, folder)), texts.items()))
    chooser = folder / "chooser.cpp"
    chooser.write_text('#include <cstdlib>\n'
                       'int sabotage = std::atoi(std::getenv("SABOTAGE"));\n')
    program = folder / PROGRAM
    words = link_command(build)
    words[words.index("-o") + 1] = str(program)
    at = words.index("-o")
    subprocess.run([*words[:at], str(chooser), *objects, *words[at:]], cwd=build, check=True)
    return program


def complaint(program, number):
    """What the tests say first, or None if they notice nothing."""
    try:
        run = subprocess.run([program, "--gtest_brief=1", "--gtest_fail_fast"], text=True,
                             stdout=subprocess.PIPE, stderr=subprocess.STDOUT,
                             env={**os.environ, "SABOTAGE": str(number)}, timeout=TIMEOUT_S)
    except subprocess.TimeoutExpired:
        return "does not come to rest"
    if run.returncode == 0:
        return None
    told = re.search(r"^(?:of |what |its |it |the ).*", run.stdout, re.M)
    return told[0][:90] if told else f"ends with {run.returncode}"


def main(argv):
    build = Path(argv[0]).resolve()
    with tempfile.TemporaryDirectory() as folder, ThreadPoolExecutor(os.cpu_count()) as pool:
        program = build_program(build, Path(folder), pool)
        numbers = range(len(SABOTAGES) + 1)
        heard = list(pool.map(lambda number: complaint(program, number), numbers))
    if heard[0]:
        sys.exit(f"the tests fail without any sabotage: {heard[0]}")
    for sabotage, said in zip(SABOTAGES, heard[1:], strict=True):
        print(f"{'killed' if said else 'LIVES '}  {sabotage.name}: {said or ''}")
    alive = heard[1:].count(None)
    print(f"{len(SABOTAGES) - alive} of {len(SABOTAGES)} sabotages killed")
    return 1 if alive else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
