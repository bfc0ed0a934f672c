"""What vehicles cost, in cents."""


def tax(vehicle, today=2026):
    """Tax of a year. Raises ``ValueError`` for a kind that there is none of."""
    if vehicle.kind == "bike":
        return 0
    elif vehicle.kind == "van":
        if vehicle.electric and today - vehicle.year < 10:
            return 0
        return int(vehicle.tonnes * 6000)
    elif vehicle.kind == "truck":
        if vehicle.tonnes > 3.5:
            amount = int(vehicle.tonnes * 9500)
        else:
            amount = int(vehicle.tonnes * 7000)
        if vehicle.electric and today - vehicle.year < 10:
            return amount // 2
        return amount
    elif vehicle.kind == "trailer":
        return min(int(vehicle.tonnes * 3700), 37300)
    raise ValueError(f"no such kind: {vehicle.kind}")


def insurance(vehicle, drivers):
    """Insurance of a year, by the ages of the drivers. Raises ``ValueError`` for a kind that there is none of."""
    young = len([age for age in drivers if age < 25])
    if vehicle.kind == "bike":
        return 2500
    if vehicle.kind == "van":
        return 48000 + young * 12000
    if vehicle.kind == "truck":
        base = 90000 if vehicle.tonnes <= 7.5 else 150000
        return base + young * 30000
    if vehicle.kind == "trailer":
        return 9000
    raise ValueError(f"no such kind: {vehicle.kind}")


def journey(vehicle, km, load=0.0):
    """What a journey costs: energy, and the road for what is heavy. Raises ``ValueError`` if the load is too much."""
    check_load(vehicle, load)
    if vehicle.kind == "bike":
        return 0
    if vehicle.kind == "van":
        per_km = 7 if vehicle.electric else 13
        return int(km * per_km * (1 + load / 10))
    if vehicle.kind == "truck":
        per_km = 21 if vehicle.electric else 38
        cents = km * per_km * (1 + load / 20)
        if vehicle.tonnes > 7.5:
            cents += km * 19
        return int(cents)
    if vehicle.kind == "trailer":
        return int(km * 4 * (1 + load / 5))
    raise ValueError(f"no such kind: {vehicle.kind}")


def check_load(vehicle, load):
    """Raise ``ValueError`` if a vehicle cannot take so many tonnes."""
    if vehicle.kind == "bike":
        if load > 0.15:
            raise ValueError(f"{load} t are too much for a bike")
    elif vehicle.kind == "van" or vehicle.kind == "truck":
        if load > vehicle.tonnes * 0.4:
            raise ValueError(f"{load} t are too much for a {vehicle.kind} of {vehicle.tonnes} t")
    elif vehicle.kind == "trailer":
        if load > vehicle.tonnes * 0.8:
            raise ValueError(f"{load} t are too much for a trailer of {vehicle.tonnes} t")


def inspection(vehicle, today=2026):
    """The year of the next inspection, or ``None`` if there is none to come."""
    if vehicle.kind == "bike":
        return None
    age = today - vehicle.year
    if vehicle.kind == "van":
        if age < 3:
            return vehicle.year + 3
        return today + (vehicle.year + 3 - today) % 2
    if vehicle.kind == "truck" or (vehicle.kind == "trailer" and vehicle.tonnes > 3.5):
        return today + 1 if age > 0 else vehicle.year + 1
    if vehicle.kind == "trailer":
        return today + (vehicle.year + 2 - today) % 2
    return None
