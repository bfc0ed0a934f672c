"""What each server takes of a device, as a picture: weights, keys and values, and work space."""

from __future__ import annotations

from collections.abc import Callable

from harness.planning.agents import AgentPlan, RunningServer
from harness.planning.memory import size
from harness.reporting.charts.canvas import FAINT, INK, Canvas, breadth
from harness.reporting.charts.style import PALETTE
from harness.reporting.text import plain

_PARTS = (("weights", PALETTE[0]), ("keys and values", PALETTE[1]), ("work space", PALETTE[2]))
_WIDTH, _LINE, _TOP, _FOOT, _LONGEST = 620, 20, 46, 30, 34


def memory_chart(plan: AgentPlan) -> Canvas:
    """Servers that stay fill the device one after the other; those in turns begin where these end."""
    names = [_name(running) for running in plan.servers]
    left = 12 + max((breadth(name) for name in names), default=0)
    canvas = Canvas(_WIDTH, _TOP + _FOOT + _LINE * len(plan.servers))
    right, base, top = _WIDTH - 66, _FOOT, canvas.height - _TOP
    most = max(plan.device, plan.taken) or 1.0

    def at(bytes_: float) -> float:
        return left + (right - left) * bytes_ / most

    _legend(canvas, left, turns=any(running.in_turns for running in plan.servers))
    for value, label, dashed in ((plan.usable, "usable", True), (plan.device, "device", False)):
        canvas.line([(at(value), base), (at(value), top + 6)], INK, 1, dashed=dashed)
        canvas.text(at(value) - 3 if dashed else at(value) + 3, top + 12, f"{label} {size(value)}",
                    "right" if dashed else "left", size=7)  # fmt: skip
    canvas.line([(left, top), (left, base), (right, base)], FAINT, 0.8)
    begin = 0.0
    ordered = sorted(plan.servers, key=lambda running: running.in_turns)
    for line, running in enumerate(ordered):
        y = top - _LINE * (line + 0.5)
        canvas.text(left - 6, y, _name(running), "right")
        end = _bar(canvas, running, begin, y, at)
        canvas.text(_WIDTH - 6, y, size(running.footprint.total), "right", size=8)
        begin = begin if running.in_turns else end
    for step in _ticks(most):
        canvas.text(at(step), base - 4, f"{step / 1e9:g} GB", "center", True, 8)
    return canvas


def _bar(
    canvas: Canvas, running: RunningServer, begin: float, y: float, at: Callable[[float], float]
) -> float:
    """One server; pale where it takes turns. Returns where it ends."""
    taken = running.footprint
    parts = (taken.weights, taken.kv, taken.compute + taken.other)
    for (_, color), part in zip(_PARTS, parts, strict=True):
        canvas.area((at(begin), y - 6, at(begin + part), y + 6), color, 0.45 if running.in_turns else 0.9)
        begin += part
    return begin


def _legend(canvas: Canvas, left: float, *, turns: bool) -> None:
    x = left
    for name, color in (*_PARTS, *([("pale: in turns", FAINT)] if turns else [])):
        canvas.area((x, canvas.height - 14, x + 9, canvas.height - 6), color, 0.45 if color == FAINT else 0.9)
        canvas.text(x + 13, canvas.height - 10, name, size=8)
        x += 30 + breadth(name, 8)


def _name(running: RunningServer) -> str:
    name = plain(running.server.name)
    count = f"{running.instances} × " if running.instances > 1 else ""
    return count + (name if len(name) <= _LONGEST else f"{name[: _LONGEST - 1]}…")


def _ticks(most: float) -> list[float]:
    """Round amounts, at most eight."""
    step = next((s * 10**e for e in range(5, 16) for s in (1, 2, 5) if most / (s * 10**e) <= 8), most)
    return [step * i for i in range(int(most / step) + 1)]


def description(plan: AgentPlan) -> str:
    """The picture in words."""
    parts = [f"{_name(running)} {size(running.footprint.total)}" for running in plan.servers]
    return f"Memory of {size(plan.device)}: {'; '.join(parts)}."
