"""A guide that was changed by hand, or whose runs changed, is told from one that was not."""

from __future__ import annotations

import pytest

from harness.analysis.drift import Drift, drift, stamped_runs
from harness.errors import ResultsError

GUIDE = """\
# Guide
a passes 90 %
b passes 80 %
<!-- harness report {"runs": ["r1", "r2"], "data": "abc", "harness": "0.1.0"} -->
"""


def test_a_guide_names_its_runs() -> None:
    assert stamped_runs(GUIDE) == ("r1", "r2")
    with pytest.raises(ResultsError, match="does not say from which runs"):
        stamped_runs("# Guide\n")


def test_the_lines_that_differ_are_found() -> None:
    typed = GUIDE.replace("90", "99")
    assert drift(typed, GUIDE) == (Drift(2, ("a passes 99 %",), ("a passes 90 %",)),)
    assert drift("# Guide\n" + GUIDE, GUIDE) == (Drift(1, ("# Guide",), ()),)
    assert [change.line for change in drift(GUIDE.replace("abc", "xyz"), GUIDE)] == [4]


def test_another_version_of_harness_alone_is_no_drift() -> None:
    assert drift(GUIDE.replace("0.1.0", "0.2.0"), GUIDE) == ()
