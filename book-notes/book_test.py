#!/usr/bin/env python3
"""Breaks every rule of the book once, on a scratch tree, and expects to hear of it.

The claims of a checker are its failures: each case is one edit of a healthy tree and the words
the complaint must have. `NoDrift` is the other half: what must not be called drift.
How far a book line reaches is tested in source_test.py.
"""
import contextlib
import io
import json
import pathlib
import sys
import tempfile
import unittest

import book

LIST = """\
[[part]]
title = "Patterns"

[[part.chapter]]
slug = "slow"
title = "Slow peers"
about = "Those who do not read."

[[part.chapter]]
slug = "later"
title = "Not yet"
about = "It will come."
written = false
"""
HEADER = """\
// Counts what waits to be written.
#pragma once

namespace mini_redis::net {

// Book: slow/room. What waits has a bound.
// The bytes that wait for the peer.
class Outbox {
public:
    bool room() const { return used_ < limit_; }
    void add(int bytes) { used_ += bytes; }

private:
    int limit_;
    int used_;
};

}  // namespace mini_redis::net
"""
CODE = """\
// One client, from hello to goodbye.
#include "server/net/connection.hpp"

namespace mini_redis::net {

// Book: slow/readers. A slow reader slows only itself.
awaitable<void> Connection::run()
{
    while (open()) {
        co_await outbox_.room();

        // Book: slow/batches. Read once, write once.
        for (auto& request : requests()) {
            parse(request);

            apply(request);
        }
        flush();

        last_seen_ = now();
    }
}

int after = 1;

}  // namespace mini_redis::net
"""
PROBE = """\
#include <cstdio>

// Book: slow/try-it. Print, then look.
int main() { std::puts("7 bytes wait"); }
"""
TESTS = """\
TEST_F(Backpressure, ASlowReaderSlowsOnlyItself) {}
TEST_P(Limits, Hold) {}
INSTANTIATE_TEST_SUITE_P(All, Limits, testing::Values(1));
"""
CHAPTER = """\
# Slow peers

Some peers do not read. See [the batches](#batches) and [the book](README.md#how-to-read).

## Room

> What waits has a bound.

Proof: `Limits.Hold`

<!-- excerpt: server/net/outbox.hpp -->
- `bool room() const` Asked before
  anything is read.
<!-- /excerpt -->

## Readers

> A slow reader slows only itself.

Proof: `Backpressure.ASlowReaderSlowsOnlyItself`, `soak.slow`

<!-- excerpt: server/net/connection.cpp -->
- `co_await outbox_.room();` The reader waits here.
<!-- /excerpt -->

And once more, where it is [used](../server/net/connection.cpp):

<!-- excerpt: server/net/outbox.hpp slow/room -->
<!-- /excerpt -->

## Batches

> Read once, write once.

Proof: none (seen elsewhere)

<!-- excerpt: server/net/connection.cpp -->
<!-- /excerpt -->

## Try it

> Print, then look.

Proof: none (the output below is compared)

<!-- excerpt: book-notes/slow/probe.cpp -->
<!-- /excerpt -->

<!-- output: probe -->
```text
7 bytes wait
```

<!-- free: another library's way -->
```cpp
queue.push(everything);
```

## Summary

Code: none (a summary)
"""
HPP, CPP, MD = "server/net/outbox.hpp", "server/net/connection.cpp", "book-notes/slow.md"
TOML, TEST = "book-notes/chapters.toml", "tests/net/slow_test.cpp"
FILLER, CMAKE = "protocol/filler.hpp", "tests/CMakeLists.txt"
FILES = {
    TOML: LIST, MD: CHAPTER, HPP: HEADER, CPP: CODE, TEST: TESTS, FILLER: "int x;\n" * 500,
    CMAKE: "add_test(NAME soak.slow COMMAND soak)\n", "book-notes/slow/probe.cpp": PROBE,
    "book-notes/README.md": "# The book\n\n## How to read\n",
}
END, SUMMARY = "<!-- /excerpt -->", "## Summary"
ROOM_LINE = "// Book: slow/room. What waits has a bound."


class Tree(unittest.TestCase):
    """A healthy tree whose chapter has been written once."""

    def setUp(self):
        scratch = tempfile.TemporaryDirectory()
        self.addCleanup(scratch.cleanup)
        self.root = pathlib.Path(scratch.name)
        for file, text in FILES.items():
            self.put(file, text)
        self.write()

    def put(self, file, text):
        path = self.root / file
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text)

    def text(self, file):
        return (self.root / file).read_text()

    def edit(self, file, old, new):
        self.assertIn(old, self.text(file), "the edit would change nothing")
        self.put(file, self.text(file).replace(old, new, 1))

    def write(self):
        with contextlib.redirect_stdout(io.StringIO()):
            book.Book(self.root).write()

    def errors(self):
        checked = book.Book(self.root)
        checked.check_excerpts()
        return "\n".join(checked.errors)


class NoDrift(Tree):
    def test_a_healthy_tree_is_healthy(self):
        self.assertEqual(self.errors(), "")

    def test_writing_twice_changes_nothing(self):
        before = self.text(MD)
        self.write()
        self.assertEqual(self.text(MD), before)

    def test_lines_may_move(self):
        self.put(CPP, "// licence\n\n" + self.text(CPP))
        self.assertEqual(self.errors(), "")

    def test_code_that_is_not_quoted_may_change(self):
        self.edit(CPP, "int after = 1;", "int after = 2;")
        self.assertEqual(self.errors(), "")

    def test_a_change_is_healed_by_writing(self):
        self.edit(CPP, "last_seen_ = now();", "last_seen_ = clock_.now();")
        self.assertIn("out of date", self.errors())
        self.write()
        self.assertEqual(self.errors(), "")

    def test_what_the_author_wrote_survives(self):
        self.put(MD, CHAPTER.replace("<!-- /excerpt -->\n\n## Readers", "\n## Readers"))
        self.write()
        for line in CHAPTER.splitlines():
            self.assertTrue(line.startswith("Proof") or line in self.text(MD).splitlines(), line)

    def test_a_fence_that_never_closes_swallows_nothing(self):
        self.edit(MD, "```\n\n- `bool", "\n- `bool")
        before = self.text(MD)
        self.write()
        self.assertEqual(self.text(MD), before)

    def test_a_book_line_gone_leaves_the_old_code(self):
        self.edit(HPP, ROOM_LINE + "\n", "")
        before = self.text(MD)
        self.write()
        self.assertEqual(self.text(MD), before)

    def test_code_may_be_marked_before_its_chapter_is_written(self):
        self.edit(CPP, "int after", "// Book: later/after. Then.\nint after")
        self.edit(CPP, "}  // namespace", "// Book: later/end. Last.\nint last;\n\n}  // namespace")
        self.assertEqual(self.errors(), "")

    def test_no_code_may_be_said_unseen(self):
        self.edit(MD, "Code: none (a summary)", "<!-- Code: none (a summary) -->")
        self.assertEqual(self.errors(), "")

    def test_links_in_code_and_links_to_elsewhere_are_not_followed(self):
        self.edit(MD, SUMMARY, f"`[a](b.md)`\n\n```text\n[a](b.md)\n```\n\n{SUMMARY}")
        self.edit(MD, "(#batches)", "(https://example.org/gone)")
        self.assertEqual(self.errors(), "")


# What is broken, in which file, by which edit, and what the complaint says.
DRIFT = [
    # The source moves and the book does not.
    ("code changed", CPP, "parse(request);", "decode(request);", "out of date"),
    ("statement joins the extent", CPP, "flush();\n\n", "flush();\n", "out of date"),
    ("thesis changed", CPP, "reader slows only itself.", "reader slows itself.",
     "says 'A slow reader slows itself.', the chapter 'A slow reader slows only itself.'"),
    ("unknown chapter", CPP, "slow/batches", "fast/batches", "no chapter 'fast'"),
    ("unknown section", CPP, "slow/batches", "slow/bunches", "no section slow/bunches"),
    ("book line deleted", CPP, "        // Book: slow/batches. Read once, write once.\n", "",
     "no book line for slow/batches"),
    ("book line nobody quotes", CPP, "int after", f"{ROOM_LINE}\nint after", "does not quote it"),
    ("marked twice in a file", HPP, "class", f"{ROOM_LINE}\nclass", "marked twice"),
    ("malformed book line", CPP, "// Book: slow/readers", "// book: slow/readers", "malformed"),
    ("quoted line too wide", CPP, "flush();", f"flush({'x' * 90});", "over 88 columns"),
    ("five in a file", HPP, "#pragma once", f"{ROOM_LINE}\nint f();\n" * 4, "5 book lines"),
    ("more than one percent", FILLER, "int x;\n" * 400, "", "more than one in 100"),

    # The chapter moves and the source does not.
    ("code edited in the chapter", MD, "parse(request);", "parse(it);", "out of date"),
    ("caption edited", MD, "*[server/net/outbox.hpp]", "*[the outbox]", "out of date"),
    ("thesis changed in the chapter", MD, "> Read once, write once.", "> Read once, write twice.",
     "the chapter 'Read once, write twice.'"),
    ("thesis missing", MD, "> Read once, write once.\n", "", "opens with its thesis"),
    ("thesis of two lines", MD, "> Read once, write once.", "> Read once, write once.\n> Twice.",
     "opens with its thesis"),
    ("section renamed", MD, "## Readers", "## Slow readers", "no section slow/readers"),
    ("section gone", MD, "## Batches\n", "", "no section slow/batches"),
    ("section twice", MD, "## Batches", "## Readers", "second section slow/readers"),
    ("section nobody marks", MD, "Code: none (a summary)", "> All is well.",
     "no source marks slow/summary"),
    ("code where none is said to be", MD, "Proof: none (seen elsewhere)", "Code: none (why)",
     "says 'Code: none' and has code"),
    ("no code, and no reason", MD, "Code: none (a summary)", "Code: none", "opens with its thesis"),
    ("excerpt of no file", MD, "<!-- excerpt: server/net/outbox.hpp -->",
     "<!-- excerpt: server/net/inbox.hpp -->", "no book line for slow/room in server/net/inbox"),
    ("excerpt never closed", MD, "<!-- /excerpt -->", "", "never closed"),
    ("last excerpt never closed", MD, f"{END}\n\n<!-- output", "<!-- output", "never closed"),
    ("excerpt closed twice", MD, END, f"{END}\n{END}", "not open"),
    ("excerpt lost its fence", MD, "```\n\n- `bool", "\n- `bool", "lost its closing fence"),
    ("malformed directive", MD, "<!-- excerpt: server", "<!-- Excerpt server",
     "malformed directive"),
    ("note quotes what is gone", MD, "- `bool room()", "- `bool space()", "is on 0 lines"),
    ("note quotes what is there thrice", MD, "- `bool room() const`", "- `used_`", "on 3 lines"),
    ("note quotes nothing", MD, "- `bool room() const`", "- Here",
     "begins with a piece of the code"),
    ("C++ that no source backs", MD, SUMMARY, f"```cpp\nx\n```\n{SUMMARY}", "no source backs"),
    ("the same with other marks", MD, SUMMARY, f"~~~ C++\nx\n~~~\n{SUMMARY}", "no source backs"),
    ("the same in a quotation", MD, SUMMARY, f"> ```cpp\n> x\n> ```\n{SUMMARY}",
     "no source backs"),
    ("fence never closed", MD, SUMMARY, f"```text\n{SUMMARY}", "fence is never closed"),
    ("output without a block", MD, "<!-- output: probe -->", "<!-- output: probe -->\n\nNo.\n",
     "followed by a fenced block"),
    ("output of no program", MD, "<!-- output: probe -->", "<!-- output: prob -->",
     "shows what slow/prob.cpp prints"),

    # The tests move, or the proof.
    ("test renamed", TEST, "ASlowReaderSlowsOnlyItself", "AllIsWell", "no test Backpressure.ASlow"),
    ("test commented out", TEST, "TEST_F(", "// TEST_F(", "no test Backpressure.ASlow"),
    ("test disabled", TEST, "ASlowReader", "DISABLED_ASlowReader", "no test Backpressure.ASlow"),
    ("test never instantiated", TEST, "INSTANTIATE_TEST_SUITE_P", "// ", "no test Limits.Hold"),
    ("ctest commented out", CMAKE, "add_test", "# add_test", "no test soak.slow"),
    ("proof missing", MD, "Proof: none (seen elsewhere)\n", "", "what proves it?"),
    ("proof of nothing", MD, "Proof: none (seen elsewhere)", "Proof: none", "names tests"),

    # The list moves.
    ("chapter listed under another name", TOML, '"slow"', '"slower"', "no chapter 'slow'"),
    ("chapter file nobody lists", TOML, '"slow"', '"slower"', "slow.md: is not in chapters.toml"),
    ("chapter said to be written", TOML, "written = false", "", "has no later.md"),
    ("chapter said to be unwritten", TOML, '"Those who do not read."', '"x"\nwritten = false',
     "has a slow.md"),
    ("title differs", TOML, "Slow peers", "Slow friends", "in chapters.toml 'Slow friends'"),
    ("chapter listed twice", TOML, '"later"', '"slow"', "slow is there twice"),
    ("no slug", TOML, '"later"', '"4-Later"', "is no slug"),
    ("unknown key", TOML, "about", "abuot", "has not exactly slug, title, about, written"),

    # The links lead nowhere.
    ("dead link", MD, "(#batches)", "(nowhere.md)", "dead link nowhere.md"),
    ("dead reference", MD, SUMMARY, f"[far]: gone.md\n\n{SUMMARY}", "dead link gone.md"),
    ("dead anchor", MD, "(#batches)", "(#bunches)", "no heading #bunches"),
    ("dead anchor elsewhere", MD, "#how-to-read", "#gone", "README.md has no heading #gone"),
    ("link out of the tree", MD, "(#batches)", "(../../etc)", "dead link ../../etc"),
    ("link to a line", MD, "(../server/net/connection.cpp)", "(../server/net/connection.cpp#L7)",
     "names a line"),
]


class Drift(Tree):
    def test_every_kind_is_noticed(self):
        for name, file, old, new, complaint in DRIFT:
            with self.subTest(name):
                self.setUp()
                self.edit(file, old, new)
                self.assertIn(complaint, self.errors())

    def test_file_renamed(self):
        (self.root / CPP).rename(self.root / "server/net/link.cpp")
        self.assertIn("no book line for slow/readers in server/net/connection.cpp", self.errors())

    def test_book_lines_of_an_unwritten_chapter_disagree(self):
        self.edit(CPP, "int after", "// Book: later/after. Then.\nint after")
        self.edit(FILLER, "int x;", "// Book: later/after. Now.\nint x;")
        self.assertIn("says 'Then.', another book line of later/after 'Now.'", self.errors())

    def test_proving_test_moved(self):
        (self.root / TEST).rename(self.root / "tests/net/fast_test.cpp")
        self.assertIn("-Proof: [`Limits.Hold`](../tests/net/slow_test.cpp)", self.errors())

    def test_chapter_without_a_section(self):
        self.put(MD, "# Slow peers\n")
        self.assertIn("without a section", self.errors())


class Output(Tree):
    def run_it(self, name, printed):
        checked = book.Book(self.root)
        checked.check_output(name, [sys.executable, "-c", f"print({printed!r})"])
        return "\n".join(checked.errors)

    def test_what_the_chapter_shows_is_what_is_printed(self):
        self.assertEqual(self.run_it("probe", "7 bytes wait"), "")

    def test_something_else_is_printed(self):
        self.assertIn("but the book shows\n7 bytes wait", self.run_it("probe", "8 bytes wait"))

    def test_no_chapter_shows_it(self):
        self.assertIn("but the book shows", self.run_it("prober", "7 bytes wait"))


class Json(Tree):
    def test_every_quoted_line_knows_its_place_in_the_source(self):
        sections = json.loads(book.Book(self.root).json())["chapters"][0]["sections"]
        mark = sections[1]["excerpts"][0]["mark"]
        lines = CODE.splitlines()
        self.assertEqual([lines[n - 1].strip() for n in mark["numbers"]],
                         [line.strip() for line in mark["code"]])
        self.assertEqual(sections[0]["excerpts"][0]["notes"][0]["text"],
                         "`bool room() const` Asked before\nanything is read.")


if __name__ == "__main__":
    unittest.main()
