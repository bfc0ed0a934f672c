"""The results of a quiz evening."""

from collections import namedtuple

JOKER = "*"
_Team = namedtuple("_Team", "name points joker missed")


def results(text, rounds, best=None):
    """Lines of a table, made of lines ``team: points points …``, one number for each round.

    A number with ``*`` behind it is the round in which the team played its joker: it counts twice. ``-`` is a round that the team
    missed. With ``best`` only so many of a team's rounds count, the highest ones. Raises ``ValueError`` for what is wrong.
    """
    totals = {team: _total(team.points, best) for team in _teams(text, rounds)}
    order = sorted(totals, key=lambda team: (-totals[team], team.missed, team.name))
    keys = [totals[team] for team in order]
    width = max((len(team.name) for team in order), default=0)
    return [
        f"{keys.index(key) + 1:>2}. {team.name.ljust(width)} {totals[team]:>3}{_notes(team)}"
        for team, key in zip(order, keys)
    ]


def _teams(text, rounds):
    teams = {}
    for number, line in enumerate(text.splitlines(), 1):
        line = line.strip()
        if line and not line.startswith("#"):
            try:
                team = _team(line, rounds, teams)
            except ValueError as error:
                raise ValueError(f"line {number}: {error}") from None
            teams[team.name] = team
    return list(teams.values())


def _team(line, rounds, others):
    name, colon, rest = line.partition(":")
    name, words = name.strip(), rest.split()
    if not colon or not name:
        raise ValueError("no team")
    if name in others:
        raise ValueError(f"{name} is there twice")
    points, jokers = [], []
    for word in words:
        _add(word, name, points, jokers)
    if len(points) != rounds:
        raise ValueError(f"{name} has {len(points)} rounds of {rounds}")
    return _Team(name, tuple(points), jokers[0] if jokers else None, words.count("-"))


def _add(word, name, points, jokers):
    """Add the points of one round, and its number where the joker was played in it."""
    doubled = word.endswith(JOKER)
    if doubled and jokers:
        raise ValueError(f"{name} has two jokers")
    if doubled:
        jokers.append(len(points) + 1)
    points.append(_points(word.removesuffix(JOKER)) * (2 if doubled else 1))


def _points(word):
    if word == "-":
        return 0
    if not word.isdigit():
        raise ValueError(f"{word!r} is no number")
    if int(word) > 10:
        raise ValueError("a round has 10 points")
    return int(word)


def _total(points, best):
    counted = sorted(points, reverse=True)
    return sum(counted if best is None else counted[:best])


def _notes(team):
    notes = [f"joker in round {team.joker}"] if team.joker else []
    notes += [f"missed {team.missed}"] if team.missed else []
    return f"  ({', '.join(notes)})" if notes else ""
