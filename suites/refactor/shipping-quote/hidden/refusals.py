from shipping.quote import quote


def refused(grams, size, *args, **options):
    try:
        return quote({"grams": grams, "size": size}, *args, **options)["cents"]
    except (ValueError, KeyError) as error:
        return str(error)


emit(refused(0, (1, 1, 1), "xx"))
emit(refused(0, (9999, 1, 1), "de"))
emit(refused(-5, (1, 1, 1), "de"))
emit(refused(31501, (9999, 1, 1), "de"))
emit([refused(31500, (1, 1, 1), "de"), refused(20000, (1300, 1, 1), "de"), refused(20001, (1300, 1, 1), "de")])
emit([refused(1, (1000, 500, 500), "de"), refused(1, (1000, 501, 500), "at"), refused(1, (1000, 501, 500), "de", express=True)])
emit([refused(10000, (1, 1, 1), "us", True), refused(10001, (1, 1, 1), "us", True)])
emit([refused(1, (1, 1, 1), "de", insured_cents=250000), refused(1, (1, 1, 1), "de", insured_cents=250001)])
emit(refused(10001, (1, 1, 1), "jp", True, 250001))
