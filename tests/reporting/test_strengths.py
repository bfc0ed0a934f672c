from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import pytest

from harness.analysis.standings import Standings, load_standings
from harness.reporting.profiles import Profile, profiles
from harness.reporting.sections.models import index_table
from harness.resultrow import ResultRow
from tests.rows import answers, database


def two_parts(model: str, first: str, second: str, **given: str) -> list[ResultRow]:
    """Answers whose first tasks are of the category ``a``, the others of ``b``."""
    rows = answers(model, first + second, **given)
    return [replace(r, category="a" if i < len(first) else "b") for i, r in enumerate(rows)]


@pytest.fixture(scope="module")
def standings(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Standings]:
    """``weak`` is behind a little on ``ants``, a lot on ``bees``, and fails ``cows`` altogether."""
    rows: list[ResultRow] = []
    for suite, strong, weak in (
        ("ants", "1" * 60, "1" * 48 + "0" * 12),
        ("bees", "1" * 60, "1" * 24 + "0" * 36),
        ("cows", "1" * 60, "1" + "0" * 59),
    ):
        shape = {"suite": suite, "task_type": suite, "role": "keeper"}
        rows += answers("strong", strong, **shape) + answers("weak", weak, **shape)
    shape = {"suite": "dogs", "task_type": "dogs", "role": "walker"}
    rows += two_parts("strong", "1" * 36 + "0" * 4, "1" * 36 + "0" * 4, **shape)
    rows += two_parts("weak", "1" * 40, "1" * 32 + "0" * 8, **shape)
    rows += two_parts("luck", "1" * 26 + "0" * 14, "1" * 34 + "0" * 6, **shape)
    rows += two_parts("edge", "1" * 40, "0" * 40, **shape)
    with database(tmp_path_factory.mktemp("results"), rows) as con:
        yield load_standings(con)


def of(standings: Standings, model: str) -> Profile:
    return next(one for one in profiles(standings, ()) if one.model == model)


def test_the_worst_comes_first(standings: Standings) -> None:
    heads = [text.partition(":")[0] for text in of(standings, "weak").weaknesses]
    assert heads == ["cows", "bees", "ants"]
    table = index_table(profiles(standings, ()), standings, {})
    assert {row.cells[0].text: row.cells[-1].text for row in table.rows}["weak"] == "cows, bees, ants"


def test_a_part_stands_out_only_beyond_chance(standings: Standings) -> None:
    """``luck`` differs by 20 points between 40 and 40 tasks, as one in twenty does; ``edge`` by all."""
    assert not [text for text in of(standings, "luck").weaknesses if "where its average" in text]
    said = [*of(standings, "edge").strengths, *of(standings, "edge").weaknesses]
    assert [text for text in said if "where its average" in text] == [
        "dogs.a: 100 % of 40 tasks, where its average in dogs is 50 %",
        "dogs.b: 0 % of 40 tasks, where its average in dogs is 50 %",
    ]


def test_what_to_use_it_for_and_what_never(standings: Standings) -> None:
    assert of(standings, "strong").uses[0] == "Use it for ants, bees, cows, the role keeper."
    assert of(standings, "weak").uses[-2:] == (
        "It stands in for ants, bees, the role keeper.",
        "Do not use it for cows (2 %).",
    )
