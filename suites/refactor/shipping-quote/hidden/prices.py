from shipping.quote import quote

SMALL = {"grams": 2000, "size": (100, 200, 300)}
LONG = {"grams": 9001, "size": (50, 1201, 50)}


def cents(parcel, *args, **options):
    quoted = quote(parcel, *args, **options)
    return [quoted["cents"], quoted["days"], *quoted["notes"]]


emit([cents(SMALL, country) for country in ("de", "at", "jp")])
emit([cents({**SMALL, "grams": grams}, "ch")[0] for grams in (1, 2000, 2001, 3000, 3001, 31500)])
emit(cents(LONG, "de"))
emit(cents(LONG, "de", member=True))
emit([cents(SMALL, country, True) for country in ("de", "fr", "us")])
emit([cents(SMALL, "de", insured_cents=insured, member=member) for insured in (1, 50000, 50001) for member in (False, True)])
emit([cents(SMALL, "us", insured_cents=insured, member=member) for insured in (1, 50001) for member in (False, True)])
emit([cents(SMALL, country, True, 100, True) for country in ("de", "at", "us")])
emit(quote(SMALL, "de", False, 0, False))
