"""The chapter side of the book: reads one chapter and writes the code into it.

A section is a `##` heading, its thesis the one-line quotation right below. The tool owns the
caption and the code of an excerpt and the links of a `Proof:` line; all else is the author's
and comes out as it went in, also where something is wrong.
"""
import posixpath
import re
import textwrap
from dataclasses import dataclass, field

from tool.markdown import FENCE, HEADING, fence_end, slug
from tool.source import NAME

WIDTH = 88  # what fits beside the notes
CPP = {"cpp", "c++", "cc", "cxx", "hpp", "h", "c"}

EXCERPT = re.compile(rf"<!-- excerpt: (\S+)(?: ({NAME}/{NAME}))? -->")
EXCERPT_END = "<!-- /excerpt -->"
OUTPUT = re.compile(r"<!-- output: ([a-z0-9_-]+) -->")
FREE = re.compile(r"[\s>]*<!-- free: \S.* -->")
SOLUTION = re.compile(r"\s*<!-- solution: (\w+) -->")
DIRECTIVE = re.compile(r"<!-- */?(excerpt|output|free|solution|code)\b", re.IGNORECASE)
CAPTION = re.compile(r"\*\[\S+\]\(\S+\)( · \[\S+\]\(\S+\))?\*")
THESIS = re.compile(r"> (?!\[!)(\S.*)")
NO_CODE = re.compile(r"(?:<!-- )?Code: none \(\S.*\)(?: -->)?")
PROOF = re.compile(r"Proof: .*")
NO_PROOF = re.compile(r"Proof: none \(\S.*\)")
TEST = re.compile(r"\[`([^`]+)`\]\([^)]*\)|`([^`]+)`")
NO_PROSE = re.compile(r"#|<|\||>|Proof:|[`~]{3}")
NOTE = re.compile(r"- (`+)(.+?)\1(?!`)(?:\s|:|,|\.|$).*")


def from_here(file):
    return posixpath.relpath(file, "book-notes")


@dataclass
class Excerpt:
    file: str
    ref: str
    line: int
    mark: object = None
    notes: list = field(default_factory=list)


@dataclass
class Section:
    ref: str
    title: str
    line: int
    thesis: str = None
    no_code: bool = False
    no_proof: bool = False
    proofs: list = field(default_factory=list)
    excerpts: list = field(default_factory=list)


class Chapter:
    """One chapter: `old` as it is, `new` as it should be, and its sections."""

    def __init__(self, name, text, marks, tests, errors):
        self.name, self.marks, self.tests, self.errors = name, marks, tests, errors
        self.file = f"book-notes/{name}.md"
        self.old, self.new = text.split("\n"), []
        self.title, self.sections, self.outputs, self.solutions = None, [], {}, {}
        self.at, self.section, self.quoting, self.torn = 0, None, None, False
        while self.at < len(self.old):
            self.read_line(self.old[self.at])
        if self.quoting:
            self.error(self.quoting.line, f"excerpt is never closed by {EXCERPT_END}")
        if self.torn:  # what lies inside and what outside is a guess: touch nothing
            self.new = self.old

    def error(self, line, what):
        self.errors.append(f"{self.file}:{line}: {what}")

    def keep(self, end):
        """Takes over the lines up to `end` as they are."""
        self.new += self.old[self.at:end]
        self.at = end

    def skip(self, owned):
        """Leaves out what the tool itself wrote."""
        while self.at < len(self.old) and owned(self.old[self.at]):
            self.at += 1

    def fence_end(self, start):
        """The index after the fence at `start`; a fence that never closes reaches to the end."""
        end = fence_end(self.old, start)
        if end is None:
            self.error(start + 1, "fence is never closed")
            self.torn = True
        return end or len(self.old)

    def fence_at(self, i):
        return i < len(self.old) and FENCE.match(self.old[i])

    def read_line(self, line):
        here = self.at + 1
        if found := EXCERPT.fullmatch(line):
            self.read_excerpt(found[1], found[2])
        elif found := OUTPUT.fullmatch(line):
            self.read_output(found[1])
        elif FENCE.match(line):
            self.read_fence(line)
        elif found := HEADING.fullmatch(line):
            self.read_heading(len(found[1]), found[2])
        elif PROOF.fullmatch(line):
            self.read_proof(line)
        else:
            if line == EXCERPT_END:
                self.end_excerpt(here)
            elif NO_CODE.fullmatch(line) and self.section:
                self.section.no_code = True
            elif self.quoting and line.startswith("- "):
                self.read_note(line)
            elif self.quoting and self.quoting.notes and line.startswith("  "):
                self.quoting.notes[-1]["text"] += "\n" + line[2:]
            elif DIRECTIVE.match(line) and not (FREE.fullmatch(line) or SOLUTION.fullmatch(line)):
                self.error(here, f"malformed directive {line}")
            self.keep(here)

    def read_heading(self, level, title):
        here = self.at + 1
        if level == 1 and self.title is None:
            self.title = title
        elif level == 2:
            ref = f"{self.name}/{slug(title)}"
            if ref in [section.ref for section in self.sections]:
                self.error(here, f"second section {ref}; give it another title")
            self.section = Section(ref, title, here)
            self.sections.append(self.section)
            below = here + (self.old[here:here + 1] == [""])
            quoted, after = (self.old[below:below + 2] + ["", ""])[:2]
            if (found := THESIS.fullmatch(quoted)) and not after.startswith(">"):
                self.section.thesis = found[1]
        self.keep(here)

    def read_proof(self, line):
        here = self.at + 1
        known = self.section or Section("", "", 0)
        none = bool(NO_PROOF.fullmatch(line))
        known.no_proof |= none

        def link(found):
            test = found[1] or found[2]
            known.proofs.append(test)
            if test not in self.tests:
                self.error(here, f"no test {test} (neither TEST(Suite, Name) nor add_test)")
                return found[0]
            return f"[`{test}`]({from_here(self.tests[test])})"

        self.new.append(line if none else TEST.sub(link, line))
        self.at = here
        if not self.section or not (none or TEST.search(line)):
            self.error(here, "a proof stands in a section and names tests: Proof: `Suite.Name`")

    def read_excerpt(self, file, ref):
        here = self.at + 1
        home = self.section.ref if self.section else ""
        if self.quoting:
            self.error(self.quoting.line, f"excerpt is never closed by {EXCERPT_END}")
        self.quoting = excerpt = Excerpt(file, ref or home, here)
        excerpt.mark = self.marks.get((file, excerpt.ref))
        self.keep(here)
        self.skip(lambda line: not line or CAPTION.fullmatch(line))
        code = []
        if self.fence_at(self.at):
            end = self.fence_end(self.at)
            code, self.at = self.old[self.at + 1:end - 1], end
            if EXCERPT_END in code:
                self.error(here, "the code of the excerpt has lost its closing fence")
                self.torn = True
        if excerpt.mark:
            code = excerpt.mark.code
            for line in (line for line in code if len(line) > WIDTH):
                self.error(here, f"a quoted line is over {WIDTH} columns: {line.strip()[:40]}...")
        else:
            self.error(here, f"no book line for {excerpt.ref or 'this place'} in {file}")
        if self.section:
            self.section.excerpts.append(excerpt)
        page = excerpt.ref.replace("/", ".md#")
        see = "" if excerpt.ref == home else f" · [{excerpt.ref}]({page})"
        self.new += [f"*[{file}]({from_here(file)}){see}*", "", "```cpp", *code, "```"]
        self.skip(lambda line: not line)
        if self.at < len(self.old) and self.old[self.at] != EXCERPT_END:
            self.new.append("")

    def end_excerpt(self, here):
        if not self.quoting:
            self.error(here, "closes an excerpt that is not open")
        elif not self.quoting.notes:
            following = next((line for line in self.old[here:] if line.strip()), "#")
            if NO_PROSE.match(following):
                self.error(self.quoting.line, "code that nobody explains: a note, or prose below")
        self.quoting = None

    def read_note(self, line):
        found = NOTE.fullmatch(line)
        quote = found[2].strip() if found else ""
        code = self.quoting.mark.code if self.quoting.mark else []
        on = [n for n, text in enumerate(code) if quote in text]
        if not found:
            self.error(self.at + 1, "a note begins with a piece of the code: - `code` Why.")
        elif self.quoting.mark and len(on) != 1:
            self.error(self.at + 1, f"`{quote}` is on {len(on)} lines of the excerpt, not on one")
        self.quoting.notes.append({"on": on[0] if on else 0, "quote": quote, "text": line[2:]})

    def read_output(self, name):
        start = end = self.at + 1
        if not self.fence_at(start):
            self.error(start, "an output is followed by a fenced block")
        else:
            end = self.fence_end(start)
            self.outputs[name] = self.old[start + 1:end - 1]
        self.keep(end)

    def read_fence(self, line):
        above, end = self.old[self.at - 1] if self.at else "", self.fence_end(self.at)
        if solution := SOLUTION.fullmatch(above):
            if solution[1] in self.solutions:
                self.error(self.at + 1, f"a second solution of {solution[1]}")
            code = "\n".join(self.old[self.at + 1:end - 1])
            self.solutions[solution[1]] = textwrap.dedent(code).split("\n")
        elif FENCE.match(line)[2].lower() in CPP and not FREE.fullmatch(above):
            self.error(self.at + 1, "code that no source backs: make it an excerpt, or say why not:"
                       " <!-- free: why -->")
        self.keep(end)
