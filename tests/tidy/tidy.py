#!/usr/bin/env python3
"""The rules of the house that a compiler does not know; a rule that matters is a test.

  tidy.py [ROOT]      checks the tree (this one if none is named), fails on any finding

The rules live in floors.py (who may include whom), bans.py (what must not be written, and what to
write instead) and house.py (sizes, openers, dead files). What they let pass stands in
exceptions.toml with its reason. Formatting is clang-format's business, names in code clang-tidy's.
"""
import pathlib
import sys
import tomllib

import bans
import floors
import house
from tree import Tree

RULES = {**floors.RULES, **bans.RULES, **house.RULES}
EXCEPTIONS = "tests/tidy/exceptions.toml"


def findings(tree):
    """Every (rule, file, line, complaint) that no exception covers, and every idle exception."""
    allowed, used = {}, set()
    for entry in tomllib.loads(tree.plain(EXCEPTIONS)).get("allow", []):
        if entry.get("rule") not in RULES or not entry.get("file") or not entry.get("why"):
            yield "exceptions", EXCEPTIONS, 1, f"{entry} needs a known rule, a file and a why"
        else:
            allowed[entry["rule"], entry["file"]] = entry["why"]
    for rule, check in RULES.items():
        for file, line, complaint in check(tree):
            if (rule, file) in allowed:
                used.add((rule, file))
            else:
                yield rule, file, line, complaint
    for rule, file in allowed.keys() - used:
        yield "exceptions", EXCEPTIONS, 1, f"{file} no longer breaks `{rule}`; delete its entry"


def main(args):
    root = pathlib.Path(args[0]) if args else pathlib.Path(__file__).resolve().parents[2]
    tree = Tree(root)
    found = list(findings(tree))
    for rule, file, line, complaint in found:
        print(f"{file}:{line}: [{rule}] {complaint}", file=sys.stderr)
    print(f"tidy: {len(tree.text)} files, {len(RULES)} rules, {len(found)} findings")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
