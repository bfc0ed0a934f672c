"""How each chart is drawn. Models keep their colour and marker in all of them."""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING, Any

from harness.analysis.board import Board, Spread, Standing
from harness.analysis.scoreboard import Scoreboard
from harness.reporting.labels import place
from harness.reporting.numbers import CROSSED, dollars, quality, seconds
from harness.reporting.text import plain

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

# Mid-tones with at least 3:1 against white and against near-black; each has its own marker as well.
PALETTE = ("#2f81c7", "#d9730d", "#2b9a66", "#9062d6", "#d6455d", "#0f95a3", "#a0851a", "#c2559d")
_MARKERS = "oDs^vPXp"
_ACCENT = PALETTE[0]
INK = "#6b7480"  # readable on white and on near-black alike
FAINT = "#8a929c"
WIDTH = 5.0  # inches
_ROWS = 16  # models in a chart with a line for each; beyond, nobody can tell them apart


@dataclass(frozen=True, slots=True)
class Axis:
    """What quality is weighed against."""

    name: str
    group: str
    label: str
    value: Callable[[Standing], float | None]
    show: Callable[[float | None], str]


def _per_thousand(standing: Standing) -> float | None:
    return None if standing.cost_per_task is None else 1000 * standing.cost_per_task


AXES = (
    Axis("cost", "Quality against cost", "USD per 1,000 tasks (log)", _per_thousand, dollars),
    Axis(
        "time", "Quality against time", "median seconds an answer (log)", lambda s: s.latency_p50_s, seconds
    ),
)


@dataclass(frozen=True, slots=True)
class Look:
    """Colours, markers and short names of the models, in the order given."""

    models: tuple[str, ...]

    def color(self, model: str) -> str:
        """The model's colour; with more models than colours they come round again."""
        return PALETTE[self.models.index(model) % len(PALETTE)] if model in self.models else FAINT

    def marker(self, model: str) -> str:
        """The model's marker, which differs where colours come round again."""
        index = self.models.index(model) if model in self.models else 0
        return _MARKERS[(index + index // len(PALETTE)) % len(_MARKERS)]

    def name(self, model: str) -> str:
        """The last part of the name where that says enough, in at most 26 characters."""
        last = model.rpartition("/")[2]
        alone = sum(other.rpartition("/")[2] == last for other in self.models) <= 1
        name = plain(last if alone and last else model)
        return name if len(name) <= 26 else f"{name[:25]}…"


def trade_off(table: Board, axis: Axis, look: Look) -> Figure:
    """Quality with its interval against cost or time, and the front that no other model beats in both."""
    figure, ax = _canvas(3.6)
    drawn = [(axis.value(s), s) for s in table.ranked]
    known = sorted(((x, s) for x, s in drawn if x), key=lambda point: point[0])
    front = _front(known)
    if len(front) > 1:
        xs, ys = [x for x, _ in front], [s.quality or 0 for _, s in front]
        ax.step(xs, ys, where="post", color=INK, lw=1, ls=(0, (4, 3)), zorder=1)
    for x, s in known:
        color = look.color(s.model)
        ax.vlines(x, s.low or 0, s.high or 0, color=color, lw=1.6, alpha=0.6)
        ax.plot([x], [s.quality or 0], look.marker(s.model), color=color, ms=7)
    ax.set_xscale("log")
    decades = math.log10(known[-1][0] / known[0][0])
    ax.set_xlim(known[0][0] / 10 ** max(0.3, 0.12 * decades), known[-1][0] * 10 ** max(0.4, 0.15 * decades))
    low, high = min(s.low or 0 for _, s in known), max(s.high or 0 for _, s in known)
    ax.set_ylim(max(-0.03, low - 0.08), min(1.05, high + 0.08))
    _percent_axis(ax.yaxis)
    _value_axis(ax, axis.show)
    ax.set_xlabel(axis.label)
    ax.set_ylabel("tasks passed")
    ax.grid(True)
    named = known if len(known) <= _ROWS else front
    _name_points(figure, ax, named, front, look)
    return figure


Point = tuple[float, Standing]  # where on the axis, and who


def _front(points: Sequence[Point]) -> list[Point]:
    """The points that nothing to their left reaches; ``points`` go from cheap to dear."""
    best: list[Point] = []
    for x, standing in points:
        if not best or (standing.quality or 0) > (best[-1][1].quality or 0):
            best.append((x, standing))
    return best


def _name_points(
    figure: Figure, ax: Axes, known: Sequence[Point], front: Sequence[Point], look: Look
) -> None:  # fmt: skip
    """Write the names of models beside their points."""
    figure.draw_without_rendering()  # settles the layout, so that places can be reckoned
    unit = figure.dpi / 72  # pixels a point; below everything is in points

    def at(x: float, y: float) -> tuple[float, float]:
        px, py = ax.transData.transform((x, y))
        return float(px) / unit, float(py) / unit

    intervals, lines = [], []
    for x, s in known:
        (left, bottom), (_, top) = at(x, s.low or 0), at(x, s.high or 0)
        intervals.append((left - 3, bottom, left + 3, top))
    for (x, s), (next_x, following) in pairwise(front):
        (left, level), (right, above) = at(x, s.quality or 0), at(next_x, following.quality or 0)
        lines += [(left, level, right, level + 1), (right, level, right + 1, above)]
    names = [look.name(s.model) for _, s in known]
    points = [at(x, s.quality or 0) for x, s in known]
    frame = ax.get_window_extent()
    inside = (frame.x0 / unit, frame.y0 / unit, frame.x1 / unit, frame.y1 / unit)
    offsets = place(points, [5.6 * len(name) for name in names], 11, inside, intervals, lines)
    for (x, s), name, (dx, dy) in zip(known, names, offsets, strict=True):
        side = "left" if dx > 0 else "right"
        ax.annotate(name, (x, s.quality or 0), (dx, dy), textcoords="offset points", ha=side, va="center")


def shown(table: Board) -> list[Standing]:
    """The models that a chart has room for, best first."""
    return [s for s in table.standings if not s.baseline][:_ROWS]


def bars(table: Board, look: Look) -> Figure:
    """The quality of every model as a bar with its interval; baselines are lines across."""
    models = shown(table)
    figure, ax = _canvas(0.95 + 0.34 * len(models))
    for y, s in enumerate(models):
        if s.quality is None:
            ax.text(0.01, y, CROSSED if s.crossed_out else "not measured", va="center")
            continue
        faint = 0.85 if s.rank is not None else 0.35
        ax.barh(y, s.quality, height=0.62, color=look.color(s.model), alpha=faint)
        ax.hlines(y, s.low or 0, s.high or 0, color=INK, lw=1.8)
        ax.text(1.02, y, f"{quality(s)}", va="center", transform=ax.get_yaxis_transform())
    lines: dict[int, list[str]] = {}  # baselines by percent: nop and random often fall together
    for s in table.baselines:
        if s.quality is not None:
            ax.axvline(s.quality, color=INK, lw=1, ls=(0, (1, 2)), clip_on=False)
            lines.setdefault(round(20 * s.quality) * 5, []).append(s.model)
    for at, names in lines.items():
        side = "left" if at < 10 else "center"
        ax.annotate(
            ", ".join(names), (at / 100, 1), (0, 3), xycoords=("data", "axes fraction"),
            textcoords="offset points", ha=side, fontsize=8,
        )  # fmt: skip
    ax.set_yticks(range(len(models)), [look.name(s.model) for s in models])
    ax.set_ylim(len(models) - 0.45, -0.55)
    ax.set_xlim(0, 1)
    ax.tick_params(axis="y", length=0)
    _percent_axis(ax.xaxis)
    ax.grid(True, axis="x")
    return figure


def heat_map(board: Scoreboard, look: Look) -> Figure:
    """Quality of the best models in every suite; ✗ where the pair was crossed out, – where it is unknown."""
    suites, models = board.by("suite"), [c.model for c in board.contestants if not c.baseline]
    models.sort(key=lambda m: board.ranked_models.index(m) if m in board.ranked_models else len(models))
    models = models[: 2 * _ROWS]
    figure, ax = _canvas(0.9 + 0.36 * len(models), width=max(WIDTH, 1.9 + 0.85 * len(suites)))
    for row, model in enumerate(models):
        for column, table in enumerate(suites):
            s = table.of(model)
            if s and s.quality is not None:
                ax.add_patch(_tile(column, row, 0.06 + 0.42 * s.quality))
            text = quality(s) if s else "–"
            own = f"\nN {s.n:,}" if s and s.rank is None and s.n else ""
            ax.text(column, row, text + own, ha="center", va="center", fontsize=7.5 if own else 9)
    ax.set_xlim(-0.5, len(suites) - 0.5)
    ax.set_ylim(len(models) - 0.5, -0.5)
    ax.set_xticks(range(len(suites)), [f"{plain(t.name)}\nN {t.common:,}" for t in suites])
    ax.set_yticks(range(len(models)), [look.name(m) for m in models])
    ax.xaxis.tick_top()
    ax.tick_params(length=0)
    ax.spines[:].set_visible(False)
    return figure


def _tile(column: int, row: int, alpha: float) -> Any:
    from matplotlib.patches import Rectangle

    return Rectangle((column - 0.47, row - 0.45), 0.94, 0.9, color=_ACCENT, alpha=alpha, lw=0)


def latency(spreads: Sequence[Spread], look: Look) -> Figure:
    """Half of the answers lie in the box, four fifths between the whiskers; few answers are drawn singly."""
    order = sorted(spreads, key=lambda s: look.models.index(s.model) if s.model in look.models else 99)
    figure, ax = _canvas(0.95 + 0.34 * len(order))
    for y, spread in enumerate(order):
        color = look.color(spread.model)
        if spread.quantiles:
            p10, p25, p50, p75, p90 = spread.quantiles
            ax.hlines(y, p10, p90, color=color, lw=1.4)
            ax.barh(y, p75 - p25, left=p25, height=0.5, color=color, alpha=0.55)
            ax.vlines(p50, y - 0.25, y + 0.25, color=INK, lw=1.8)
        elif spread.points:
            ax.plot(spread.points, [y] * len(spread.points), "o", color=color, ms=4, alpha=0.6, mew=0)
    ax.set_xscale("log")
    _value_axis(ax, seconds)
    ax.set_yticks(range(len(order)), [look.name(s.model) for s in order])
    ax.set_ylim(len(order) - 0.45, -0.55)
    ax.tick_params(axis="y", length=0)
    ax.grid(True, axis="x")
    return figure


def _canvas(height: float, width: float = WIDTH) -> tuple[Figure, Axes]:
    from matplotlib.figure import Figure

    figure = Figure(figsize=(width, height), layout="constrained")
    return figure, figure.subplots()


def _percent_axis(axis: Any) -> None:
    axis.set_major_formatter(lambda value, _: f"{100 * value:.0f} %" if -1e-9 <= value <= 1 + 1e-9 else "")


def _value_axis(ax: Axes, show: Callable[[float | None], str]) -> None:
    """Few round values on a log axis, written as elsewhere in the report."""
    from matplotlib.ticker import LogLocator, NullFormatter, NullLocator

    low, high = ax.get_xlim()
    subs = (1.0, 2.0, 5.0) if high / low < 60 else (1.0, 3.0) if high / low < 600 else (1.0,)
    ax.xaxis.set_major_locator(LogLocator(subs=subs))
    ax.xaxis.set_minor_locator(NullLocator())
    ax.xaxis.set_minor_formatter(NullFormatter())
    ax.xaxis.set_major_formatter(lambda value, _: show(value))
