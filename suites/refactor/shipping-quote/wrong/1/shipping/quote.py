"""What it costs to send a parcel."""

ZONES = {"de": 0, "at": 1, "ch": 1, "fr": 1, "us": 2, "jp": 2}
BASE_CENTS = (490, 990, 2490)
DAYS = (2, 4, 9)
_STEP_CENTS = (30, 110, 420)  # for each kilogram begun beyond the first two
_HOME, _NEAR, _OVERSEAS = range(3)


def quote(parcel, country, express=False, insured_cents=0, member=False):
    """``{"cents": …, "days": …, "notes": […]}`` for a parcel ``{"grams": …, "size": (a, b, c) in mm}``.

    Raises ``ValueError`` for what cannot be sent.
    """
    if country not in ZONES:
        raise ValueError(f"no delivery to {country}")
    zone, grams = ZONES[country], parcel["grams"]
    bulky = _is_bulky(parcel, zone, express)
    cents, days = _carriage(zone, grams, bulky), DAYS[zone]
    notes = ["bulky goods"] if bulky else []
    if express:
        cents, days = _express(zone, grams, cents, days)
        notes.append("express")
    premium, note = _insurance(zone, insured_cents, member)
    cents = _for_members(zone, cents, express) + premium if member else cents + premium
    notes += [note] * bool(note) + ["customs form"] * (zone == _OVERSEAS)
    return {"cents": cents, "days": days, "notes": notes}


def _is_bulky(parcel, zone, express):
    grams = parcel["grams"]
    length, width, height = sorted(parcel["size"], reverse=True)
    if grams <= 0:
        raise ValueError("weight missing")
    if grams > 31500:
        raise ValueError("too heavy")
    bulky = length > 1200 or length + 2 * width + 2 * height > 3000
    if bulky and not _may_be_bulky(zone, grams, express):
        raise ValueError("too large")
    return bulky


def _may_be_bulky(zone, grams, express):
    return zone == _HOME and grams <= 20000 and not express


def _carriage(zone, grams, bulky):
    steps = max(0, (grams - 2001) // 1000 + 1)
    return BASE_CENTS[zone] + steps * _STEP_CENTS[zone] + 2000 * bulky


def _express(zone, grams, cents, days):
    if zone == _OVERSEAS and grams > 10000:
        raise ValueError("no express for heavy parcels overseas")
    return (cents * 2, 1) if zone == _HOME else (cents * 2 + 500, days // 2)


def _insurance(zone, insured_cents, member):
    if not insured_cents:
        return 0, ""
    if insured_cents > 250000:
        raise ValueError("insured for too much")
    if insured_cents > 50000 or zone == _OVERSEAS:
        return (insured_cents + 99) // 100, "insured"
    return (0, "insured for members") if member else (150, "insured")


def _for_members(zone, cents, express):
    if express or zone == _NEAR:
        return cents * 95 // 100
    return cents * 90 // 100 if zone == _HOME else cents
