"""A page beside the chapters. The tool owns the labels of its pointers and the tables between

    <!-- table: questions -->
    <!-- /table -->

All else is the author's, and comes out as it went in. A table whose last column is "told in" points
to a place in each of its rows.
"""
import re

from tool.markdown import headings, prose
from tool.places import POINTER, label, ref_of

TABLE = re.compile(r"<!-- table: ([a-z]+) -->")
TABLE_END = "<!-- /table -->"
LOOKS_LIKE = re.compile(r"<!-- */?table\b", re.IGNORECASE)


class Page:
    """One page: `old` as it is, `new` as it should be; `tables` are those it may show, by name."""

    def __init__(self, file, text, known, tables, errors):
        self.file, self.old, self.new = file, text.split("\n"), []
        self.title = next((title for _, level, title, _ in headings(self.old) if level == 1), None)
        outside = {i for i, _ in prose(self.old)}
        opened, telling = None, False
        for i, line in enumerate(self.old):
            where = f"{file}:{i + 1}"
            telling = line.startswith("|") and (telling or line.endswith("| told in |"))
            if telling and tells_nothing(line, known):
                errors.append(f"{where}: a row that is told nowhere: {line[:40]}...")
            found = TABLE.fullmatch(line)
            if found and found[1] not in tables:
                errors.append(f"{where}: there is no table '{found[1]}'")
            elif found and opened is None:
                opened = where
                self.new += [line, "", *tables[found[1]], ""]
                continue
            elif line == TABLE_END and opened is not None:
                opened = None
            elif LOOKS_LIKE.match(line) and i in outside:
                errors.append(f"{where}: malformed or misplaced {line}")
            if opened is None:
                self.new.append(label(line, known) if i in outside else line)
        if opened is not None:  # what belongs to the table and what to the author is a guess
            errors.append(f"{opened}: table is never closed by {TABLE_END}")
            self.new = self.old


def tells_nothing(row, known):
    head = row.endswith("| told in |") or set(row) <= set("|-: ")
    return not head and not any(ref_of(found) in known for found in POINTER.finditer(row))


def table(heads, rows):
    """The lines of a Markdown table."""
    return ["| " + " | ".join(cells) + " |" for cells in (heads, ["---"] * len(heads), *rows)]
