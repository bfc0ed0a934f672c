"""How many processors control groups of both versions allow."""

from __future__ import annotations

from pathlib import Path

import pytest

from harness import processors
from harness.processors import quota, usable_cores, usable_processors


def write(root: Path, files: dict[str, str]) -> Path:
    for name, text in files.items():
        (root / name).parent.mkdir(parents=True, exist_ok=True)
        (root / name).write_text(text)
    return root


@pytest.mark.parametrize(
    ("ours", "files", "expected"),
    [
        ("0::/a/b\n", {"a/b/cpu.max": "max 100000\n", "a/cpu.max": "150000 100000\n"}, 1.5),
        ("0::/a\n", {"a/cpu.max": "200000 100000\n", "cpu.max": "800000 100000\n"}, 2.0),
        ("0::/docker/1\n", {"cpu.max": "50000 100000\n"}, 0.5),
        (
            "5:memory:/m\n1:cpu,cpuacct:/x\n0::/\n",
            {"cpu,cpuacct/x/cpu.cfs_quota_us": "300000\n", "cpu,cpuacct/x/cpu.cfs_period_us": "100000\n"},
            3.0,
        ),
        ("1:cpu:/\n", {"cpu/cpu.cfs_quota_us": "-1\n", "cpu/cpu.cfs_period_us": "100000\n"}, None),
        ("3:cpuset:/\n", {"cpuset/cpu.cfs_quota_us": "1000\n", "cpuset/cpu.cfs_period_us": "1000\n"}, None),
        ("0::/\n", {"cpu.max": "what\n"}, None),
        ("", {}, None),
    ],
)
def test_the_smallest_limit_of_all_groups_counts(
    tmp_path: Path, ours: str, files: dict[str, str], expected: float | None
) -> None:
    (tmp_path / "self").write_text(ours)
    assert quota(write(tmp_path / "cgroup", files), tmp_path / "self") == expected


def test_without_control_groups_there_is_no_limit(tmp_path: Path) -> None:
    assert quota(tmp_path, tmp_path / "none") is None


@pytest.mark.parametrize(("limit", "most"), [(0.3, 1), (1.0, 1), (1.9, 1), (1e4, 10_000), (None, 10_000)])
def test_there_are_no_more_than_are_paid_for(
    monkeypatch: pytest.MonkeyPatch, limit: float | None, most: int
) -> None:
    monkeypatch.setattr(processors, "quota", lambda: limit)
    assert 1 <= usable_cores() <= usable_processors() <= most
