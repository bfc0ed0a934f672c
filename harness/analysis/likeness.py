"""How alike two models are in verdicts, wrong answers and spelling, and what two pass that one does not."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Literal

from harness.analysis.facts import too_many
from harness.analysis.statistics import mcnemar, wilson

if TYPE_CHECKING:
    import duckdb

_ALIKE = 0.6  # the least kappa of models that stand for each other ("substantial": Landis and Koch 1977)
_QUERY = """
    SELECT agreement.*, both_wrong, same_wrong, text_similarity
    FROM agreement
    LEFT JOIN {likeness} AS likeness
        ON agreement.task_type IS NOT DISTINCT FROM likeness.task_type
        AND agreement.model_a = likeness.model_a AND agreement.model_b = likeness.model_b
    ORDER BY agreement.task_type NULLS FIRST, agreement.model_a, agreement.model_b
"""
_NO_TEXTS = """(
    SELECT NULL::VARCHAR AS task_type, NULL::VARCHAR AS model_a, NULL::VARCHAR AS model_b,
        NULL::BIGINT AS both_wrong, NULL::BIGINT AS same_wrong, NULL::DOUBLE AS text_similarity
)"""


@dataclass(frozen=True, slots=True)
class Likeness:
    """Two models on ``n`` tasks of a type (``None``: of all), by their first answers.

    A model beside itself is its first and its second answers. ``kappa`` is ``None`` where both passed
    everything or nothing. Of some tasks, both failed ``both_wrong`` with answers that can be compared, and
    ``same_wrong`` with the same one; ``text_similarity`` is the mean share of common trigrams of characters.
    All three are ``None`` where nobody looked. Of ``repeated`` tasks that the better model answered twice, it
    failed ``rescued_by_repeat`` first and passed them then.
    """

    task_type: str | None
    model_a: str
    model_b: str
    n: int
    both_pass: int
    only_a: int
    only_b: int
    neither: int
    kappa: float | None
    both_wrong: int | None = None
    same_wrong: int | None = None
    text_similarity: float | None = None
    rescued_by_repeat: int | None = None
    repeated: int | None = None

    @property
    def agree(self) -> float:
        """The share of tasks with the same verdict."""
        return (self.both_pass + self.neither) / self.n

    @property
    def kappa_low(self) -> float:
        """The lower end of kappa's 95 % interval: Wilson's of the agreement, pass rates taken as they are."""
        return self._kappa_at(wilson(self.both_pass + self.neither, self.n)[0], -1.0)

    @property
    def kappa_high(self) -> float:
        """The upper end."""
        return self._kappa_at(wilson(self.both_pass + self.neither, self.n)[1], 1.0)

    def _kappa_at(self, agree: float, unknown: float) -> float:
        a, b = (self.both_pass + self.only_a) / self.n, (self.both_pass + self.only_b) / self.n
        chance = a * b + (1 - a) * (1 - b)
        return unknown if chance == 1 else (agree - chance) / (1 - chance)

    @property
    def either(self) -> float:
        """The share of tasks that at least one passed: the most that choosing between the two can reach."""
        return 1 - self.neither / self.n

    @property
    def either_low(self) -> float:
        """The lower end of its 95 % interval (Wilson)."""
        return wilson(self.n - self.neither, self.n)[0]

    @property
    def either_high(self) -> float:
        """The upper end."""
        return wilson(self.n - self.neither, self.n)[1]

    @property
    def rescued(self) -> int:
        """The tasks that the better model failed and the other one passed."""
        return min(self.only_a, self.only_b)

    @property
    def better(self) -> str:
        """The model that passes more."""
        return self.model_a if self.only_a >= self.only_b else self.model_b

    @property
    def complement(self) -> Literal["more", "noise", "unknown"]:
        """Whether the other model rescues more than a second answer of the better one, by 95 % intervals."""
        if self.rescued_by_repeat is None or self.repeated is None:
            return "unknown"
        return (
            "more"
            if wilson(self.rescued, self.n)[0] > wilson(self.rescued_by_repeat, self.repeated)[1]
            else "noise"
        )

    @property
    def alike(self) -> bool:
        """Whether they may stand for each other: they agree, and neither is shown to be better."""
        return self.kappa_low >= _ALIKE and mcnemar(self.only_a, self.only_b) > 0.05


@dataclass(frozen=True, slots=True)
class Likenesses:
    """All pairs of models, and models beside themselves."""

    pairs: tuple[Likeness, ...]
    own: tuple[Likeness, ...]

    def of_type(self, task_type: str | None) -> list[Likeness]:
        """The pairs on the tasks of one type, or of all: the most alike first."""
        pairs = [pair for pair in self.pairs if pair.task_type == task_type]
        return sorted(pairs, key=lambda pair: (-(pair.kappa or 0.0), pair.model_a, pair.model_b))

    @property
    def task_types(self) -> list[str]:
        """The types on which models can be compared."""
        return sorted({pair.task_type for pair in self.pairs if pair.task_type is not None})


def read_likenesses(con: duckdb.DuckDBPyConnection) -> Likenesses:
    """All pairs of models, after ``install``; of very many samples only the verdicts."""
    rows = con.execute(_QUERY.format(likeness=_NO_TEXTS if too_many(con) else "likeness")).fetchall()
    every = [Likeness(*row) for row in rows]
    own = {(one.task_type, one.model_a): one for one in every if one.model_a == one.model_b}
    pairs = [
        replace(one, rescued_by_repeat=itself.only_b, repeated=itself.n)
        if (itself := own.get((one.task_type, one.better))) else one
        for one in every
        if one.model_a != one.model_b
    ]  # fmt: skip
    return Likenesses(tuple(pairs), tuple(own.values()))
