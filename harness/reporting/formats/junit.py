"""A comparison as JUnit XML: a case for each model and suite, failed where it regressed significantly."""

from __future__ import annotations

from collections.abc import Sequence
from xml.etree.ElementTree import Element, SubElement, indent, tostring

from harness.analysis.compare import Comparison
from harness.reporting.sections.comparison import regression, task_changes
from harness.reporting.text import block, plain


def junit(comparisons: Sequence[Comparison]) -> str:
    """The XML; tasks that changed are in ``system-out``."""
    regressed = str(sum(c.regressed for c in comparisons))
    root = Element("testsuites", tests=str(len(comparisons)), failures=regressed)
    suite = SubElement(
        root, "testsuite", name="harness compare", tests=str(len(comparisons)), failures=regressed
    )
    for c in comparisons:
        case = SubElement(suite, "testcase", classname=plain(c.suite), name=plain(c.model))
        if c.regressed:
            SubElement(case, "failure", message=regression(c))
        if lines := [f"{what}: {task}" for what, task in task_changes(c)]:
            SubElement(case, "system-out").text = block("\n".join(lines))
    indent(root)
    return '<?xml version="1.0" encoding="UTF-8"?>\n' + tostring(root, encoding="unicode") + "\n"
