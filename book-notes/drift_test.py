#!/usr/bin/env python3
"""Breaks every rule of the book once, and expects to hear of it.

The claims of a checker are its failures. What must *not* be called drift is in book_test.py, how
far a book line reaches in source_test.py.
"""
import unittest

from drift import DRIFT
from scratch import CPP, FILLER, MD, TEST, Tree


class Drift(Tree):
    noticed = 0

    @classmethod
    def tearDownClass(cls):
        print(f"{cls.noticed} kinds of drift, each noticed", flush=True)

    def notice(self, complaint):
        self.assertIn(complaint, self.errors())
        Drift.noticed += 1

    def test_every_kind_is_noticed(self):
        for name, file, old, new, complaint in DRIFT:
            with self.subTest(name):
                self.setUp()
                self.edit(file, old, new)
                self.notice(complaint)

    def test_file_renamed(self):
        (self.root / CPP).rename(self.root / "server/net/link.cpp")
        self.notice("no book line for slow/readers in server/net/connection.cpp")

    def test_book_lines_of_an_unwritten_chapter_disagree(self):
        self.edit(CPP, "int after", "// Book: later/after. Then.\nint after")
        self.edit(FILLER, "int x;", "// Book: later/after. Now.\nint x;")
        self.notice("says 'Then.', another book line of later/after 'Now.'")

    def test_proving_test_moved(self):
        (self.root / TEST).rename(self.root / "tests/net/fast_test.cpp")
        self.notice("-Proof: [`Limits.Hold`](../tests/net/slow_test.cpp)")

    def test_chapter_without_a_section(self):
        self.put(MD, "# Slow peers\n")
        self.notice("without a section")

    def test_file_comes_without_a_section(self):
        self.put("server/net/newcomer.cpp", "int x;\n")
        self.notice("server/net/newcomer.*: belongs to no section")


if __name__ == "__main__":
    unittest.main()
