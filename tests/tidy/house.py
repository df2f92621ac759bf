"""How files are made: their size, their opener, and that somebody needs them."""
import ast
import re

FILE_LINES, FUNCTION_LINES, COLUMNS = 400, 60, 100
SHORT = 5  # what an opener would be longer than
INCLUDED = re.compile(r'^[ \t]*#[ \t]*include[ \t]*"([^"\n]+)"', re.M)


def check_length(tree):
    """A file has one idea, and 400 lines are enough for it."""
    for file, text in tree.text.items():
        if (lines := text.count("\n")) > FILE_LINES:
            yield file, 1, f"{lines} lines, more than {FILE_LINES}; find the second idea in it"


def check_columns(tree):
    for file, text in tree.text.items():
        for n, line in enumerate(text.split("\n"), 1):
            if len(line) > COLUMNS:
                yield file, n, f"{len(line)} columns, more than {COLUMNS}"


def check_functions(tree):
    """A function fits on a screen. clang-format gives a function's brace a line of its own."""
    for file in tree.cpp:
        opened = []
        for n, line in enumerate(tree.code[file].split("\n"), 1):
            indent = len(line) - len(line.lstrip())
            if line.strip() == "{":
                opened.append((n, indent))
            elif line.strip().startswith("}") and opened and opened[-1][1] == indent:
                start = opened.pop()[0]
                yield from too_long(file, start, n)
    for file in tree.python:
        try:
            module = ast.parse(tree.text[file])
        except SyntaxError as wrong:
            yield file, wrong.lineno or 1, "is no Python"
            continue
        for node in ast.walk(module):
            if isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef)):
                yield from too_long(file, node.lineno, node.end_lineno)


def too_long(file, start, end):
    if (lines := end - start + 1) > FUNCTION_LINES:
        yield file, start, f"a function of {lines} lines, more than {FUNCTION_LINES}; split it"


def check_openers(tree):
    """A file begins by saying what it is."""
    for file, text in tree.text.items():
        lines = text.split("\n")
        if lines[0].startswith("#!"):
            del lines[0]
        says = ("//", "/*") if file in tree.cpp else ('"""', "#")
        if text.count("\n") > SHORT and not lines[0].startswith(says):
            yield file, 1, "begins with no opener: what it is, its one idea, what it does not do"


def check_once(tree):
    for file in tree.headers:
        if not re.search(r"^#pragma once$", tree.text[file], re.M):
            yield file, 1, "lacks `#pragma once`"


def check_dead_headers(tree):
    """A header is there for others than its own source."""
    used = {target for file in tree.cpp for target in INCLUDED.findall(tree.text[file])
            if target != file.replace(".cpp", ".hpp")}
    for file in tree.headers:
        if file not in used:
            yield file, 1, "nobody includes it; delete it, or use it"


def check_untested(tree):
    """A source with a header is tested: by a test of its name, by one that includes the header,
    or with the neighbour in its folder that is tested and uses it."""
    tests = [file for file in tree.cpp if file.startswith("tests/")]
    names = {file.rpartition("/")[2] for file in tests}
    tested, ahead = set(), [target for f in tests for target in INCLUDED.findall(tree.text[f])]
    while ahead:
        header = ahead.pop()
        if header not in tested:
            tested.add(header)
            module = tree.text.get(header, "") + tree.text.get(header.replace(".hpp", ".cpp"), "")
            ahead += [target for target in INCLUDED.findall(module)
                      if target.rpartition("/")[0] == header.rpartition("/")[0]]
    for header in tree.headers:
        source = header.replace(".hpp", ".cpp")
        own = re.sub(r"^\s*#.*", "", tree.code.get(source, ""), flags=re.M).strip()
        if own and header.startswith(("protocol/", "server/")) and header not in tested:
            if source.rpartition("/")[2].replace(".cpp", "_test.cpp") not in names:
                yield source, 1, f"no test includes {header}, nor bears its name"


RULES = {"length": check_length, "columns": check_columns, "functions": check_functions,
         "openers": check_openers, "pragma-once": check_once, "dead": check_dead_headers,
         "untested": check_untested}
