from __future__ import annotations

from harness.reporting.charts.labels import place

FRAME = (0.0, 0.0, 200.0, 100.0)


def boxes(points: list[tuple[float, float]], widths: list[float]) -> list[tuple[float, float, float, float]]:
    offsets = place(points, widths, 10, FRAME, [], [])
    placed = zip(points, widths, offsets, strict=True)
    edges = [(x + dx, x + dx + (w if dx > 0 else -w), y + dy) for (x, y), w, (dx, dy) in placed]
    return [(min(a, b), y - 5, max(a, b), y + 5) for a, b, y in edges]


def test_names_near_an_edge_go_inwards() -> None:
    ((left, bottom, right, top),) = boxes([(195, 97)], [50])
    assert left >= 0
    assert right <= 200
    assert bottom >= 0
    assert top <= 100


def test_names_of_close_points_do_not_cover_each_other() -> None:
    placed = boxes([(50, 50), (55, 52), (60, 50), (52, 46)], [60, 60, 60, 60])
    for i, a in enumerate(placed):
        for b in placed[i + 1 :]:
            assert a[2] <= b[0] or b[2] <= a[0] or a[3] <= b[1] or b[3] <= a[1]
