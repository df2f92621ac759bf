"""What a reader sees of the results: tables for the terminal and for Markdown, and the verdict.

A table is a title, a header and rows of strings; the two forms differ only in their rules.
Everything is derived from the JSON document, so a saved one reads like a fresh one.
"""

BEGIN, END = "<!-- bench:begin -->", "<!-- bench:end -->"
UNITS = {
    "bytes_per_key": "B",
    "bytes_per_connection": "B",
    "ping_p999_ms": "ms",
    "ping_max_ms": "ms",
}


class MarkerError(Exception):
    """A file that does not have exactly one place for the tables."""


def number(value):
    """Three significant digits, thousands grouped: 0.694, 8.43, 149, 1,145,000."""
    if value >= 1000:
        return f"{value:,.0f}"
    digits = 0 if value >= 100 else 1 if value >= 10 else 2 if value >= 1 else 3
    return f"{value:.{digits}f}"


def ratio_cells(one):
    """Ratio, its range, the target and whether it is met."""
    spread = one["ratio"][one["metric"]]
    target = "" if one["target"] is None else f"{one['target']:.2f}"
    verdict = {None: "", True: "yes", False: "NO"}[one["met"]]
    return [
        f"{spread['median']:.3f}",
        f"{spread['min']:.3f} - {spread['max']:.3f}",
        target,
        verdict,
    ]


def row_title(one, name):
    """What was measured; and with how many threads where that is not one (name: our server)."""
    return one["title"] + one["subject"].removeprefix(name)


def _cpu_cell(side):
    """Total (user + system). Medians of parts need not add up: the total is split by them."""
    total, user, system = side["cpu_us"], side["user_us"], side["system_us"]
    parts = [total * part / (user + system or 1) for part in (user, system)]
    return f"{number(total)} ({' + '.join(map(number, parts))})"


def tables(document):
    """The tables of a document: a list of (title, header, rows)."""
    good = [one for one in document["results"] if "error" not in one]
    other = document["other"]
    ours = document["ours"]
    judged = ["ratio", "min - max", "at most", "met"]
    found = []

    def of_cpu(what, some, title, sides):
        rows = [
            [title(one), _cpu_cell(one["other"]), _cpu_cell(one["ours"]), *ratio_cells(one)]
            for one in some
        ]
        if rows:
            name = f"CPU microseconds of the {what}: total (user + system)"
            found.append((name, ["case", *sides, *judged], rows))

    def of_server(one):
        return row_title(one, ours)

    requests = [one for one in good if one["kind"] == "requests"]
    of_cpu("server per request", requests, of_server, (other, ours))
    if requests:
        found.append((
            "Requests per second, and latency in milliseconds: p50 / p99 / p99.9",
            ["case", f"{other}/s", f"{ours}/s", f"{other} ms", f"{ours} ms"],
            [_speed_row(one, ours) for one in requests],
        ))
    fanouts = [one for one in good if one["kind"] == "fanout"]
    of_cpu("server per delivered message", fanouts, of_server, (other, ours))
    clients = [one for one in good if one["kind"] == "client"]
    of_cpu("client per request", clients, lambda one: one["title"], ("the other way", "client/"))
    rest = [one for one in good if one["metric"] != "cpu_us"]
    if rest:
        found.append((
            "Memory (growth of the resident size) and stalls",
            ["case", other, ours, *judged],
            [row for one in rest for row in _rest_rows(one, ours)],
        ))
    return found


def _speed_row(one, ours):
    def latency(side):
        return " / ".join(number(side[name]) for name in ("p50_ms", "p99_ms", "p999_ms"))

    sides = one["other"], one["ours"]
    rates = [number(side["requests_per_s"]) for side in sides]
    return [row_title(one, ours), *rates, *(latency(side) for side in sides)]


def _rest_rows(one, ours):
    def row(title, metric, unit, judged):
        cells = [f"{number(side[metric])} {unit}" for side in (one["other"], one["ours"])]
        return [title, *cells, *judged]

    title, metric = row_title(one, ours), one["metric"]
    rows = [row(title, metric, UNITS[metric], ratio_cells(one))]
    if one["kind"] == "load":
        for name, what, unit in (
            ("ping_p50_ms", "its p50", "ms"),
            ("ping_p99_ms", "its p99", "ms"),
            ("ping_max_ms", "its longest", "ms"),
            ("bytes_per_key", "bytes per key", "B"),
        ):
            spread = one["ratio"][name]
            span = f"{spread['min']:.3f} - {spread['max']:.3f}"
            rows.append(row(f"- {what}", name, unit, [f"{spread['median']:.3f}", span, "", ""]))
    return rows


def errors(document):
    return [f"{one['case']}: {one['error']}" for one in document["results"] if "error" in one]


def facts(document):
    """Where, with what and when: one paragraph of plain text."""
    machine = document["machine"]
    versions = ", ".join(f"{name} {version}" for name, version in document["versions"].items())
    return (
        f"{document['date']}, {machine['cpu']}, {machine['cores']} cores, "
        f"{machine['memory_gb']} GB, {machine['kernel']}; {versions}; "
        f"{document['rounds']} rounds; "
        f"other programs took {document['others_cpu']:.0%} of the CPUs meanwhile."
    )


def terminal(document):
    lines = []
    for title, header, rows in tables(document):
        widths = [max(len(row[i]) for row in [header, *rows]) for i in range(len(header))]
        lines += ["", title, ""]
        for row in [header, ["-" * width for width in widths], *rows]:
            cells = [row[0].ljust(widths[0])]
            cells += [cell.rjust(width) for cell, width in zip(row[1:], widths[1:], strict=True)]
            lines.append("  ".join(cells).rstrip())
    lines += ["", *(f"not measured: {error}" for error in errors(document))]
    lines += [facts(document), document["command"]]
    return "\n".join(lines).lstrip("\n") + "\n"


def markdown(document):
    blocks = []
    for title, header, rows in tables(document):
        lines = [header, ["---", *["---:"] * (len(header) - 1)], *rows]
        grid = "\n".join("| " + " | ".join(line) + " |" for line in lines)
        blocks.append(f"**{title}**\n\n{grid}")
    blocks += [f"Not measured: {error}" for error in errors(document)]
    blocks.append(f"`{document['command']}` · {facts(document)}")
    return "\n\n".join(blocks) + "\n"


def update(text, table, name):
    """text with what stands between the two markers replaced by table. MarkerError if the
    markers are not there exactly once, in order; name is the file's, for the message."""
    if text.count(BEGIN) != 1 or text.count(END) != 1 or text.index(BEGIN) > text.index(END):
        raise MarkerError(f"{name} needs {BEGIN} and, after it, {END}, once each")
    before, rest = text.split(BEGIN)
    after = rest.split(END)[1]
    return f"{before}{BEGIN}\n{table.strip()}\n{END}{after}"
