"""The floor plan: who may include whom.

The plan is read from where it is built, `mini_redis_floor(name DEPENDS ...)` in the CMake files, so
it exists once. A folder sees itself, what its floor depends on, and what those depend on; nothing
else. What the linker cannot notice, a header used on its own, is noticed here.
"""
import re

PLANS = ("protocol/CMakeLists.txt", "server/CMakeLists.txt", "client/CMakeLists.txt")
FLOOR = re.compile(r"(?:^# Floor (\d+)\.[^\n]*\n(?:#[^\n]*\n)*)?^mini_redis_floor\(([^)]*)\)", re.M)
INCLUDE = re.compile(r'^[ \t]*#[ \t]*include[ \t]*([<"])([^>"\n]+)[>"]', re.M)
DOORS = {"server": ("server/runtime/asio.hpp", "server/runtime/readable.hpp"),
         "client": ("client/asio.hpp", "client/operation.hpp")}

# What no DEPENDS may bring about, whatever its number.
NEVER = {("net", "commands"): "net meets commands through the catalogue, as everything does"}


class Plan:
    """The floors by name: the file that lays them, their number, what they depend on."""

    def __init__(self, tree):
        self.file, self.number, self.depends = {}, {}, {}
        for file in PLANS:
            for number, arguments in FLOOR.findall(tree.plain(file)):
                name, *rest = re.sub(r"#[^\n]*", "", arguments).split()
                self.file[name] = file
                self.number[name] = int(number) if number else None
                self.depends[name] = [word.partition("::")[2] for word in rest
                                      if word.startswith("mini_redis::")]

    def sees(self, name):
        """The floor itself and all it can reach below."""
        seen, ahead = set(), [name]
        while ahead:
            floor = ahead.pop()
            if floor not in seen:
                seen.add(floor)
                ahead += self.depends.get(floor, ["protocol"] if floor == "client" else [])
        return seen


def floor_of(file):
    """The floor a file lies on; None for tests, benchmarks and programs, which see everything."""
    top, _, rest = file.partition("/")
    if top == "server" and "/" in rest:
        return rest.split("/")[0]
    return top if top in ("server", "protocol", "client") else None


def check_plan(tree):
    """A floor has a number, and depends on lower numbers only."""
    plan = Plan(tree)
    for name, below in plan.depends.items():
        file, number = plan.file[name], plan.number[name]
        if name == "client":
            if below not in ([], ["protocol"]):
                yield file, 1, f"client depends on {', '.join(below)}; it knows protocol alone"
            continue
        if number is None:
            yield file, 1, f"floor {name} has no number; write `# Floor N. What it is.` above it"
            continue
        for other in below:
            if other not in plan.depends:
                yield file, 1, f"floor {name} depends on {other}, which is no floor"
            elif plan.number[other] is not None and plan.number[other] >= number:
                yield file, 1, (f"floor {name} ({number}) depends on {other} "
                                f"({plan.number[other]}); a floor only looks down")
            if (name, other) in NEVER:
                yield file, 1, f"floor {name} depends on {other}; {NEVER[name, other]}"


def check_includes(tree):
    """A file includes what its floor sees, by paths from the root, and Asio through its door."""
    plan = Plan(tree)
    for file in tree.cpp:
        floor = floor_of(file)
        if floor not in (None, "client") and floor not in plan.depends:
            yield file, 1, f"its folder is on no floor; add mini_redis_floor({floor} ...)"
            continue
        sees = plan.sees(floor)
        for found in INCLUDE.finditer(tree.text[file]):
            complaint = judge(tree, file, floor, sees, found[1] == '"', found[2])
            if complaint:
                yield file, tree.text[file].count("\n", 0, found.start()) + 1, complaint


def judge(tree, file, floor, sees, quoted, target):
    """What is wrong with one include; None if nothing is."""
    if quoted and not (tree.root / target).is_file():
        return f'"{target}" is no path from the root'
    if quoted and floor and floor_of(target) not in sees:
        return f"{floor} may not see {target}; it sees {', '.join(sorted(sees))}"
    if not quoted and floor == "protocol" and re.search(r"[/.]", target):
        return f"<{target}> in protocol, which knows the standard library only"
    if not quoted and floor == "keyspace" and target.startswith("boost/asio"):
        return f"<{target}> in keyspace, which is plain synchronous code; hand time and chance in"
    doors = DOORS.get(file.partition("/")[0])
    if not quoted and doors and file not in doors and "boost/asio" in target:
        return f'<{target}> comes in by one door: include "{doors[0]}"'
    return None


RULES = {"floors": check_plan, "includes": check_includes}
