"""A log of events in memory: ``write``, ``read``, ``summary`` and ``reset``."""

from collections import Counter


class Log:
    """Events, of which the oldest are dropped where there is no room."""

    def __init__(self):
        self.reset()

    def reset(self):
        self._events, self._counts, self._muted = [], Counter(), frozenset()
        self._limit, self._dropped, self._next_id = 100, 0, 1

    def configure(self, limit=None, muted=None):
        if limit is not None:
            if limit < 1:
                raise ValueError("the limit must be 1 or more")
            self._limit = limit
            self._drop()
        if muted is not None:
            self._muted = frozenset(muted)

    def write(self, kind, text, **data):
        if kind in self._muted:
            return 0
        event = {"id": self._next_id, "kind": kind, "text": text, **data}
        self._next_id += 1
        self._events.append(event)
        self._counts[kind] += 1
        self._drop()
        return event["id"]

    def read(self, matches, newest, most):
        events = reversed(self._events) if newest else self._events
        return [dict(event) for event in events if matches(event)][:most]

    def summary(self):
        kinds = sorted(self._counts.items(), key=lambda pair: (-pair[1], pair[0]))
        return {"kept": len(self._events), "dropped": self._dropped, "kinds": dict(kinds)}

    def _drop(self):
        over = max(0, len(self._events) - self._limit)
        del self._events[:over]
        self._dropped += over


_log = Log()


def configure(limit=None, muted=None):
    """Keep so many events at most, and none of these kinds. What is not named stays as it is."""
    _log.configure(limit, muted)


def write(kind, text, **data):
    """Add an event and return its number; 0 if its kind is muted. The oldest is dropped where there is no room."""
    return _log.write(kind, text, **data)


def read(kind=None, after=0, word="", newest=False, most=None, **data):
    """Copies of the events with a number above ``after``: of one kind, with a word in their text, with these data."""

    def matches(event):
        return (
            event["id"] > after
            and kind in (None, event["kind"])
            and word.lower() in event["text"].lower()
            and all(key in event and event[key] == value for key, value in data.items())
        )

    return _log.read(matches, newest, most)


def summary(log=_log):
    """``{"kept", "dropped", "kinds"}``: kinds with how many events were written of them, the most frequent first."""
    return log.summary()


def reset():
    """Forget everything, the configuration too. Numbers begin at 1 again."""
    _log.reset()
