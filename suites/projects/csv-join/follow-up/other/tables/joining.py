"""Two tables as one."""

from tables.reading import Table

HOWS = ("inner", "left", "right", "full", "without", "lonely")


def join(left, right, on, how="inner", fold=False):
    if len(on) == 0:
        raise ValueError("nothing to join on")
    sides = [[name if isinstance(name, str) else name[side] for name in on] for side in (0, 1)]
    for table, names in zip((left, right), sides):
        for name in names:
            if name not in table.columns:
                raise KeyError(name)
    if any(len(names) != len(set(names)) for names in sides):
        raise ValueError("doubled")
    if how not in HOWS:
        raise ValueError(how)
    lefts, rights = (
        [[_compared(row[table.columns.index(name)], fold) for name in names] for row in table.rows]
        for table, names in zip((left, right), sides)
    )
    kept = [at for at, name in enumerate(right.columns) if name not in sides[1]]
    result, taken = [], set()
    for row, key in zip(left.rows, lefts):
        found = [at for at, other in enumerate(rights) if other == key and None not in key]
        taken.update(found)
        if found and how in ("inner", "left", "right", "full"):
            for at in found:
                result.append(list(row) + [right.rows[at][place] for place in kept])
        if not found and how == "without":
            result.append(list(row))
        if not found and how in ("left", "full", "lonely"):
            result.append(list(row) + [None] * len(kept))
    if how == "without":
        return Table(list(left.columns), result)
    if how in ("right", "full", "lonely"):
        for at, row in enumerate(right.rows):
            if at in taken:
                continue
            cells = [None] * len(left.columns)
            for a, b in zip(*sides):
                cells[left.columns.index(a)] = row[right.columns.index(b)]
            result.append(cells + [row[place] for place in kept])
    names = list(left.columns)
    for place in kept:
        name = right.columns[place]
        if name in left.columns:
            name += "_right"
            while name in left.columns or name in right.columns or name in names:
                name += "_right"
        names.append(name)
    return Table(names, result)


def _compared(cell, fold):
    return cell.strip(" ").lower() if fold and cell is not None else cell
