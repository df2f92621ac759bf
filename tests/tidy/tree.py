"""The sources as the rules see them: every file read once, comments and literals set apart."""
import re

FOLDERS = ("protocol", "server", "client", "tests", "bench", "book-notes")
CPP = (".hpp", ".cpp")
NOT_CODE = re.compile(
    r'R"([^()\\ ]{0,16})\((?:.|\n)*?\)\1"|"(?:\\.|[^"\\\n])*"|(?<!\w)\'(?:\\.|[^\'\\\n])+\''
    r"|//[^\n]*|/\*(?:.|\n)*?\*/")
NOT_PYTHON = re.compile(
    r'"""(?:\\.|[^\\])*?"""|\'\'\'(?:\\.|[^\\])*?\'\'\'|"(?:\\.|[^"\\\n])*"|\'(?:\\.|[^\'\\\n])*\''
    r"|#[^\n]*")


def is_script(path):
    with path.open("rb") as file:
        return re.match(rb"#!.*python", file.readline(80))


class Tree:
    """`text` by path; `code` is the same, line for line, with comments and literals blanked."""

    def __init__(self, root):
        self.root, self.text, self.code, self.cpp, self.python = root, {}, {}, [], []
        for folder in FOLDERS:
            for path in sorted((root / folder).rglob("*")):
                if path.is_file() and "__pycache__" not in path.parts:
                    self.take(path, path.relative_to(root).as_posix())

    def take(self, path, file):
        is_cpp = path.suffix in CPP
        if is_cpp or path.suffix == ".py" or (not path.suffix and is_script(path)):
            (self.cpp if is_cpp else self.python).append(file)
            self.text[file] = path.read_text("utf-8", errors="replace")
            self.code[file] = self.without(file, lambda found: True)

    def without(self, file, unwanted):
        """The text with some comments and literals turned to spaces."""
        return (NOT_CODE if file.endswith(CPP) else NOT_PYTHON).sub(
            lambda found: re.sub(r"[^\n]", " ", found[0]) if unwanted(found[0]) else found[0],
            self.text[file])

    def uncommented(self, file):
        return self.without(file, lambda piece: piece.startswith(("//", "/*", "#")))

    def plain(self, file):
        """A file that is no source, a CMake file say; empty if it is not there."""
        path = self.root / file
        return path.read_text("utf-8") if path.is_file() else ""

    @property
    def headers(self):
        return [file for file in self.cpp if file.endswith(".hpp")]

    def within(self, *folders):
        return [file for file in self.text if file.startswith(folders)]
