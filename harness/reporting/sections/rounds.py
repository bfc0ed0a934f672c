"""What runs in rounds saved, whom they let go, and what they left undecided: sentences from manifests."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from typing import Any

from harness.reporting.numbers import percent, whole
from harness.reporting.section import Bullets, Report, Section
from harness.words import counted

_WHERE = {"halving": "the better half went on", "race": "who was shown to be worse was let go"}


def section(report: Report) -> Section | None:
    """Nothing where no run was in rounds."""
    sentences = rounds(report.manifests)
    blocks = (Bullets(tuple(sentences)),)
    return Section("rounds", "What the rounds saved", blocks) if sentences else None


def rounds(manifests: Sequence[Mapping[str, Any]]) -> list[str]:
    """For each run with ``--format halving`` or ``race`` what it saved, then some words on its suites."""
    sentences: list[str] = []
    for manifest in manifests:
        played = manifest.get("rounds")
        if not played:
            continue
        sentences.append(
            f"Run {manifest['run_id']} asked in rounds ({played['format']}: {_WHERE[played['format']]})."
            f" It saved {whole(played['saved'])} of {counted(played['samples'], 'sample')}: they were not"
            " taken, and count for nobody."
        )
        sentences += _let_go(played["cuts"])
        sentences += [
            f"{one['suite']} is not decided by its rounds; not shown to be worse than {one['leader']}:"
            f" {', '.join(one['rivals'])}."
            for one in played["undecided"]
        ]
    return sentences


def _let_go(cuts: Sequence[Mapping[str, Any]]) -> list[str]:
    """Who left a suite, in the order they left it; a suite that ended early says so."""
    by_suite: dict[str, list[str]] = defaultdict(list)
    for cut in cuts:
        if cut["why"] == "settled":
            text = f"settled after {counted(cut['after'], 'task')}"
        else:
            shown = "shown to be worse" if cut["decided"] else "not shown to be worse"
            rates = f"{percent(cut['quality'])} against {percent(cut['leader_quality'])}"
            text = f"{cut['model']} let go after {counted(cut['after'], 'task')} ({rates}, {shown})"
        by_suite[cut["suite"]].append(text)
    return [f"{suite}: {'; '.join(dict.fromkeys(texts))}." for suite, texts in by_suite.items()]
