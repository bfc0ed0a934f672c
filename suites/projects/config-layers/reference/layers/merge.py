"""Several layers as one."""

import copy


def merge(layers):
    """One dictionary of all layers, the weakest first."""
    merged = {}
    for layer in layers:
        _lay_over(merged, layer.values)
    return merged


def explain(layers, key):
    """The name of the layer that decided a dotted key."""
    parts = key.split(".")
    decided = None
    before = _MISSING
    merged = {}
    for layer in layers:
        _lay_over(merged, layer.values)
        now = _find(merged, parts)
        if now is not _MISSING and (before is _MISSING or now != before or _names(layer.values, parts)):
            decided = layer.name
        before = copy.deepcopy(now) if now is not _MISSING else _MISSING
    if before is _MISSING:
        raise KeyError(key)
    return decided


_MISSING = object()


def _find(settings, parts):
    for part in parts:
        if not isinstance(settings, dict) or part not in settings:
            return _MISSING
        settings = settings[part]
    return settings


def _names(values, parts):
    """Whether a layer sets the key itself, adds to it or changes something below it."""
    for part in parts[:-1]:
        values = values.get(part) if isinstance(values, dict) else None
    return isinstance(values, dict) and (parts[-1] in values or parts[-1] + "+" in values)


def _lay_over(below, above):
    for key, value in above.items():
        if value is None:
            below.pop(key.removesuffix("+"), None)
        elif key.endswith("+"):
            name = key.removesuffix("+")
            before = below.get(name)
            below[name] = [*(before if isinstance(before, list) else ()), *copy.deepcopy(value)]
        elif isinstance(value, dict):
            if not isinstance(below.get(key), dict):
                below[key] = {}
            _lay_over(below[key], value)
        else:
            below[key] = copy.deepcopy(value)
