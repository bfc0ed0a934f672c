"""What vehicles cost, in cents."""

from fleet.kinds import kind_of


def tax(vehicle, today=2026):
    """Tax of a year. Raises ``ValueError`` for a kind that there is none of."""
    return kind_of(vehicle).tax(today - vehicle.year < 10)


def insurance(vehicle, drivers):
    """Insurance of a year, by the ages of the drivers. Raises ``ValueError`` for a kind that there is none of."""
    return kind_of(vehicle).insurance(sum(age < 25 for age in drivers))


def journey(vehicle, km, load=0.0):
    """What a journey costs: energy, and the road for what is heavy. Raises ``ValueError`` if the load is too much."""
    check_load(vehicle, load)
    return kind_of(vehicle).journey(km, load)


def check_load(vehicle, load):
    """Raise ``ValueError`` if a vehicle cannot take so many tonnes."""
    kind = kind_of(vehicle)
    if kind.too_much(load):
        raise ValueError(f"{load} t are too much for a {kind.itself()}")


def inspection(vehicle, today=2026):
    """The year of the next inspection, or ``None`` if there is none to come."""
    return kind_of(vehicle).inspection(today)
