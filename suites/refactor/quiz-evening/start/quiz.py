"""The results of a quiz evening."""

JOKER = "*"


def results(text, rounds, best=None):
    """Lines of a table, made of lines ``team: points points …``, one number for each round.

    A number with ``*`` behind it is the round in which the team played its joker: it counts twice. ``-`` is a round that the team
    missed. With ``best`` only so many of a team's rounds count, the highest ones. Raises ``ValueError`` for what is wrong.
    """
    teams = {}
    jokers = {}
    missed = {}
    for number, line in enumerate(text.splitlines(), 1):
        line = line.strip()
        if not line or line.startswith("#"):
            continue
        name, colon, rest = line.partition(":")
        name = name.strip()
        if not colon or not name:
            raise ValueError(f"line {number}: no team")
        if name in teams:
            raise ValueError(f"line {number}: {name} is there twice")
        points = []
        joker = None
        gone = 0
        for word in rest.split():
            if word == "-":
                points.append(0)
                gone += 1
                continue
            doubled = word.endswith(JOKER)
            if doubled:
                if joker is not None:
                    raise ValueError(f"line {number}: {name} has two jokers")
                joker = len(points)
                word = word[:-1]
            if not word.isdigit():
                raise ValueError(f"line {number}: {word!r} is no number")
            value = int(word)
            if value > 10:
                raise ValueError(f"line {number}: a round has 10 points")
            points.append(2 * value if doubled else value)
        if len(points) != rounds:
            raise ValueError(f"line {number}: {name} has {len(points)} rounds of {rounds}")
        teams[name] = points
        jokers[name] = joker
        missed[name] = gone
    totals = {}
    for name, points in teams.items():
        counted = sorted(points, reverse=True)
        if best is not None:
            counted = counted[:best]
        totals[name] = sum(counted)
    order = sorted(teams, key=lambda name: (-totals[name], missed[name], name))
    lines = []
    place = 0
    last = None
    width = max((len(name) for name in teams), default=0)
    for position, name in enumerate(order, 1):
        key = (totals[name], missed[name])
        if key != last:
            place = position
            last = key
        notes = []
        if jokers[name] is not None:
            notes.append(f"joker in round {jokers[name] + 1}")
        if missed[name]:
            notes.append(f"missed {missed[name]}")
        line = f"{place:>2}. {name.ljust(width)} {totals[name]:>3}"
        if notes:
            line += "  (" + ", ".join(notes) + ")"
        lines.append(line)
    return lines
