"""The way of a request: every file on it belongs to a section of the book.

A file belongs to a section that marks it by a book line, or to one that request.md names in the
same line as the file. A header and its source are one. `path` in chapters.toml lists the folders.
"""
import re

from tool.markdown import links, prose
from tool.places import POINTER, ref_of

PAGE = "book-notes/request.md"


def stem(file):
    return file.rpartition(".")[0]


def named(lines, known):
    """The stems of the files that stand in one line with a section."""
    for _, line in prose(lines):
        if any(ref_of(found) in known for found in POINTER.finditer(line)):
            for _, target in links([line]):
                if target.startswith("../") and target.endswith((".hpp", ".cpp")):
                    yield stem(target.removeprefix("../"))


def check(root, folders, marks, known, errors):
    """How many files belong to sections; an error for each that does not."""
    page = root / PAGE
    lines = page.read_text("utf-8").split("\n") if page.exists() else []
    told = {stem(mark.file) for mark in marks} | set(named(lines, known))
    count = 0
    for folder in folders:
        sources = (root / folder).rglob("*.[hc]pp")
        stems = {stem(path.relative_to(root).as_posix()) for path in sources}
        if not stems:
            errors.append(f"chapters.toml: path names {folder}, where no source is")
        for file in sorted(stems - told):
            errors.append(f"{file}.*: belongs to no section; mark it by a book line, or name it in "
                          f"{PAGE} in a line with the section")
        count += len(stems)
    return count
