"""Where a reader can be sent: the chapters and their sections, in reading order.

A chapter stands for its lines above the first section. Whoever points to a place writes its label
only once, empty: [](tasks.md#executor). The tool fills it in, and again whenever a chapter moves.
"""
import re
from dataclasses import dataclass

from tool.source import NAME

POINTER = re.compile(rf"\[((?:\d+\.\d+ [^\]\n]*)?)\]\(({NAME})\.md(?:#([\w-]+))?\)")


@dataclass
class Place:
    ref: str
    label: str
    file: str
    first: int  # the number of its first line
    lines: list

    @property
    def link(self):
        page, _, anchor = self.ref.partition("/")
        return f"[{self.label}]({page}.md{'#' if anchor else ''}{anchor})"


def read(listed, chapters):
    """ref -> Place, in reading order."""
    found, numbers = {}, {entry["slug"]: entry["number"] for entry in listed}
    for chapter in chapters:
        number = numbers[chapter.name]
        starts = [1, *(section.line for section in chapter.sections), len(chapter.old) + 1]
        refs = [chapter.name, *(section.ref for section in chapter.sections)]
        titles = [chapter.title, *(section.title for section in chapter.sections)]
        for ref, title, first, end in zip(refs, titles, starts, starts[1:]):
            found[ref] = Place(ref, f"{number} {title}", chapter.file, first,
                               chapter.old[first - 1:end - 1])
    return found


def ref_of(pointer):
    """What a match of POINTER leads to."""
    return f"{pointer[2]}/{pointer[3]}" if pointer[3] else pointer[2]


def label(line, known):
    """The line with the label of every pointer as it should be."""
    def relabel(pointer):
        place = known.get(ref_of(pointer))
        return place.link if place else pointer[0]
    return POINTER.sub(relabel, line)
