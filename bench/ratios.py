"""From rounds to one line: medians, percentiles, and the ratio of two servers' measurements.

A ratio is formed within a round, where both servers met the same machine; the median of these
stands, with the smallest and the largest as the error bar. Pure functions, no I/O.
"""

import math
from statistics import median


def percentile(sorted_values, percent):
    """The smallest value that at least `percent` per cent of all do not exceed."""
    if not sorted_values:
        raise ValueError("no values")
    rank = math.ceil(len(sorted_values) * percent / 100)
    return sorted_values[min(max(rank, 1), len(sorted_values)) - 1]


def medians(rounds):
    """The median of every measurement over the rounds (a list of equal dicts)."""
    return {name: median(one[name] for one in rounds) for name in rounds[0]}


def ratios(ours, other):
    """Per measurement: median, min and max of ours / other, round by round."""
    spread = {}
    for name in ours[0]:
        each = [a[name] / b[name] for a, b in zip(ours, other, strict=True) if b[name]]
        if each:
            spread[name] = {"median": median(each), "min": min(each), "max": max(each)}
    return spread


def result(case, contestant, ours, other, error=None):
    """All that is reported of one case for one configuration of ours, ready for JSON.

    ours and other are the measurements round by round; with an error they do not count."""
    target = case.target_for(contestant.threads)
    told = {
        "case": case.name,
        "kind": case.kind,
        "title": case.title,
        "subject": contestant.label,
        "metric": case.metric,
        "target": target,
    }
    if error is not None:
        return {**told, "met": None if target is None else False, "error": error}
    spread = ratios(ours, other)
    return {
        **told,
        "met": None if target is None else spread[case.metric]["median"] <= target,
        "ratio": spread,
        "ours": medians(ours),
        "other": medians(other),
        "rounds": [{"ours": a, "other": b} for a, b in zip(ours, other, strict=True)],
    }


def missed(results):
    """The results with a target that they exceed, or that could not be measured."""
    return [one for one in results if one["met"] is False]
