"""Finding bugs: which are fixed, and how much else was changed for it.

A bug is a hidden group of checks that fails by it alone, and a fix: an edit of the project as it is given.
Nothing of an answer is merged with the fixes of other bugs: where an answer rewrites a file, that would make
a program that nobody wrote. Instead the check of a suite proves that the groups tell the bugs apart, with the
fix of one alone and with all but one; an answer's groups then say which bugs it fixed.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

from harness.graders.changes import Change
from harness.graders.edits import apply, parse
from harness.records import Verdict
from harness.trees import Tree


@dataclass(frozen=True)
class Debugging:
    """The fix of each bug, written as answers write edits, by the hidden group that fails by it."""

    fixes: Mapping[str, str]

    def assess(self, verdict: Verdict, change: Change) -> Verdict:
        """The verdict with ``recall``, ``precision`` and ``f1`` in its metrics; what passes stays.

        The score is F1, so that it tells apart answers that pass; 0 where what worked works no more.

        Recall is the share of bugs that are fixed. Precision is the share of changed lines that were needed:
        those of the reference fixes of the bugs that are fixed, wherever the answer has put its own, and one
        more for every block of several lines, which may be written a little longer.
        """
        groups = verdict.metrics.get("groups_begin", {})
        fixed = [bug for bug in self.fixes if groups.get(bug)]
        needed = sum(
            size + (size > 1)
            for bug in fixed
            for size in replace(change, after=fixed_tree(change.before, self.fixes[bug])).blocks()
        )
        changed = sum(change.blocks())
        recall = len(fixed) / len(self.fixes)
        precision = min(1.0, needed / changed) if changed else 0.0
        f1 = 2 * precision * recall / (precision + recall) if fixed else 0.0
        measured = {"bugs": len(self.fixes), "bugs_fixed": len(fixed), "changed_lines": changed,
                    "recall": recall, "precision": precision, "f1": f1}  # fmt: skip
        kept = all(verdict.metrics.get("groups_keep", {}).values())
        return replace(verdict, score=f1 * kept, metrics={**verdict.metrics, **measured})


def fixed_tree(before: Tree, fix: str) -> Tree:
    """The tree with the edits of ``fix``. Raises ``EditError``."""
    return apply(before, parse(fix, before))
