"""The source side of the book: finds the book lines, and how far each of them reaches.

    // Book: backpressure/slow-readers. A slow reader slows only itself.

One line above what it marks, no end marker: clang-formatted code says itself where a thing ends.
Outside a function the extent is the definition that follows, to its closing brace or semicolon;
inside one it is the statements up to the next blank line. A block is never cut in two.
This file knows no chapters: whether a line is *true* is for book.py to say.
"""
import re
import textwrap
from dataclasses import dataclass

TREE = ("protocol", "server", "client")  # what the density is counted over
PROGRAMS = "book-notes"                  # book-notes/<chapter>/*.cpp can be quoted too
WIDTH = 100
PER_FILE = 4
LINES_PER_MARK = 100

NAME = r"[a-z0-9]+(?:-[a-z0-9]+)*"
BOOK_LINE = re.compile(rf"\s*// Book: ({NAME})/({NAME})\. (\S.*[.!?])")
LOOKS_LIKE = re.compile(rf"(//+[/!<]*|/\*+)\s*book(\s*:|\s+{NAME}/{NAME})", re.IGNORECASE)
NOT_CODE = re.compile(
    r'R"([^()\\ ]{0,16})\((?:.|\n)*?\)\1"|"(?:\\.|[^"\\\n])*"|(?<![\w])\'(?:\\.|[^\'\\\n])+\''
    r"|//[^\n]*|/\*(?:.|\n)*?\*/")


@dataclass
class Mark:
    """One book line and the code it marks; `numbers` are the line numbers of `code`."""
    file: str
    line: int
    ref: str
    thesis: str
    code: list
    numbers: list

    @property
    def where(self):
        return f"{self.file}:{self.line}"


def blank_out(text):
    """The text with comments and literals turned to spaces: what is left is code."""
    return NOT_CODE.sub(lambda found: re.sub(r"[^\n]", " ", found[0]), text)


def indent(line):
    return len(line) - len(line.lstrip())


def inside_function(above, depth):
    """Whether ever shallower lines above lead to a lone `{`: clang-format gives it to functions."""
    for line in reversed(above):
        if line.strip() and not line.lstrip().startswith("#") and indent(line) < depth:
            if line.strip() == "{":
                return True
            depth = indent(line)
    return False


def extent(raw, code, first):
    """The index after the last line of what starts at `first`; None if it never ends."""
    def ends(i):
        line, following = code[i].rstrip(), raw[i + 1].strip() if i + 1 < len(raw) else ""
        # `: a_{1}` closes a brace too, but the body of the constructor is still to come
        return line.endswith(";") or (line.endswith("}") and following != "{")

    statements = inside_function(code[:first], indent(raw[first]))
    depth = 0
    for i in range(first, len(raw)):
        if depth == 0 and not raw[i].strip():
            return i
        for char in code[i]:
            depth += (char in "([{") - (char in ")]}")
            if depth < 0:
                return i
        if depth == 0 and not statements and ends(i):
            return i + 1
    return len(raw) if depth == 0 else None


def read_file(file, text, errors):
    """The marks of one file."""
    raw, marks = text.split("\n"), []
    is_mark = [bool(BOOK_LINE.fullmatch(line)) for line in raw]
    code = blank_out(text).split("\n") if any(is_mark) else raw
    for n, line in enumerate(raw):
        where = f"{file}:{n + 1}"
        if not is_mark[n]:
            if LOOKS_LIKE.search(line):
                errors.append(f"{where}: malformed book line; it is one line of its own: "
                              "// Book: chapter/section. Thesis sentence.")
            continue
        if len(line) > WIDTH:
            errors.append(f"{where}: book line over {WIDTH} columns; shorten it, it never wraps")
        chapter, section, thesis = BOOK_LINE.fullmatch(line).groups()
        first = n + 1
        while first < len(raw) and is_mark[first]:
            first += 1
        end = extent(raw, code, first) if first < len(raw) else first
        if end is None:
            errors.append(f"{where}: what this book line marks never ends")
            end = first
        elif not any(line.strip() for line in code[first:end]):
            errors.append(f"{where}: this book line marks nothing; it stands right above its code")
        numbers = [i + 1 for i in range(first, end) if not is_mark[i]]
        body = textwrap.dedent("\n".join(raw[i - 1].rstrip() for i in numbers))
        marks.append(Mark(file, n + 1, f"{chapter}/{section}", thesis, body.split("\n"), numbers))
    return marks


def read(root, errors):
    """All marks of the tree, and how many lines the tree has."""
    marks, lines = [], 0
    paths = [p for top in TREE for p in sorted((root / top).rglob("*.[hc]pp"))]
    for path in paths + sorted((root / PROGRAMS).glob("*/*.[hc]pp")):
        file = path.relative_to(root).as_posix()
        text = path.read_text("utf-8")
        found = read_file(file, text, errors)
        lines += 0 if file.startswith(PROGRAMS) else text.count("\n")
        if len(found) > PER_FILE:
            errors.append(f"{file}: {len(found)} book lines, more than {PER_FILE}; a reader comes "
                          "for the code")
        for mark in found:
            if mark.ref in [other.ref for other in found if other.line < mark.line]:
                errors.append(f"{mark.where}: {mark.ref} is marked twice in this file")
        marks += found
    dense = sum(mark.file.startswith(TREE) for mark in marks)
    if dense * LINES_PER_MARK > lines:
        errors.append(f"{dense} book lines in {lines} lines of {', '.join(TREE)}: more than one in "
                      f"{LINES_PER_MARK}")
    return marks, lines
