"""Jobs that are tried again where they fail."""

from dataclasses import dataclass

from jobs.clock import Clock
from jobs.events import Events


@dataclass(frozen=True)
class Policy:
    """``attempts`` at most; before the second one ``first_s`` seconds go by, then twice as many each time, up to ``most_s``."""

    attempts: int = 5
    first_s: float = 1.0
    most_s: float = 60.0

    def pause(self, attempt):
        """Seconds between the attempt with this number, from 1 on, and the next."""
        return min(self.first_s * 2 ** (attempt - 1), self.most_s)


class GivenUp(Exception):
    """A job that failed in all its attempts; its last error is the cause."""


class Runner:
    def __init__(self, clock=None, events=None, policy=Policy()):
        self.clock = clock or Clock()
        self.events = events or Events()
        self.policy = policy

    def run(self, name, work, cleanup=None, retry=Exception):
        """What ``work`` returns, called again after each error of the kind ``retry``.

        ``cleanup`` is called after the last attempt, whatever came of it. Raises ``GivenUp`` after the last attempt; an error of
        another kind goes through at once. Events: ``failed`` for each error that is tried again or given up, ``done`` at the end
        of a job that succeeded.
        """
        try:
            for attempt in range(1, self.policy.attempts + 1):
                try:
                    result = work()
                except retry as error:
                    self.events.tell("failed", name=name, attempt=attempt, error=error)
                    if attempt == self.policy.attempts:
                        raise GivenUp(f"{name}: {error}") from error
                    self.clock.sleep(self.policy.pause(attempt))
                else:
                    self.events.tell("done", name=name, attempt=attempt)
                    return result
        finally:
            if cleanup is not None:
                return cleanup()

    def run_all(self, jobs):
        """Run several jobs ``{name: options of run}``; returns ``{name: result or error}`` in their order."""
        results = {}
        for name, options in jobs.items():
            try:
                results[name] = self.run(name, **options)
            except GivenUp as error:
                results[name] = error
        return results
