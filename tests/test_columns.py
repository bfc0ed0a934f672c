"""What is laid out by hand is what Arrow itself makes of the same values, and pandas stays away."""

import subprocess
import sys
from pathlib import Path

import pyarrow as pa
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from harness.columns import column, text_scalar

KINDS = {
    pa.string(): st.text(),
    pa.int64(): st.integers(-(2**63), 2**63 - 1),
    pa.float64(): st.floats(allow_nan=False) | st.integers(-(2**53), 2**53),
    pa.bool_(): st.booleans(),
}


@pytest.mark.parametrize("kind", KINDS, ids=str)
@settings(max_examples=50)
@given(st.data())
def test_an_array_is_that_of_pyarrow(kind: pa.DataType, data: st.DataObject) -> None:
    values = data.draw(st.lists(st.none() | KINDS[kind], max_size=20))
    made = column(values, kind)
    made.validate(full=True)
    assert made.equals(pa.array(values, kind))


def test_a_text_is_that_of_pyarrow() -> None:
    assert text_scalar("ok") == pa.scalar("ok")


RUN_TWICE = """\
import sys
from harness.cli.main import main

for chosen in (["--suite", "writing", "--models", "oracle", "--limit", "2"], ["--resume", "latest"]):
    sys.argv = ["harness", "run", *chosen]
    try:
        main()
    except SystemExit as leaving:
        assert not leaving.code, leaving.code
print("loaded:", *sys.modules)
"""


def test_who_writes_a_part_and_resumes_a_run_imports_no_pandas(tmp_path: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-c", RUN_TWICE], cwd=tmp_path, capture_output=True, text=True, check=True
    )
    assert list(tmp_path.glob("results/*/part-*.parquet"))
    loaded = done.stdout.rpartition("loaded:")[2].split()
    assert "pyarrow" in loaded and "pandas" not in loaded
