"""Busy and free minutes of a day."""


def merged(spans):
    """The busy spans in order, joined where they overlap or touch."""
    joined = []
    for start, end in sorted(spans):
        if start >= end:
            raise ValueError("a span must start before it ends")
        if joined and start <= joined[-1][1]:
            joined[-1] = (joined[-1][0], max(joined[-1][1], end))
        else:
            joined.append((start, end))
    return joined


def free(spans, opens, closes, least=1):
    """The gaps of at least ``least`` minutes between ``opens`` and ``closes``."""
    if opens >= closes or least < 1:
        raise ValueError("nothing can be free in that time")
    gaps = []
    at = opens
    for start, end in merged(spans):
        if min(start, closes) - at >= least:
            gaps.append((at, min(start, closes)))
        at = max(at, end)
    if closes - at >= least:
        gaps.append((at, closes))
    return gaps


def first_fit(spans, opens, closes, minutes):
    """The start of the earliest gap of ``minutes``, or None."""
    gaps = free(spans, opens, closes, minutes)
    return gaps[0][0] if gaps else None
