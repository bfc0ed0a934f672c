"""Families of tasks: what a ``generator`` draws from. A task file says ``family: NAME`` and its options."""

from __future__ import annotations

FAMILIES = {
    "log": "harness.suites.families.logs:LogFamily",
    "parameters": "harness.suites.families.parameters:Parameters",
}
DEFAULT_FAMILY = "parameters"
