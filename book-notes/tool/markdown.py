"""As much Markdown as the book needs: headings with their anchors, fences, links."""
import re

FENCE = re.compile(r"[\s>]*(`{3,}|~{3,})\s*([^\s`]*)")
HEADING = re.compile(r"(#{1,6}) +(.+?)(?: +#+)?\s*")
INLINE_CODE = re.compile(r"(`+)(?!`).+?(?<!`)\1(?!`)")
LINK = re.compile(r"\]\(\s*<?([^\s)>]+)>?(?:\s+\"[^\"]*\")?\s*\)|^\s*\[[^\]]+\]:\s*(\S+)")


def fence_end(lines, start):
    """The index after the fenced block that opens at `start`; None if it is never closed."""
    mark = FENCE.match(lines[start])[1]
    for i in range(start + 1, len(lines)):
        if re.fullmatch(rf"[\s>]*{mark[0]}{{{len(mark)},}}\s*", lines[i]):
            return i + 1
    return None


def prose(lines):
    """(index, line) of every line outside fences."""
    i = 0
    while i < len(lines):
        if FENCE.match(lines[i]):
            i = fence_end(lines, i) or len(lines)
        else:
            yield i, lines[i]
            i += 1


def slug(title):
    """The anchor forges give to a heading: lower case, punctuation gone, spaces to dashes."""
    text = re.sub(r"!?\[([^\]]*)\]\([^)]*\)", r"\1", title).replace("`", "").replace("*", "")
    return re.sub(r"[^\w\- ]", "", text.strip().lower()).replace(" ", "-")


def headings(lines):
    """(index, level, title, anchor) of every heading; the second `x` is `x-1`."""
    seen = {}
    for i, line in prose(lines):
        if found := HEADING.fullmatch(line):
            anchor = slug(found[2])
            n = seen[anchor] = seen.get(anchor, -1) + 1
            yield i, len(found[1]), found[2], f"{anchor}-{n}" if n else anchor


def links(lines):
    """(index, target) of every link and image."""
    for i, line in prose(lines):
        for found in LINK.finditer(INLINE_CODE.sub("", line)):
            yield i, found[1] or found[2]


def check_links(root, path, errors):
    """Relative links of one page must lead to a file, and to a heading if they name one."""
    lines = path.read_text("utf-8").split("\n")
    for i, target in links(lines):
        where = f"{path.relative_to(root).as_posix()}:{i + 1}"
        if re.match(r"[a-z][a-z0-9+.-]*:", target):
            continue
        file, _, anchor = target.partition("#")
        there = (path.parent / file).resolve() if file else path
        if not there.is_relative_to(root) or not there.exists():
            errors.append(f"{where}: dead link {target}")
        elif anchor and there.suffix != ".md":
            errors.append(f"{where}: {target} names a line, which will move; link the file")
        elif anchor and anchor not in {h[3] for h in
                                       headings(there.read_text("utf-8").split("\n"))}:
            errors.append(f"{where}: {there.name} has no heading #{anchor}")
