"""The ratios as a picture: one horizontal bar a case, the other server is the line at 1.00.

A self-contained SVG that follows the reader's light or dark mode. A whisker spans the rounds,
a tick marks the target. No axis is cut off: bars start at zero.
"""

from xml.sax.saxutils import escape

from report import row_title

WIDTH = 880
LABELS = 420
PLOT = 380
ROW = 24
BAR = 14
TOP = 74
BOTTOM = 44

STYLE = """
  text { font: 13px system-ui, sans-serif; fill: #1f2328; }
  .title { font-size: 16px; font-weight: 600; }
  .quiet { fill: #59636e; font-size: 12px; }
  .end { text-anchor: end; }
  .middle { text-anchor: middle; }
  .grid { stroke: #d1d9e0; }
  .one { stroke: #1f2328; stroke-width: 1.5; }
  .bar { fill: #0969da; }
  .over { fill: #bc4c00; }
  .whisker { stroke: #1f2328; stroke-opacity: .55; }
  .target { stroke: #1a7f37; stroke-width: 2.5; }
  @media (prefers-color-scheme: dark) {
    text { fill: #f0f6fc; }
    .quiet { fill: #9198a1; }
    .grid { stroke: #3d444d; }
    .one, .whisker { stroke: #f0f6fc; }
    .bar { fill: #4493f8; }
    .over { fill: #db6d28; }
    .target { stroke: #3fb950; }
  }
"""


def _line(kind, x1, y1, x2, y2):
    return f'<line class="{kind}" x1="{x1:.1f}" y1="{y1:.1f}" x2="{x2:.1f}" y2="{y2:.1f}"/>'


def _text(kind, x, y, text):
    return f'<text class="{kind}" x="{x:.1f}" y="{y:.1f}">{escape(text)}</text>'


def _row(one, name, y, at):
    spread = one["ratio"][one["metric"]]
    value = spread["median"]
    middle = y + ROW / 2
    top = middle - BAR / 2
    label = ("CPU, " if one["metric"] == "cpu_us" else "") + row_title(one, name)
    kind = "bar" if value <= 1 else "bar over"
    parts = [
        f"<g><title>{escape(label)}: {value:.3f} "
        f"({spread['min']:.3f} to {spread['max']:.3f})</title>",
        _text("end", LABELS - 10, middle + 4, label),
        f'<rect class="{kind}" x="{LABELS}" y="{top:.1f}" width="{at(value) - LABELS:.1f}" '
        f'height="{BAR}" rx="2"/>',
        _line("whisker", at(spread["min"]), middle, at(spread["max"]), middle),
    ]
    if one["target"] is not None:
        tick = at(one["target"])
        parts.append(_line("target", tick, top - 3, tick, top + BAR + 3))
    return [*parts, _text("quiet end", WIDTH - 16, middle + 4, f"{value:.2f}"), "</g>"]


def svg(document):
    """The chart of a document, as a string. Cases that failed are left out."""
    good = [one for one in document["results"] if "error" not in one]
    longest = max([1.0, *(one["ratio"][one["metric"]]["max"] for one in good)])
    height = TOP + ROW * len(good) + BOTTOM

    def at(ratio):
        return LABELS + PLOT * ratio / longest

    foot = TOP + ROW * len(good)
    name, other = document["ours"], document["other"]
    step = 0.25 if longest < 2 else 0.5 if longest < 4 else longest / 4
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {height}" '
        f'width="{WIDTH}" height="{height}" role="img" '
        f'aria-label="{escape(name)} relative to {escape(other)}">',
        f"<style>{STYLE}</style>",
        _text("title", 16, 28, f"{name} relative to {other} = 1.00 (less is better)"),
        _text("quiet", 16, 48, "bar: median of the rounds · whisker: smallest to largest · "
                               "green tick: at most"),
    ]
    for i in range(int(longest / step) + 1):
        x = at(i * step)
        parts.append(_line("grid", x, TOP - 6, x, foot))
        parts.append(_text("quiet middle", x, foot + 18, f"{i * step:.2f}"))
    for i, one in enumerate(good):
        parts += _row(one, name, TOP + i * ROW, at)
    parts.append(_line("one", at(1), TOP - 6, at(1), foot))
    parts.append(_text("quiet", 16, height - 8, f"{document['date']}, "
                       f"{document['machine']['cpu']}, {document['machine']['cores']} cores"))
    return "\n".join([*parts, "</svg>"]) + "\n"
