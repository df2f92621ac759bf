"""The glossary: every term once, in order, and explained before it is used.

    ## B

    ### back-pressure

    Slowness that is handed on to whoever causes it. [2.5 Back-pressure](channels.md#back-pressure)

The place that is named explains the term: there it stands in *italics* or in **bold**. A page that
comes before it, from the README on, may use the term if its first use there is a link: to the
glossary, or to the chapter that explains it. Headings announce, code and tables of contents name:
only prose uses.
"""
import re

from tool.markdown import HEADING, headings, prose
from tool.page import TABLE, TABLE_END
from tool.places import POINTER, Place, ref_of

LINK = re.compile(r"\[([^\]]*)\]\(([^)\s]*)\)")
CODE = re.compile(r"(`+)(?!`)[^`]+?(?<!`)\1(?!`)")
TAG = re.compile(r"<!--.*?-->|</?[a-z][^>]*>")
ADDRESS = re.compile(r"(?:\[[\w-]*[./][\w./-]*)?\]\([^)\s]*\)")  # with a text that is a path


def blank(found):
    return re.sub(r"[^\n]", " ", found[0])


def plain(lines):
    """The prose of the lines, line by line and as long as they are: no code, no headings, no
    comments, none of the tables that the tool writes."""
    kept, listing = [""] * len(lines), False
    for i, line in prose(lines):
        listing = bool(TABLE.fullmatch(line)) or (listing and line != TABLE_END)
        if not listing and not HEADING.fullmatch(line):
            kept[i] = line
    return TAG.sub(blank, CODE.sub(blank, "\n".join(kept)))


def whole_word(term):
    words = r"\s+".join(re.escape(word) for word in term.split())
    return rf"(?<![\w-]){words}(?:s|es|d|ed)?(?![\w-])"


class Term:
    """One entry; `place` is where the term is explained."""

    def __init__(self, name, anchor, line, place):
        self.name, self.anchor, self.line, self.place = name, anchor, line, place
        self.use = re.compile(whole_word(name), re.IGNORECASE)
        self.emphasis = re.compile(rf"(\*{{1,2}}){whole_word(name)}\1", re.IGNORECASE)

    def is_linked(self, here, text, at):
        """Whether what stands at `at` is in a link to the glossary or to where it is explained."""
        page, _, anchor = self.place.ref.partition("/")
        targets = ["glossary.md#", f"{page}.md", *[f"#{anchor}"] * (here.file == self.place.file)]
        return any(link.start() <= at < link.end() and link[2].startswith(tuple(targets))
                   for link in LINK.finditer(text))


class Glossary:
    """The terms of glossary.md, checked against the places in reading order."""

    def __init__(self, root, known, errors):
        self.path, self.errors, self.terms = root / "book-notes/glossary.md", errors, []
        if not self.path.exists():
            return
        self.read(self.path.read_text("utf-8").split("\n"), known)
        readme = (root / "book-notes/README.md").read_text("utf-8").split("\n")
        first = Place("README", "", "book-notes/README.md", 1, readme)
        self.texts = [(place, plain(place.lines)) for place in (first, *known.values())]
        for term in self.terms:
            self.check(term)

    def error(self, line, what):
        self.errors.append(f"book-notes/glossary.md:{line}: {what}")

    def read(self, lines, known):
        heads = list(headings(lines))[1:]
        ends = [head[0] for head in heads[1:]] + [len(lines)]
        letter, before = "", ""
        for (start, level, name, anchor), end in zip(heads, ends):
            if level == 2:
                letter = name
                continue
            text = "\n".join(lines[start + 1:end])
            pointers = [known.get(ref_of(found)) for found in POINTER.finditer(text)]
            if not POINTER.sub("", text).strip():
                self.error(start + 1, f"'{name}' is not said what it is")
            if len(pointers) != 1:
                self.error(start + 1, f"'{name}' names {len(pointers)} places, not the one that "
                                      "explains it: [](chapter.md#section)")
            elif pointers[0]:
                self.terms.append(Term(name, anchor, start + 1, pointers[0]))
            if name.casefold() == before:
                self.error(start + 1, f"'{name}' is there twice")
            elif name.casefold() < before or name[0].upper() != letter:
                self.error(start + 1, f"'{name}' is out of order, under {letter} behind '{before}'")
            before = name.casefold()

    def check(self, term):
        if not term.emphasis.search(plain(term.place.lines)):
            self.error(term.line, f"'{term.name}' is not explained in {term.place.ref}: there it "
                                  "stands in no *italics*")
        told = set()
        for place, text in self.texts:
            if place is term.place:
                break
            found = term.use.search(ADDRESS.sub(blank, text))
            if not found or place.file in told:
                continue
            told.add(place.file)
            if not term.is_linked(place, text, found.start()):
                line = place.first + text.count("\n", 0, found.start())
                self.errors.append(
                    f"{place.file}:{line}: '{term.name}' is used before {term.place.ref} explains "
                    f"it; link this use to glossary.md#{term.anchor}, or say it otherwise")
        if not any(term.use.search(text) for _, text in self.texts):
            self.error(term.line, f"'{term.name}' is used nowhere")
