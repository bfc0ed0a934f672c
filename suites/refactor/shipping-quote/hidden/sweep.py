import hashlib

from shipping.quote import quote

digest, refused = hashlib.sha256(), 0
parcel = {"grams": 0, "size": [0, 0, 0]}
for country in ("de", "fr", "us"):
    for grams in (1, 1999, 2000, 2001, 2999, 10000, 10001, 20000, 20001, 31500):
        for size in ([1, 2, 3], [100, 1200, 100], [900, 600, 500], [1201, 1, 1]):
            for express in (False, True):
                for insured in (0, 49999, 50000, 50001, 250001):
                    for member in (False, True):
                        parcel = {"grams": grams, "size": list(size)}
                        try:
                            quoted = quote(parcel, country, express, insured, member)
                            line = f"{quoted['cents']} {quoted['days']} {quoted['notes']}"
                        except ValueError as error:
                            line, refused = str(error), refused + 1
                        digest.update(line.encode())
emit(refused)
emit(digest.hexdigest()[:16])
emit(parcel)
