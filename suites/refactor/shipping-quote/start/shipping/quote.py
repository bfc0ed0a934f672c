"""What it costs to send a parcel."""

ZONES = {"de": 0, "at": 1, "ch": 1, "fr": 1, "us": 2, "jp": 2}
BASE_CENTS = (490, 990, 2490)
DAYS = (2, 4, 9)


def quote(parcel, country, express=False, insured_cents=0, member=False):
    """``{"cents": …, "days": …, "notes": […]}`` for a parcel ``{"grams": …, "size": (a, b, c) in mm}``.

    Raises ``ValueError`` for what cannot be sent.
    """
    notes = []
    if country not in ZONES:
        raise ValueError(f"no delivery to {country}")
    zone = ZONES[country]
    grams = parcel["grams"]
    size = sorted(parcel["size"], reverse=True)
    if grams <= 0:
        raise ValueError("weight missing")
    if grams > 31500:
        raise ValueError("too heavy")
    if size[0] > 1200 or size[0] + 2 * size[1] + 2 * size[2] > 3000:
        if zone == 0 and grams <= 20000 and not express:
            notes.append("bulky goods")
        else:
            raise ValueError("too large")
    cents = BASE_CENTS[zone]
    if grams > 2000:
        steps = (grams - 2001) // 1000 + 1
        if zone == 0:
            cents += steps * 30
        elif zone == 1:
            cents += steps * 110
        else:
            cents += steps * 420
    if "bulky goods" in notes:
        cents += 2000
    days = DAYS[zone]
    if express:
        if zone == 2 and grams > 10000:
            raise ValueError("no express for heavy parcels overseas")
        cents = cents * 2 if zone == 0 else cents * 2 + 500
        days = 1 if zone == 0 else days // 2
        notes.append("express")
    if insured_cents:
        if insured_cents > 250000:
            raise ValueError("insured for too much")
        if insured_cents > 50000 or zone == 2:
            cents += (insured_cents + 99) // 100
            notes.append("insured")
        elif not member:
            cents += 150
            notes.append("insured")
        else:
            notes.append("insured for members")
    if member:
        if zone == 0 and not express:
            cents = cents * 90 // 100
        elif zone == 1 or express:
            cents = cents * 95 // 100
    if zone == 2:
        notes.append("customs form")
    return {"cents": cents, "days": days, "notes": notes}
