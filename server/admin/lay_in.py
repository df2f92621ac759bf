#!/usr/bin/env python3
"""Lays the files of a folder into the program: lay_in.py FOLDER NAME OUT.cpp [--gzip]

OUT.cpp defines mini_redis::admin::NAME (assets.hpp): what is in FOLDER by its path, sorted. The
assembler copies the bytes, so they cost nothing until somebody looks at them. With --gzip they are
kept compressed, beside OUT.cpp. A FOLDER that is not there has no files.
"""
import gzip
import pathlib
import sys

TYPES = {
    ".css": "text/css; charset=utf-8",
    ".html": "text/html; charset=utf-8",
    ".js": "text/javascript; charset=utf-8",
    ".json": "application/json",
    ".png": "image/png",
    ".svg": "image/svg+xml",
    ".txt": "text/plain; charset=utf-8",
    ".woff2": "font/woff2",
}


def compressed(file, folder, kept):
    """A file with the bytes of `file`, compressed; the same ones whenever it is built."""
    copy = kept / file.relative_to(folder)
    copy.parent.mkdir(parents=True, exist_ok=True)
    copy.write_bytes(gzip.compress(file.read_bytes(), mtime=0))
    return copy


def lay_in(folder, name, out, zipped):
    paths = sorted((file.relative_to(folder).as_posix(), file)
                   for file in folder.rglob("*") if file.is_file())
    bytes_of, declared, table = [], [], []
    for number, (path, file) in enumerate(paths):
        if zipped:
            file = compressed(file, folder, out.with_suffix(""))
        symbol = f"mini_redis_{name}_{number}"
        bytes_of.append(f'asm(".section .rodata\\n{symbol}:\\n.incbin \\"{file}\\"\\n'
                        f'{symbol}_end:\\n.byte 0\\n.previous\\n");\n')
        declared.append(f'extern "C" const char {symbol}[], {symbol}_end[];\n')
        table.append(f'    {{"{path}", "{TYPES[file.suffix]}", {symbol}, {symbol}_end}},\n')
    out.write_text(
        '#include "server/admin/assets.hpp"\n\n' + "".join(bytes_of + declared)
        + "\nnamespace mini_redis::admin {\n\n"
        + f"static const File files[] = {{\n{''.join(table)}    {{}}}};\n"
        + f"extern const Files {name}{{files, {len(paths)}}};\n\n}}\n")


if __name__ == "__main__":
    lay_in(pathlib.Path(sys.argv[1]), sys.argv[2], pathlib.Path(sys.argv[3]),
           sys.argv[4:] == ["--gzip"])
