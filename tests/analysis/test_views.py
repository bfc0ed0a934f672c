"""Views that are made alone: whatever they read is made, too."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from harness.analysis import views
from harness.analysis.views import PUBLIC, install
from tests.rows import answers, database

_CREATED = re.compile(r"CREATE (?:OR REPLACE )?(?:TABLE|VIEW|TYPE) internal\.(\w+)")


@pytest.mark.parametrize("view", PUBLIC)
def test_every_step_that_a_view_reads_is_made_with_it(view: str) -> None:
    made = [views._path(name).read_text("utf-8") for name in views._with_those_read([view])]
    created = {name for sql in made for name in _CREATED.findall(sql)}
    used = {name for sql in made for name in re.findall(r"internal\.(\w+)", sql)}
    assert used - created == set()


def test_a_view_alone_holds_what_it_holds_among_all(tmp_path: Path) -> None:
    rows = [*answers("a", "11-x0"), *answers("b", "0110"), *answers("b", "1"), *answers("c", "x")]
    some = ("roster", "samples", "gaps")
    with database(tmp_path, rows) as con:
        alone = {}
        for view in some:
            install(con, wanted=[view])
            alone[view] = con.execute(f"FROM {view} ORDER BY ALL").fetchall()
        tables = {name for (name,) in con.execute("SELECT table_name FROM duckdb_tables()").fetchall()}
        assert "samples" in tables
        assert "coverage" not in tables
        install(con)
        assert alone == {view: con.execute(f"FROM {view} ORDER BY ALL").fetchall() for view in some}
    assert all(alone.values())
