def matches(pattern, key):
    return _match(pattern.split("."), key.split("."))


def _match(pattern, parts):
    # reachable[n]: whether the pattern so far stands for the first n parts
    reachable = [True] + [False] * len(parts)
    for token in pattern:
        if token == "**":
            for n in range(1, len(parts) + 1):
                reachable[n] = reachable[n] or reachable[n - 1]
        else:
            # from behind, since each place is made from the one before it
            for n in range(len(parts), 0, -1):
                fits = token == "*" or token == parts[n - 1]
                reachable[n] = reachable[n - 1] and fits
            reachable[0] = False
    return reachable[-1]


def _rank(pattern):
    tokens = pattern.split(".")
    literal = sum(token not in ("*", "**") for token in tokens)
    return (literal, "**" not in tokens)


class Rules:
    def __init__(self, default=None):
        self._default = default
        self._values = {}  # keeps the order in which patterns came

    def set(self, pattern, value):
        self._values[pattern] = value

    def get(self, key):
        fitting = [pattern for pattern in self._values if matches(pattern, key)]
        if not fitting:
            return self._default
        # max() gives the first of equal ones
        return self._values[max(fitting, key=_rank)]
