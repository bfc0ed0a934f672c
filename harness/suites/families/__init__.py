"""Families of tasks: what a ``generator`` draws from. A task file says ``family: NAME`` and its options."""

from __future__ import annotations

FAMILIES = {
    "chart": "harness.suites.families.images.charts:Chart",
    "clock": "harness.suites.families.images.clocks:Clock",
    "counting": "harness.suites.families.images.figures:Counting",
    "crossings": "harness.suites.families.images.figures:Crossings",
    "grid": "harness.suites.families.images.figures:Grid",
    "load": "harness.suites.families.load:Load",
    "log": "harness.suites.families.logs:LogFamily",
    "long_text": "harness.suites.families.longtexts:LongTexts",
    "mathematics": "harness.suites.families.mathematics:Mathematics",
    "parameters": "harness.suites.families.parameters:Parameters",
    "paths": "harness.suites.families.images.paths:Paths",
    "printed_text": "harness.suites.families.images.texts:PrintedText",
    "table_cell": "harness.suites.families.images.texts:TableCell",
}
DEFAULT_FAMILY = "parameters"
