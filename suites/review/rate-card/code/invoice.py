from collections import Counter

from tariffs import cheapest


def lines(parcels, tariffs):
    result = []
    for parcel_id, grams in parcels:
        tariff = cheapest(tariffs, grams)
        result.append((parcel_id, tariff.name, tariff.cents(grams)))
    return result


def total(invoice_lines, discounts):
    sums = Counter()
    for _, name, cents in invoice_lines:
        sums[name] += cents
    due = 0
    for name, cents in sums.items():
        percent = discounts.get(name, 0)
        due += cents * (100 - percent) // 100
    return due


def busiest(invoice_lines):
    counts = Counter(name for _, name, _ in invoice_lines)
    return min(counts, default=None, key=lambda name: (-counts[name], name))
