"""Numbers as people read them. Unknown is ``—``, never 0."""

from __future__ import annotations

import math
import re

from harness.analysis.board import Standing
from harness.analysis.statistics import wilson
from harness.words import counted

_ZEROS = re.compile(r"(\.\d\d\d*[1-9])0+(?!\d)|(\.[1-9])0(?= s)|\.0(?= s)")

UNKNOWN = "—"
CROSSED = "✗"


def percent(value: float | None) -> str:
    """A fraction as whole percent; only a true 0 or 1 reads ``0 %`` or ``100 %``."""
    if value is None:
        return UNKNOWN
    whole_percent = round(100 * value)
    if whole_percent == 100 and value < 1:
        return ">99 %"
    if whole_percent == 0 and value > 0:
        return "<1 %"
    return f"{whole_percent} %"


def below(value: float, limit: float) -> str:
    """A fraction below ``limit``, with a digit more where it would be rounded up to it."""
    return f"{100 * value:.1f} %" if percent(value) == percent(limit) else percent(value)


def percent_range(low: float, high: float) -> str:
    """``74–97 %``, with a digit more near the ends."""

    def end(value: float) -> str:
        value = 100 * abs(value)
        near_end = 0.05 <= value < 0.95 or 99.05 <= value < 99.95
        return f"{value:.1f}" if near_end else f"{value:.0f}"

    return f"{end(low)}–{end(high)} %"


def passed_of(passed: int, count: int) -> str:
    """A count with its share and the 95 % interval of that: ``19 of 22 (86 %, 67–95 %)``."""
    if not count:
        return "none"
    return f"{passed:,} of {count:,} ({percent(passed / count)}, {percent_range(*wilson(passed, count))})"


def interval(standing: Standing) -> str:
    """The 95 % interval of the quality: ``74–97 %``."""
    if standing.low is None or standing.high is None:
        return UNKNOWN
    return percent_range(standing.low, standing.high)


def quality(standing: Standing) -> str:
    """The quality, ``✗`` where the pair was crossed out."""
    return CROSSED if standing.crossed_out else percent(standing.quality)


def out_of(tasks: int, suites: int = 0) -> str:
    """What a quality is of: ``of 12 tasks``, or ``on average over 3 suites``."""
    return f"on average over {counted(suites, 'suite')}" if suites > 1 else f"of {counted(tasks, 'task')}"


def seconds(value: float | None) -> str:
    """``8 ms``, ``0.42 s``, ``3.1 s``, ``75 s``."""
    if value is None:
        return UNKNOWN
    if value < 1e-5:
        return "<0.01 ms" if value else "0 s"
    if value < 0.0995:
        return f"{1000 * value:.2g} ms" if value < 0.00995 else f"{1000 * value:.0f} ms"
    return f"{value:.2f} s" if value < 0.995 else f"{value:.1f} s" if value < 9.95 else f"{value:,.0f} s"


def duration(value: float) -> str:
    """The time of a whole run: ``8 ms``, ``42 s``, ``12 min``, ``3.4 h``."""
    if value < 100:
        return seconds(value)
    return f"{value / 60:.0f} min" if value < 6000 else f"{value / 3600:,.1f} h"


def dollars(value: float | None) -> str:
    """Two digits that say something: ``$12``, ``$0.42``, ``$0.0000031``, and no smaller."""
    if value is None:
        return UNKNOWN
    if value == 0:
        return "$0"
    if value < 1e-6:
        return "<$0.000001"
    if value >= 10:
        return f"${value:,.0f}"
    digits = max(2, 1 - int(f"{value:.1e}".partition("e")[2]))
    return f"${value:.{digits}f}"


def signed(value: float, digits: int = 1) -> str:
    """A difference with its sign: ``+4.2``, ``−12``, ``0``."""
    return f"{value:+.{digits}f}".replace("-", "−") if round(value, digits) else "0"


def rate(value: float | None) -> str:
    """Tokens a second."""
    if value is None:
        return UNKNOWN
    return f"{value:.1f}" if value < 9.95 else f"{value:,.0f}"


def whole(value: int | None) -> str:
    """A count."""
    return UNKNOWN if value is None else f"{value:,}"


def points(value: float) -> str:
    """A difference of shares: ``5 points``, ``1 point``, ``0.4 points``."""
    size = abs(100 * value)
    number = f"{size:.0f}" if size >= 0.95 else f"{size:.1f}" if size >= 0.05 else "<0.1"
    return f"{number} {'point' if number == '1' else 'points'}"


def gap(value: float | None) -> str:
    """The same for a column of points."""
    return UNKNOWN if value is None else f"{100 * value:.1f}" if value < 0.0995 else f"{100 * value:.0f}"


def rough(value: int) -> str:
    """A count whose last digits tell nothing: ``523,168``, ``104 million``."""
    if value < 1_000_000:
        return f"{value:,}"
    return f"{value / 1e6:.1f} million" if value < 9_950_000 else f"{value / 1e6:,.0f} million"


def exact(text: str) -> str:
    """A number that is round without the zeros that say how well it is known: ``$0.000002``, ``2 s``."""
    return _ZEROS.sub(lambda match: match[1] or match[2] or "", text)


def times(ratio: float, more: str, less: str) -> str | None:
    """``2.5× faster`` for ratios above 1, ``2× slower`` below; ``None`` when hardly different."""
    size = ratio if ratio >= 1 else 1 / ratio
    if not math.isfinite(size) or size < 1.15:
        return None
    number = f"{size:.1f}" if size < 2.95 else f"{size:,.0f}"
    return f"{number.removesuffix('.0')}× {more if ratio >= 1 else less}"


def compared(other: Standing, pick: Standing) -> str:
    """``other`` as seen from ``pick``: ``5 points worse, 10× cheaper``."""
    parts: list[str | None] = []
    if other.quality is not None and pick.quality is not None:
        difference = other.quality - pick.quality
        even = abs(difference) < 0.0005
        parts.append("as good" if even else f"{points(difference)} {'better' if difference > 0 else 'worse'}")
    parts.append(_ratio(pick.spent_usd, other.spent_usd, "cheaper", "more expensive"))
    parts.append(_ratio(pick.spent_s, other.spent_s, "faster", "slower"))
    return ", ".join(filter(None, parts))


def _ratio(mine: float | None, theirs: float | None, more: str, less: str) -> str | None:
    """Cost or time, as a factor, where both are known and neither is nothing."""
    return times(mine / theirs, more, less) if mine and theirs else None
