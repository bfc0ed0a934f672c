"""A log of events in memory: ``write``, ``read``, ``summary`` and ``reset``."""

_events = []
_counts = {}
_muted = set()
_limit = 100
_dropped = 0
_next_id = 1


def configure(limit=None, muted=None):
    """Keep so many events at most, and none of these kinds. What is not named stays as it is."""
    global _limit, _muted, _dropped
    if limit is not None:
        if limit < 1:
            raise ValueError("the limit must be 1 or more")
        _limit = limit
        while len(_events) > _limit:
            del _events[0]
            _dropped += 1
    if muted is not None:
        _muted = set(muted)


def write(kind, text, **data):
    """Add an event and return its number; 0 if its kind is muted. The oldest is dropped where there is no room."""
    global _next_id, _dropped
    if kind in _muted:
        return 0
    event = {"id": _next_id, "kind": kind, "text": text, **data}
    _next_id += 1
    _events.append(event)
    _counts[kind] = _counts.get(kind, 0) + 1
    if len(_events) > _limit:
        del _events[0]
        _dropped += 1
    return event["id"]


def read(kind=None, after=0, word="", newest=False, most=None, **data):
    """Copies of the events with a number above ``after``: of one kind, with a word in their text, with these data."""
    chosen = []
    for event in reversed(_events) if newest else _events:
        if most is not None and len(chosen) == most:
            break
        if event["id"] <= after:
            continue
        if kind is not None and event["kind"] != kind:
            continue
        if word and word.lower() not in event["text"].lower():
            continue
        same = True
        for key, value in data.items():
            if key not in event or event[key] != value:
                same = False
        if same:
            chosen.append(dict(event))
    return chosen


def summary():
    """``{"kept", "dropped", "kinds"}``: kinds with how many events were written of them, the most frequent first."""
    kinds = sorted(_counts.items(), key=lambda pair: (-pair[1], pair[0]))
    return {"kept": len(_events), "dropped": _dropped, "kinds": dict(kinds)}


def reset():
    """Forget everything, the configuration too. Numbers begin at 1 again."""
    global _limit, _dropped, _next_id
    _events.clear()
    _counts.clear()
    _muted.clear()
    _limit = 100
    _dropped = 0
    _next_id = 1
