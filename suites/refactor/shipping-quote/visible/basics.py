from shipping.quote import quote

emit(quote({"grams": 900, "size": (300, 200, 100)}, "de"))
emit(quote({"grams": 4500, "size": (300, 200, 100)}, "us", insured_cents=1000, member=True))
try:
    emit(quote({"grams": 40000, "size": (300, 200, 100)}, "fr"))
except ValueError as error:
    emit(str(error))
