"""Nested values by paths."""

import re

_NUMBER = re.compile(r"0|[1-9][0-9]*")


class PathError(Exception):
    """A path that is none, or leads nowhere."""


def get(value, path):
    """What is at a path."""
    for part in _parts(path):
        _, value = _step(value, part)
    return value


def put(value, path, new):
    """A value with something else at a path."""
    return _put(value, _parts(path), new)


def drop(value, path):
    """A value without what is at a path."""
    parts = _parts(path)
    if not parts:
        raise PathError("the whole cannot be dropped")
    *before, last = parts
    owner = value
    for part in before:
        _, owner = _step(owner, part)
    at, _ = _step(owner, last)
    copied = owner.copy()
    del copied[at]
    return _put(value, before, copied)


def paths(value):
    """The paths of all values within a value."""
    if not isinstance(value, (dict, list)) or not value:
        return [""]
    items = value.items() if isinstance(value, dict) else enumerate(value)
    return [f"/{_written(str(key))}{path}" for key, inner in items for path in paths(inner)]


def _parts(path):
    if path == "":
        return []
    if not path.startswith("/"):
        raise PathError(f"{path!r} does not begin with /")
    if re.search(r"~(?![01])", path):
        raise PathError(f"{path!r} has a ~ without 0 or 1")
    return [_plain(part) for part in path[1:].split("/")]


def _plain(part):
    return part.replace("~1", "/").replace("~0", "~")


def _written(key):
    return key.replace("~", "~0").replace("/", "~1")


def _step(value, part):
    """The key or index of a part, and what is there."""
    if isinstance(value, dict) and part in value:
        return part, value[part]
    if isinstance(value, list) and _NUMBER.fullmatch(part) and int(part) < len(value):
        return int(part), value[int(part)]
    raise PathError(f"there is nothing at {part!r}")


def _put(value, parts, new):
    return new if not parts else _put_below(value, parts[0], parts[1:], new)


def _put_below(value, part, rest, new):
    if not isinstance(value, (dict, list)):
        raise PathError("there is no dict or list to put it in")
    copied = value.copy()
    if isinstance(value, list) and not rest and part in ("-", str(len(value))):
        copied.append(new)
        return copied
    at = part if isinstance(value, dict) else _step(value, part)[0]
    if rest:
        copied[at] = _put(_step(value, part)[1], rest, new)
    else:
        copied[at] = new
    return copied
