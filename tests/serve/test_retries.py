"""What follows a failure before the first token."""

from __future__ import annotations

import pytest

from harness.records import Failure
from harness.serve.cooldowns import Cooldowns
from harness.serve.retries import AGAIN_S, Decision, decide

SOON = Failure("rate_limit", "", retryable=True, retry_after_s=2.0)
LATER = Failure("rate_limit", "", retryable=True, retry_after_s=60.0)
BROKEN = Failure("server_error", "", retryable=True)
SILENT = Failure("timeout", "", retryable=True)


@pytest.mark.parametrize(
    ("failure", "calls", "first", "alone", "decision"),
    [
        (SOON, 1, True, False, Decision("again", wait_s=2.0)),
        (SOON, 2, True, False, Decision("next", cool_s=30.0)),
        (LATER, 1, True, False, Decision("next", cool_s=60.0)),
        (BROKEN, 1, True, False, Decision("again", wait_s=AGAIN_S)),
        (BROKEN, 2, True, True, Decision("next", cool_s=30.0)),
        (SILENT, 1, True, False, Decision("next", cool_s=30.0)),
        (SILENT, 1, True, True, Decision("again", wait_s=AGAIN_S)),
        (Failure("context_exceeded", ""), 1, True, False, Decision("larger")),
        (Failure("context_exceeded", ""), 1, False, True, Decision("return")),
        (Failure("moderation", ""), 1, True, False, Decision("return")),
        (Failure("moderation", ""), 1, False, False, Decision("return")),
        (Failure("auth", "", fatal=True), 1, True, False, Decision("return")),
        (Failure("bad_request", ""), 1, True, False, Decision("return")),
        (Failure("bad_request", ""), 1, False, False, Decision("next")),
        (Failure("payment", "", fatal=True), 1, True, False, Decision("next", cool_s=30.0)),
        (Failure("not_found", "", fatal=True), 1, True, False, Decision("next", cool_s=30.0)),
    ],
)
def test_the_table(failure: Failure, calls: int, first: bool, alone: bool, decision: Decision) -> None:
    assert decide(failure, calls, first=first, alone=alone, cooldown_s=30.0) == decision


def test_who_cools_already_cools_until_the_later_end() -> None:
    now = 100.0
    cooldowns = Cooldowns(lambda: now)
    cooldowns.cool("m", 10, "server_error")
    cooldowns.cool("m", 5, "rate_limit")
    assert cooldowns.left("m") == 10
    cooldowns.cool("m", 20, "rate_limit")
    cooldowns.cool("n", 3, "timeout")
    assert (cooldowns.left("m"), cooldowns.soonest(["m", "n"])) == (20, 3)
    assert set(cooldowns.active()) == {"m", "n"}
    now = 121.0
    assert cooldowns.left("m") == 0 and not cooldowns.active()
