"""Visits ``(date, page, visitor, seconds)`` of a web site, summed up."""


def by_day(visits, least=1):
    """``[(day, visits, visitors, average seconds)]`` of days with at least so many visits, sorted."""
    counts = {}
    visitors = {}
    seconds = {}
    for date, page, visitor, spent in visits:
        if visitor.startswith("bot") or spent < 0:
            continue
        key = date.isoformat()
        counts[key] = counts.get(key, 0) + 1
        visitors.setdefault(key, set()).add(visitor)
        seconds[key] = seconds.get(key, 0) + spent
    rows = []
    for key in sorted(counts):
        if counts[key] < least:
            continue
        average = round(seconds[key] / counts[key], 1)
        rows.append((key, counts[key], len(visitors[key]), average))
    return rows


def by_week(visits, least=1):
    """``[(week, visits, visitors, average seconds)]`` of weeks ``2026-W05`` with at least so many visits, sorted."""
    counts = {}
    visitors = {}
    seconds = {}
    for date, page, visitor, spent in visits:
        if visitor.startswith("bot") or spent < 0:
            continue
        year, week, _ = date.isocalendar()
        key = f"{year}-W{week:02}"
        counts[key] = counts.get(key, 0) + 1
        visitors.setdefault(key, set()).add(visitor)
        seconds[key] = seconds.get(key, 0) + spent
    rows = []
    for key in sorted(counts):
        if counts[key] < least:
            continue
        average = round(seconds[key] / counts[key], 1)
        rows.append((key, counts[key], len(visitors[key]), average))
    return rows


def by_page(visits, least=1):
    """``[(page, visits, visitors, average seconds)]`` of pages with at least so many visits, the most visited first.

    Pages are taken without what stands behind ``?``, and without a ``/`` at the end.
    """
    counts = {}
    visitors = {}
    seconds = {}
    for date, page, visitor, spent in visits:
        if visitor.startswith("bot") or spent < 0:
            continue
        key = page.partition("?")[0].rstrip("/") or "/"
        counts[key] = counts.get(key, 0) + 1
        visitors.setdefault(key, set()).add(visitor)
        seconds[key] = seconds.get(key, 0) + spent
    rows = []
    for key in sorted(counts, key=lambda page: (-counts[page], page)):
        if counts[key] < least:
            continue
        average = round(seconds[key] / counts[key], 1)
        rows.append((key, counts[key], len(visitors[key]), average))
    return rows
