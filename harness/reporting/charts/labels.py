"""Where names go beside their points, so that they hide as little as possible."""

from __future__ import annotations

from collections.abc import Sequence

Box = tuple[float, float, float, float]  # left, bottom, right, top

_OFFSETS = [(side * 6, up) for up in (8, -8, 18, -18, 28, -28) for side in (1, -1)]


def place(
    points: Sequence[tuple[float, float]], widths: Sequence[float], height: float, frame: Box,
    solid: Sequence[Box], faint: Sequence[Box],
) -> list[tuple[int, int]]:  # fmt: skip
    """For each point an offset at which its name begins, or ends where it goes to the left.

    A name should lie in ``frame``, must not hide ``solid`` boxes or other names, and rather not ``faint``
    ones. All lengths are in the same unit.
    """
    taken, chosen = list(solid), {}
    for index in sorted(range(len(points)), key=lambda i: -points[i][0]):  # little room at the right: first
        (x, y), width = points[index], widths[index]
        boxes = {(dx, dy): _box(x + dx, y + dy, width if dx > 0 else -width, height) for dx, dy in _OFFSETS}
        best = min(
            boxes,
            key=lambda at: (_outside(boxes[at], frame), _hits(boxes[at], taken), _hits(boxes[at], faint)),
        )
        taken.append(boxes[best])
        chosen[index] = best
    return [chosen[index] for index in range(len(points))]


def _box(edge: float, middle: float, width: float, height: float) -> Box:
    return min(edge, edge + width), middle - height / 2, max(edge, edge + width), middle + height / 2


def _outside(box: Box, frame: Box) -> bool:
    return box[0] < frame[0] or box[1] < frame[1] or box[2] > frame[2] or box[3] > frame[3]


def _hits(box: Box, others: Sequence[Box]) -> int:
    return sum(box[0] < o[2] and o[0] < box[2] and box[1] < o[3] and o[1] < box[3] for o in others)
