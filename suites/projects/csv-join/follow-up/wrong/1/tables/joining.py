"""Two tables as one."""

from tables.reading import Table

# how: (left rows alone, right rows alone)
KINDS = {
    "inner": (False, False),
    "left": (True, False),
    "right": (False, True),
    "full": (True, True),
    "lonely": (True, True),
}


def join(left, right, on, how="inner", fold=False):
    """The rows of two tables that belong together."""
    if not on:
        raise ValueError("on is empty")
    pairs = [(pair, pair) if isinstance(pair, str) else pair for pair in on]
    left_key = _places(left, [a for a, _ in pairs])
    right_key = _places(right, [b for _, b in pairs])
    for key in (left_key, right_key):
        if len(set(key)) < len(key):
            raise ValueError("a column stands twice in on")
    if how != "without" and how not in KINDS:
        raise ValueError(f"unknown how: {how}")

    partners = {}
    for row in right.rows:
        partners.setdefault(_key(row, right_key, fold), []).append(row)
    if how == "without":
        alone = [list(row) for row in left.rows if not _matches(row, left_key, partners, fold)]
        return Table(list(left.columns), alone)

    left_alone, right_alone = KINDS[how]
    rest = [place for place in range(len(right.columns)) if place not in right_key]
    rows, used = [], set()
    for row in left.rows:
        matches = _matches(row, left_key, partners, fold)
        if how != "lonely":
            rows += [[*row, *_cells(match, rest)] for match in matches]
        if matches:
            used.add(_key(row, left_key, fold))
        elif left_alone:
            rows.append([*row, *[None] * len(rest)])
    if right_alone:
        for row in right.rows:
            if _key(row, right_key, fold) not in used:
                cells = dict(zip(left_key, _cells(row, right_key)))
                rows.append([*(cells.get(place) for place in range(len(left.columns))), *_cells(row, rest)])
    return Table(_columns(left, right, rest), rows)


def _places(table, names):
    for name in names:
        if name not in table.columns:
            raise KeyError(name)
    return [table.columns.index(name) for name in names]


def _cells(row, places):
    return tuple(row[place] for place in places)


def _key(row, places, fold):
    """The cells that are compared."""
    cells = _cells(row, places)
    return tuple((cell or "").strip(" ").lower() for cell in cells) if fold else cells


def _matches(row, key, partners, fold):
    cells = _key(row, key, fold)
    return [] if None in cells else partners.get(cells, [])


def _columns(left, right, rest):
    columns = list(left.columns)
    for place in rest:
        name = right.columns[place]
        if name in left.columns:
            while name in left.columns or name in right.columns or name in columns:
                name += "_right"
        columns.append(name)
    return columns
