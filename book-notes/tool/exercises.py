"""The exercises: tests that fail as their chapters say, until a reader has changed what is his.

Each is a file of its own, <chapter>/exercises/<name>.cpp. Between two comments stands the reader's
part, and behind them a suite of tests that is named after the file. The chapter says how it fails,
and holds the solution: what has to stand in the reader's part so that all of it passes. A chapter
has three exercises; one of them may be of another kind.
"""
import json
import pathlib
import re
import subprocess
import tempfile
from dataclasses import dataclass

from tool.source import blank_out

YOURS, TESTS = "// Yours:", "// The test:"
LINES = 120  # what is read in one sitting
OF_A_CHAPTER = 3
RUNS_S = 60
COMPLAINT = 6  # so many letters at least: what fails otherwise should not say the same
NAME = re.compile(r"[a-z]+(_[a-z]+)*")
SUITE = re.compile(r"^TEST(?:_[FP])?\((\w+), (?!DISABLED_)", re.MULTILINE)
TOLD = re.compile(r"\[`(\w+)`\]\((\w[\w-]*/exercises/\1\.cpp)\)\s+fails\s+with\s+`([^`]+)`")


@dataclass
class Exercise:
    name: str
    file: str
    lines: list
    complaint: str
    solution: list

    @property
    def suite(self):
        return "".join(word.capitalize() for word in self.name.split("_"))

    @property
    def solved(self):
        yours, tests = self.lines.index(YOURS), self.lines.index(TESTS)
        return "\n".join([*self.lines[:yours + 1], *self.solution, "", *self.lines[tests:]])


class Exercises:
    """Those of all chapters, name -> exercise; only what is whole can be solved."""

    def __init__(self, root, chapters, errors):
        self.root, self.errors, self.all = root, errors, {}
        for chapter in chapters:
            self.read(chapter)

    def read(self, chapter):
        told = {}
        for _, file, complaint in TOLD.findall("\n".join(chapter.old)):
            if file in told:
                self.errors.append(f"{chapter.file}: tells twice of {file}")
            told[file] = " ".join(complaint.split())
        solutions = dict(chapter.solutions)
        for path in sorted((self.root / "book-notes" / chapter.name / "exercises").glob("*.cpp")):
            file = path.relative_to(self.root / "book-notes").as_posix()
            exercise = Exercise(path.stem, file, path.read_text("utf-8").split("\n"),
                                told.pop(file, None), solutions.pop(path.stem, None))
            if wrong := list(self.faults(exercise)):
                self.errors += [f"book-notes/{file}: {fault}" for fault in wrong]
            else:
                self.all[exercise.name] = exercise
        self.count(chapter)
        for name in solutions:
            self.errors.append(f"{chapter.file}: solves {name}, which is no exercise of it")
        for file in told:
            self.errors.append(f"{chapter.file}: tells of {file}, which is no exercise of it")

    def count(self, chapter):
        """Numbered in order, and their solutions with the same numbers."""
        text = "\n".join(chapter.old).partition("\n## Exercises\n")[2].partition("\n## ")[0]
        wanted = [str(i + 1) for i in range(OF_A_CHAPTER)]
        for what, where in zip(("exercises", "solutions"), text.partition("<details>")[::2]):
            if (found := re.findall(r"^(\d+)\. ", where, re.MULTILINE)) != wanted:
                self.errors.append(f"{chapter.file}: its {what} are {found}, not {wanted}")
        fail = [exercise for exercise in self.all.values()
                if exercise.file.startswith(f"{chapter.name}/")]
        if len(fail) < OF_A_CHAPTER - 1:
            self.errors.append(f"{chapter.file}: has {len(fail)} exercises that fail by themselves")

    def faults(self, exercise):
        marks = [line for line in exercise.lines if line in (YOURS, TESTS)]
        if marks != [YOURS, TESTS]:
            yield f"has not one line '{YOURS}' and then one '{TESTS}'"
        code = blank_out("\n".join(exercise.lines))
        if not NAME.fullmatch(exercise.name) or set(SUITE.findall(code)) != {exercise.suite}:
            yield f"has not TEST({exercise.suite}, ...), and no other suite"
        if "GTEST_SKIP" in code:
            yield "may be skipped"
        if len(exercise.lines) > LINES:
            yield f"has more than {LINES} lines"
        if len(exercise.complaint or "") < COMPLAINT:
            yield "its chapter does not say how it fails: [`NAME`](FILE) fails with `COMPLAINT`"
        if not exercise.solution:
            yield "its chapter has no solution for it: <!-- solution: NAME --> above a fence"
        if exercise.name in self.all:
            yield f"there is another one of that name, {self.all[exercise.name].file}"

    def coverage(self):
        chapters = {exercise.file.partition("/")[0] for exercise in self.all.values()}
        return f"  exercises that fail: {len(self.all)} in {len(chapters)} chapters"

    def write_solved(self, folder):
        """Each exercise with its solution in it. What is the same as before is not touched."""
        for exercise in self.all.values():
            path = pathlib.Path(folder, exercise.file)
            if not path.exists() or path.read_text("utf-8") != exercise.solved:
                path.parent.mkdir(parents=True, exist_ok=True)
                path.write_text(exercise.solved, "utf-8")

    def check_failures(self, command):
        """Runs them, as they lie there: each has to fail, and to say what its chapter says."""
        with tempfile.TemporaryDirectory() as folder:
            report = pathlib.Path(folder, "report.json")
            try:
                ran = subprocess.run([*command, f"--gtest_output=json:{report}"], timeout=RUNS_S,
                                     stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)
            except subprocess.TimeoutExpired:
                self.errors.append(f"the exercises do not end within {RUNS_S} s")
                return
            # A sanitizer that has found something changes the code, or at least says so.
            if ran.returncode != 1 or "Sanitizer" in ran.stdout:
                self.errors.append(f"the exercises end with {ran.returncode}\n{ran.stdout}")
                return
            suites = json.loads(report.read_text("utf-8"))["testsuites"]
        said = {suite["name"]: [failure["failure"] for test in suite["testsuite"]
                                for failure in test.get("failures", [])] for suite in suites}
        for exercise in self.all.values():
            where, complaint = f"book-notes/{exercise.file}", exercise.complaint
            saying = {suite for suite, failures in said.items()
                      if complaint in " ".join(" ".join(failures).split())}
            if not said.get(exercise.suite):
                self.errors.append(f"{where}: passes. (If you have solved it: well done. It is "
                                   "left broken for who comes next.)")
            elif exercise.suite not in saying:
                self.errors.append(f"{where}: its chapter says that it fails with '{complaint}', "
                                   "it fails with\n" + "\n".join(said[exercise.suite]))
            elif len(saying) > 1:
                self.errors.append(f"{where}: not it alone says '{complaint}'")
