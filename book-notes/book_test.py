#!/usr/bin/env python3
"""What must not be called drift, what writing heals, and what the book says to others.

Every kind of drift is made in drift_test.py; how far a book line reaches is in source_test.py.
"""
import json
import os
import sys
import unittest

import book
from scratch import (CHAPTER, CODE, CPP, EXERCISE, HPP, MD, README, ROOM_LINE, SUMMARY, TOML, WAY,
                     Tree)


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

    def test_moved_chapters_are_healed_by_writing(self):
        self.edit(TOML, "[[part]]", '[[part]]\ntitle = "Before"\nchapter = []\n\n[[part]]')
        self.assertIn("out of date", self.errors())
        self.write()
        self.assertEqual(self.errors(), "")
        self.assertIn("[1.1 Readers](slow.md#readers)", self.text(WAY))

    def test_links_in_words_of_their_own_stay(self):
        self.assertIn("[the chapter](slow.md)", self.text(WAY))

    def test_a_table_that_is_never_closed_swallows_nothing(self):
        self.edit(README, "<!-- /table -->", "And more.")
        before = self.text(README)
        self.write()
        self.assertEqual(self.text(README), before)

    def test_a_term_may_be_used_before_in_code_and_headings_and_behind_a_link(self):
        before = "## A batch\n\nCode: none (x)\n\n`batch` [batch](#batches) do"
        self.edit(MD, "Some peers do", before)
        self.assertEqual(self.errors(), "")
        self.edit(MD, "[batch](#batches)", "[batch](glossary.md#batch)")
        self.assertEqual(self.errors(), "")


class Coverage(Tree):
    def test_it_is_told_where_the_book_has_been(self):
        told = book.Book(self.root).matrix()
        for line in ("0.1 slow: book-notes/slow 1 · server/net 3", "not written yet: later",
                     "questions: 1 in 2 sections", "systems: 1 in 1 sections",
                     "glossary: 2 terms; way of a request: 3 files, each in a section",
                     "exercises that fail: 2 in 1 chapters"):
            self.assertIn(line, told)


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


class Exercises(Tree):
    def run_them(self, said, code=1):
        """As if a program of GoogleTest had said it of the only suite."""
        other = {"name": "GuessWhatWaits", "testsuite": [
            {"failures": [{"failure": "it is another number"}]}]}
        suites = {"testsuites": [other, {"name": "KeepABound", "testsuite": [
            {"failures": [{"failure": line} for line in said]}]}]}
        report = f"open(sys.argv[1].partition(':')[2], 'w').write({json.dumps(suites)!r})"
        checked = book.Book(self.root)
        checked.exercises.check_failures([
            sys.executable, "-c", f"import sys; {code} != 2 and {report}; sys.exit({code})"])
        return "\n".join(checked.errors)

    def test_it_fails_as_its_chapter_says(self):
        self.assertEqual(self.run_them(["bound()\n    Which is: 8\n  7"]), "")

    def test_it_fails_otherwise(self):
        self.assertIn("it fails with\nWhich is: 9", self.run_them(["Which is: 9"]))

    def test_it_passes(self):
        self.assertIn("keep_a_bound.cpp: passes", self.run_them([]))

    def test_another_one_says_the_same(self):
        self.assertIn("not it alone says 'another number'",
                      self.run_them(["Which is: 8", "another number"]))

    def test_the_program_dies(self):
        self.assertIn("the exercises end with 2", self.run_them([], 2))

    def test_the_program_dies_having_reported(self):
        self.assertIn("the exercises end with 66", self.run_them(["Which is: 8"], 66))

    def test_the_solution_takes_the_place_of_the_readers_part(self):
        book.Book(self.root).exercises.write_solved(self.root / "solved")
        self.assertEqual(self.text("solved/slow/exercises/keep_a_bound.cpp"), EXERCISE.replace(
            "int bound() { return 8; }", "int bound()\n{\n    return 7;\n}"))

    def test_what_is_solved_already_is_not_touched(self):
        exercises = book.Book(self.root).exercises
        exercises.write_solved(self.root / "solved")
        solved = self.root / "solved/slow/exercises/keep_a_bound.cpp"
        os.utime(solved, (1, 1))
        exercises.write_solved(self.root / "solved")
        self.assertEqual(solved.stat().st_mtime, 1)


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
