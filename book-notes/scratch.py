"""A small book of one chapter, healthy and written once, for tests to break."""
import contextlib
import io
import pathlib
import tempfile
import unittest

import book

LIST = """\
path = ["server/net"]

[[page]]
slug = "request"
title = "The life of a request"
about = "Step by step."

[[page]]
slug = "questions"
title = "Questions"
about = "And who answers them."

[[page]]
slug = "glossary"
title = "Glossary"
about = "Every term."

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
EXERCISE = """\
// A bound to be kept.
#include <gtest/gtest.h>

// Yours:
int bound() { return 8; }

// The test:
TEST(KeepABound, OfSeven) { EXPECT_EQ(bound(), 7); }
"""
OTHER = """\
// What waits.
#include <gtest/gtest.h>

// Yours:
constexpr int waits = 0;  // your guess

// The test:
TEST(GuessWhatWaits, Seven) { EXPECT_TRUE(waits == 7) << "it is another number"; }
"""
TESTS = """\
TEST_F(Backpressure, ASlowReaderSlowsOnlyItself) {}
TEST_P(Limits, Hold) {}
INSTANTIATE_TEST_SUITE_P(All, Limits, testing::Values(1));
"""
CHAPTER = """\
# Slow peers

Some peers do not read. See [how they wait](#batches) and [the book](README.md#how-to-read).

## Room

> What waits has a bound.

What a client is owed lies in its *outbox*.

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

It is asked before anything is read.

## Batches

> Read once, write once.

Proof: none (seen elsewhere)

<!-- excerpt: server/net/connection.cpp -->
<!-- /excerpt -->

A *batch* is what came together; redis-server knows them, too.

## Try it

> Print, then look.

Proof: none (the output below is compared)

<!-- excerpt: book-notes/slow/probe.cpp -->
- `std::puts(` Seven.
<!-- /excerpt -->

<!-- output: probe -->
```text
7 bytes wait
```

<!-- free: another library's way -->
```cpp
queue.push(everything);
```

## Exercises

Code: none (exercises)

1. [`keep_a_bound`](slow/exercises/keep_a_bound.cpp) fails
   with `Which is: 8`.
2. [`guess_what_waits`](slow/exercises/guess_what_waits.cpp) fails with `another number`.
3. Read it again.

<details><summary>Solutions</summary>

1. Seven bytes wait.

   <!-- solution: keep_a_bound -->
   ```cpp
   int bound()
   {
       return 7;
   }
   ```

2. Seven, as the program says.

   <!-- solution: guess_what_waits -->
   ```cpp
   constexpr int waits = 7;
   ```

3. It is short.

</details>

## Summary

Code: none (a summary)
"""
README_TEXT = """\
# The book

Whoever does not read has a full [outbox](glossary.md#outbox).

## How to read

<!-- table: chapters -->
<!-- /table -->
"""
REQUEST = """\
# The life of a request

| what happens | file | told in |
|---|---|---|
| Bytes come in. | [inbox.hpp](../server/net/inbox.hpp) | [](slow.md#readers) |

Or begin with [the chapter](slow.md).
"""
QUESTIONS = """\
[[question]]
number = "1"
name = "Who is slow?"
point = "A reader."
sections = ["slow/readers", "slow/room"]

[[system]]
name = "`redis-server`"
point = "the model"
sections = ["slow/batches"]
"""
GLOSSARY = """\
# Glossary

## B

### batch

All that came together. [](slow.md#batches)

## O

### outbox

What a client is owed. [](slow.md#room)
"""
TABLES = "# Questions\n" + "".join(
    f"\n<!-- table: {name} -->\n<!-- /table -->\n" for name in ("questions", "systems"))
HPP, CPP, MD = "server/net/outbox.hpp", "server/net/connection.cpp", "book-notes/slow.md"
TOML, TEST = "book-notes/chapters.toml", "tests/net/slow_test.cpp"
FILLER, CMAKE = "protocol/filler.hpp", "tests/CMakeLists.txt"
INBOX, WAY, ASKED = "server/net/inbox.hpp", "book-notes/request.md", "book-notes/questions.toml"
INDEX, TERMS = "book-notes/questions.md", "book-notes/glossary.md"
README, TODO = "book-notes/README.md", "book-notes/slow/exercises/keep_a_bound.cpp"
FILES = {
    TOML: LIST, MD: CHAPTER, HPP: HEADER, CPP: CODE, TEST: TESTS, FILLER: "int x;\n" * 500,
    CMAKE: "add_test(NAME soak.slow COMMAND soak)\n", "book-notes/slow/probe.cpp": PROBE,
    TODO: EXERCISE, "book-notes/slow/exercises/guess_what_waits.cpp": OTHER,
    INBOX: "struct Inbox;\n", README: README_TEXT, WAY: REQUEST, ASKED: QUESTIONS,
    INDEX: TABLES, TERMS: GLOSSARY,
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
