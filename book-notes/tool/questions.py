"""What the book set out to answer: questions.toml, each entry with the sections that do.

An entry has a name, a point and sections, and a number if it had one in the plan. A system is,
besides, named in each of its sections; "a, b" are two names, and each must be found. Whether the
answer is good no tool can say.
"""
import tomllib

from tool.page import table

KEYS = {"name": str, "point": str, "sections": list}
NUMBERED = {"number": str, **KEYS}
KINDS = {  # what an entry has, and what stands above its table
    "topic": (NUMBERED, ["no.", "topic", "what is to be learnt", "where"]),
    "question": (NUMBERED, ["no.", "question", "in short", "where"]),
    "system": (KEYS, ["system", "the point", "where"]),
}


class Questions:
    """The entries of each kind, and in `tables` how questions.md shows them."""

    def __init__(self, path, known, errors):
        self.path, self.known, self.errors = path, known, errors
        self.kinds = {kind: [] for kind in KINDS}
        told = tomllib.loads(path.read_text("utf-8")) if path.exists() else {}
        for kind, entries in told.items():
            if kind not in KINDS:
                self.error(f"'{kind}' is none of {', '.join(KINDS)}")
                continue
            for entry in entries:
                self.read(kind, entry)
        self.tables = {f"{kind}s": table(heads, [self.row(e) for e in self.kinds[kind]])
                       for kind, (_, heads) in KINDS.items()}

    def error(self, what):
        self.errors.append(f"{self.path.name}: {what}")

    def read(self, kind, entry):
        keys = KINDS[kind][0]
        if {k: type(v) for k, v in entry.items()} != keys:
            return self.error(f"{entry} has not exactly {', '.join(keys)}")
        name, sections = entry["name"], entry["sections"]
        if name in [other["name"] for other in self.kinds[kind]]:
            self.error(f"the {kind} '{name}' is there twice")
        if not sections:
            self.error(f"the {kind} '{name}' is answered nowhere")
        for ref in sections:
            if "/" not in ref or ref not in self.known:
                self.error(f"the {kind} '{name}' names a section that is not there: {ref}")
        if kind == "system":
            self.check_named(name, [self.known[ref] for ref in sections if ref in self.known])
        self.kinds[kind].append(entry)

    def check_named(self, name, places):
        """Each name in some of the sections, and in each section some of the names."""
        names = [word.strip("` ").lower() for word in name.split(",")]
        texts = {place.ref: "\n".join(place.lines).lower() for place in places}
        for word in names:
            if texts and not any(word in text for text in texts.values()):
                self.error(f"'{word}' is named in none of {', '.join(texts)}")
        for ref, text in texts.items():
            if not any(word in text for word in names):
                self.error(f"{ref} does not name '{name}'")

    def row(self, entry):
        links = [self.known[ref].link for ref in entry["sections"] if ref in self.known]
        number = [entry["number"]] if "number" in entry else []
        return [*number, entry["name"], entry["point"], " · ".join(links)]

    def coverage(self):
        """How many sections answer each entry, a line for each kind."""
        for kind, entries in self.kinds.items():
            counts = sorted(len(entry["sections"]) for entry in entries)
            if counts:
                yield (f"  {kind}s: {len(entries)} in {sum(counts)} sections, each in {counts[0]} "
                       f"to {counts[-1]}")
