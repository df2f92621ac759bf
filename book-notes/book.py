#!/usr/bin/env python3
"""Keeps the chapters, the sources and the tests in step.

  book.py check                  fail on any drift, in either direction
  book.py write                  bring code, links and tables of the pages up to date
  book.py output NAME -- CMD...  compare what CMD prints with the block NAME of a chapter
  book.py exercises -- CMD...    each of CMD's tests has to fail as its chapter says
  book.py solutions FOLDER       every exercise with the chapter's solution in it
  book.py json                   chapters, sections, excerpts, notes and pages, for a site

How a chapter and a source are tied stands in README.md. Needs Python 3.11 and nothing else.
"""
import difflib
import json
import pathlib
import re
import subprocess
import sys
import tomllib
from collections import Counter

from tool import page, places, questions, route, source
from tool.chapter import Chapter
from tool.exercises import Exercises
from tool.glossary import Glossary
from tool.markdown import check_links
from tool.outline import outline

TEST = re.compile(r"\b(TEST|TEST_F|TEST_P|TYPED_TEST|TYPED_TEST_P)\s*\(\s*(\w+)\s*,\s*(\w+)\s*\)")
INSTANCE = re.compile(r"\bINSTANTIATE_(?:TYPED_)?TEST_SUITE_P\s*\(\s*\w*\s*,\s*(\w+)")
ADD_TEST = re.compile(r"^[^#\n]*\badd_test\(\s*NAME\s+([\w.-]+)[\s)]", re.MULTILINE)
PAGE_KEYS = {"slug": str, "title": str, "about": str}
KEYS = {**PAGE_KEYS, "written": bool}


def read_chapters(parts, errors):
    """The chapters of chapters.toml in their order, each with the number that order gives it."""
    listed = []
    for p, part in enumerate(parts):
        for c, chapter in enumerate(part["chapter"], 1):
            chapter = {"written": True, **chapter}
            if {k: type(v) for k, v in chapter.items()} != KEYS:
                errors.append(f"chapters.toml: {chapter} has not exactly {', '.join(KEYS)}")
            elif not re.fullmatch(source.NAME, chapter["slug"]):
                errors.append(f"chapters.toml: {chapter['slug']} is no slug")
            elif chapter["slug"] in [other["slug"] for other in listed]:
                errors.append(f"chapters.toml: {chapter['slug']} is there twice")
            else:
                listed.append({"part": part["title"], "number": f"{p}.{c}", **chapter})
    return listed


def read_pages(entries, chapters, errors):
    """The pages beside the chapters, slug -> entry."""
    pages = {}
    for entry in entries:
        if {k: type(v) for k, v in entry.items()} != PAGE_KEYS:
            errors.append(f"chapters.toml: {entry} has not exactly {', '.join(PAGE_KEYS)}")
        elif entry["slug"] in [*pages, *(chapter["slug"] for chapter in chapters)]:
            errors.append(f"chapters.toml: {entry['slug']} is there twice")
        else:
            pages[entry["slug"]] = entry
    return pages


def read_tests(root):
    """Name -> file of every test that runs: by GoogleTest's macros and by CMake's add_test."""
    tests, templates, instances = {}, {}, set()
    for path in sorted((root / "tests").rglob("*.cpp")):
        code = source.blank_out(path.read_text("utf-8"))
        instances.update(INSTANCE.findall(code))
        for macro, suite, name in TEST.findall(code):
            if not suite.startswith("DISABLED_") and not name.startswith("DISABLED_"):
                known = templates if macro.endswith("_P") else tests
                known[f"{suite}.{name}"] = path.relative_to(root).as_posix()
    tests.update({name: f for name, f in templates.items() if name.split(".")[0] in instances})
    for top in ("tests", "bench", "book-notes"):
        for path in sorted((root / top).rglob("CMakeLists.txt")):
            for name in ADD_TEST.findall(path.read_text("utf-8")):
                tests[name] = path.relative_to(root).as_posix()
    return tests


class Book:
    """The book as it is, and in `errors` all that is wrong with it."""

    def __init__(self, root):
        self.root, self.errors = root.resolve(), []
        told = tomllib.loads((self.root / "book-notes/chapters.toml").read_text("utf-8"))
        self.listed = read_chapters(told["part"], self.errors)
        self.marks, self.lines = source.read(self.root, self.errors)
        by_place = {(mark.file, mark.ref): mark for mark in self.marks}
        tests = read_tests(self.root)
        self.chapters = []
        for entry in self.listed:
            slug, written = entry["slug"], entry["written"]
            path = self.root / "book-notes" / f"{slug}.md"
            if written and not path.exists():
                self.error(f"chapters.toml: {slug} is said to be written, but has no {path.name}")
            elif not written and path.exists():
                self.error(f"chapters.toml: {slug} is said to be unwritten, but has a {path.name}")
            elif written:
                chapter = Chapter(slug, path.read_text("utf-8"), by_place, tests, self.errors)
                self.chapters.append(chapter)
                self.check_chapter(chapter, entry["title"])
        self.check_marks()
        self.exercises = Exercises(self.root, self.chapters, self.errors)
        known = places.read(self.listed, self.chapters)
        asked = self.root / "book-notes/questions.toml"
        self.questions = questions.Questions(asked, known, self.errors)
        self.beside = read_pages(told.get("page", []), self.listed, self.errors)
        self.read_pages(self.beside, known)
        self.glossary = Glossary(self.root, known, self.errors)
        self.on_route = route.check(self.root, told.get("path", []), self.marks, known, self.errors)

    def error(self, what):
        self.errors.append(what)

    def check_chapter(self, chapter, title):
        if chapter.title != title:
            self.error(f"{chapter.file}: its title is '{chapter.title}', "
                       f"in chapters.toml '{title}'")
        if not chapter.sections:
            self.error(f"{chapter.file}: a chapter without a section")
        for name in chapter.outputs:
            program = f"{chapter.name}/{name}.cpp"
            if not (self.root / "book-notes" / program).exists():
                self.error(f"{chapter.file}: shows what {program} prints, which is not there")
        for section in chapter.sections:
            where = f"{chapter.file}:{section.line}"
            marked = section.excerpts or any(mark.ref == section.ref for mark in self.marks)
            if section.no_code and marked:
                self.error(f"{where}: says 'Code: none' and has code")
            if section.no_code:
                continue
            if not section.thesis:
                self.error(f"{where}: a section opens with its thesis (> One sentence.) "
                           "or says 'Code: none (why)'")
            elif not marked:
                self.error(f"{where}: no source marks {section.ref}; add a book line, "
                           "or say 'Code: none (why)'")
            if not section.proofs and not section.no_proof:
                self.error(f"{where}: what proves it? Proof: `Suite.Name`, or 'Proof: none (why)'")

    def check_marks(self):
        """Each book line names a section that exists, says what it says, and is quoted there.

        Code may be marked before its chapter is written; then its book lines must agree."""
        written = {entry["slug"]: entry["written"] for entry in self.listed}
        sections = {s.ref: s for chapter in self.chapters for s in chapter.sections}
        theses = {}
        for mark in self.marks:
            slug = mark.ref.split("/")[0]
            section = sections.get(mark.ref)
            if slug not in written:
                self.error(f"{mark.where}: no chapter '{slug}' in chapters.toml")
            elif not written[slug]:
                if mark.thesis != theses.setdefault(mark.ref, mark.thesis):
                    self.error(f"{mark.where}: says '{mark.thesis}', another book line of "
                               f"{mark.ref} '{theses[mark.ref]}'")
            elif not section:
                self.error(f"{mark.where}: {slug}.md has no section {mark.ref}")
            elif mark.thesis != section.thesis:
                self.error(f"{mark.where}: says '{mark.thesis}', the chapter '{section.thesis}'")
            elif mark not in [excerpt.mark for excerpt in section.excerpts]:
                self.error(f"{mark.where}: {mark.ref} does not quote it; add "
                           f"<!-- excerpt: {mark.file} --> there")

    def read_pages(self, wanted, known):
        """The README and the pages beside the chapters; of all pages, the links."""
        tables = {"chapters": self.list_of_chapters(), **self.questions.tables}
        self.pages = []
        for folder in (".", "docs", "docs/decisions"):
            for path in sorted((self.root / folder).glob("*.md")):
                check_links(self.root, path, self.errors)
        for path in sorted((self.root / "book-notes").glob("*.md")):
            check_links(self.root, path, self.errors)
            file = path.relative_to(self.root).as_posix()
            if path.stem in wanted or path.name == "README.md":
                shown = page.Page(file, path.read_text("utf-8"), known, tables, self.errors)
                self.pages.append(shown)
                title = wanted.get(path.stem, {}).get("title", shown.title)
                if shown.title != title:
                    self.error(f"{file}: its title is '{shown.title}', in chapters.toml '{title}'")
            elif path.stem not in [entry["slug"] for entry in self.listed]:
                self.error(f"{file}: is not in chapters.toml")
        for slug in wanted:
            if not (self.root / "book-notes" / f"{slug}.md").exists():
                self.error(f"chapters.toml: there is no page {slug}.md")

    def list_of_chapters(self):
        """The chapters in reading order, part by part, as the README shows them."""
        rows, part = [], None
        for entry in self.listed:
            if entry["part"] != part:
                part = entry["part"]
                rows.append(["", f"**{part}**", ""])
            if entry["written"]:
                rows.append([entry["number"], f"[{entry['title']}]({entry['slug']}.md)",
                             entry["about"]])
        return page.table(["", "chapter", "what it is about"], rows)

    def check_excerpts(self):
        for chapter in self.chapters + self.pages:
            if chapter.old != chapter.new:
                diff = difflib.unified_diff(chapter.old, chapter.new, "chapter", "source", n=1,
                                            lineterm="")
                self.error(f"{chapter.file}: out of date, run book.py write\n" + "\n".join(diff))

    def write(self):
        for chapter in self.chapters + self.pages:
            if chapter.old != chapter.new:
                (self.root / chapter.file).write_text("\n".join(chapter.new), "utf-8")
                print("wrote", chapter.file)

    def check_output(self, name, command):
        shown = [c.outputs[name] for c in self.chapters if name in c.outputs]
        ran = subprocess.run(command, stdout=subprocess.PIPE, timeout=60, check=True, text=True)
        if shown != [ran.stdout.splitlines()]:
            shown = "\n".join("\n".join(lines) for lines in shown)
            self.error(f"{name} prints\n{ran.stdout}but the book shows\n{shown}")

    def matrix(self):
        """Chapter by folder: where the book has been, and where not."""
        rows, untouched = [], []
        for entry in self.listed:
            folders = Counter(mark.file.rpartition("/")[0] for mark in self.marks
                              if mark.ref.startswith(entry["slug"] + "/"))
            where = " · ".join(f"{f} {n}" for f, n in sorted(folders.items())) or "no code"
            if entry["written"] or folders:
                waits = "" if entry["written"] else " (not written yet)"
                rows.append(f"  {entry['number']} {entry['slug']}: {where}{waits}")
            else:
                untouched.append(entry["slug"])
        rows.append(f"  not written yet: {', '.join(untouched) or 'none'}")
        rows += self.questions.coverage()
        rows.append(f"  glossary: {len(self.glossary.terms)} terms; way of a request: "
                    f"{self.on_route} files, each in a section")
        rows.append(self.exercises.coverage())
        rows.append(f"book: {len(self.chapters)} of {len(self.listed)} chapters, {len(self.marks)} "
                    f"book lines in {self.lines} lines, {len(self.errors)} errors")
        return "\n".join(rows)

    def json(self):
        told = outline(self)
        return json.dumps(told, ensure_ascii=False, indent=1)


def main(args):
    book = Book(pathlib.Path(__file__).resolve().parent.parent)
    if args not in (["check"], ["write"]):
        book.errors.clear()  # they are the business of these two
    match args:
        case ["check"]:
            book.check_excerpts()
            print(book.matrix())
        case ["write"]:
            book.write()
        case ["output", name, "--", *command]:
            book.check_output(name, command)
        case ["exercises", "--", *command]:
            book.exercises.check_failures(command)
        case ["solutions", folder]:
            book.exercises.write_solved(folder)
        case ["json"]:
            print(book.json())
        case _:
            sys.exit(__doc__)
    for error in book.errors:
        print("error:", error, file=sys.stderr)
    return 1 if book.errors else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
