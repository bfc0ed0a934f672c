"""A comparison as JUnit XML: well formed, whatever others call their models, suites and tasks."""

from __future__ import annotations

from xml.etree.ElementTree import fromstring

from hypothesis import example, given, settings
from hypothesis import strategies as st

from harness.analysis.compare import Comparison, TaskChange
from harness.reporting.formats.junit import junit
from harness.reporting.text import plain


@given(st.text())
@example("\ufffe\uffff")
@example("]]>\x00\x1b[31m<a b='&amp;'>\r\n\t\u2028")
@settings(max_examples=60, deadline=None)
def test_any_name_is_well_formed(name: str) -> None:
    change = TaskChange(name, 1.0, 0.0)
    comparison = Comparison(name, name, "pass", 40, 1.0, 0.0, (change,), (), 0.001, 0.1)
    root = fromstring(junit([comparison]))
    (case,) = root.iter("testcase")
    assert (case.get("name"), case.get("classname")) == (plain(name), plain(name))
    assert (root.get("failures"), case.find("failure") is None) == ("1", False)
