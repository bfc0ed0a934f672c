"""The record of a real call."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Annotated

from harness.fieldtypes import Between
from harness.records import Count, Dollars, Name


@dataclass(frozen=True, slots=True)
class Observation:
    """One real call made through the router or the gateway, in the shape its users keep by hand."""

    timestamp: Name
    model: Name
    role: Name
    task_category: Name
    task_difficulty: Name
    score: Annotated[float, Between(0, 10)] | None
    latency_ms: Count
    token_count: Count | None
    cost_usd: Dollars | None
    success: bool
    error: Name | None = None  # kind of the failure; ``invalid`` where the answer was refused
    request_id: Name | None = None  # of the gateway, for all calls of one request
    rule: Name | None = None  # that chose the model
    attempt: Count | None = None  # of the request, from 1 on
    ttft_ms: Count | None = None  # to the first token
    prompt_tokens: Count | None = None
    completion_tokens: Count | None = None
    streamed: bool | None = None
    cancelled: bool | None = None  # the client hung up: this says nothing about the model

    @property
    def moment(self) -> datetime:
        """The time in UTC, which is meant where no zone is named. Raises ``ValueError``."""
        moment = datetime.fromisoformat(self.timestamp)
        try:
            return moment.replace(tzinfo=UTC) if moment.tzinfo is None else moment.astimezone(UTC)
        except OverflowError:  # the first or the last hours that there are
            raise ValueError(f"{self.timestamp} is no time in UTC") from None

    @property
    def value(self) -> float | None:
        """How good the answer was, 0..1, where it was judged; one that was refused is worth nothing."""
        return None if self.score is None else self.score / 10 if self.success else 0.0
