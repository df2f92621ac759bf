"""The book as data, for whoever makes pages of it: a site, an EPUB, a PDF.

Whatever the checker knows of chapters and sources is told here, so that nobody parses them a second
time: where an excerpt stands in its chapter, which line of the source a note speaks of, and which
anchor a forge gives to each heading of every Markdown file of the tree. What is wrong with the book
is left out: to complain of it is the business of `check`.
"""
import os
import pathlib
from dataclasses import asdict

from tool.chapter import EXCERPT_END
from tool.markdown import headings

NOT_OURS = {"build", "node_modules"}


def outline(book):
    """Chapters in reading order, pages beside them, book lines, and headings by file."""
    root = book.root
    return {
        "chapters": [told(root, entry, read(book.chapters, entry["slug"]))
                     for entry in book.listed],
        "pages": list(book.beside.values()),
        "marks": [asdict(mark) for mark in book.marks],
        "headings": {path.relative_to(root).as_posix(): anchors(path) for path in documents(root)},
    }


def read(chapters, slug):
    return next((chapter for chapter in chapters if chapter.name == slug), None)


def told(root, entry, chapter):
    """One chapter; an excerpt reaches from its `line` to its `end`."""
    programs = (root / "book-notes" / entry["slug"]).glob("*.[hc]pp")
    sections = [asdict(section) for section in chapter.sections] if chapter else []
    for section in sections:
        section["excerpts"] = [excerpt for excerpt in section["excerpts"]
                               if excerpt["mark"] and EXCERPT_END in chapter.old[excerpt["line"]:]]
        for excerpt in section["excerpts"]:
            excerpt["end"] = chapter.old.index(EXCERPT_END, excerpt["line"]) + 1
    return {**entry, "sections": sections,
            "programs": sorted(path.relative_to(root).as_posix() for path in programs)}


def documents(root):
    for folder, folders, files in os.walk(root):
        folders[:] = sorted(set(folders) - NOT_OURS)
        for file in sorted(files):
            if file.endswith(".md"):
                yield pathlib.Path(folder, file)


def anchors(path):
    """Line of each heading -> its anchor."""
    lines = path.read_text("utf-8").split("\n")
    return {i + 1: anchor for i, _, _, anchor in headings(lines)}
