"""Visits ``(date, page, visitor, seconds)`` of a web site, summed up."""


def by_day(visits, least=1):
    """``[(day, visits, visitors, average seconds)]`` of days with at least so many visits, sorted."""
    return sorted(_rows(visits, least, lambda date, page: date.isoformat()))


def by_week(visits, least=1):
    """``[(week, visits, visitors, average seconds)]`` of weeks ``2026-W05`` with at least so many visits, sorted."""
    return sorted(_rows(visits, least, lambda date, page: "{}-W{:02}".format(*date.isocalendar()[:2])))


def by_page(visits, least=1):
    """``[(page, visits, visitors, average seconds)]`` of pages with at least so many visits, the most visited first.

    Pages are taken without what stands behind ``?``, and without a ``/`` at the end.
    """
    rows = _rows(visits, least, lambda date, page: page.partition("?")[0].rstrip("/") or "/")
    return sorted(rows, key=lambda row: (-row[1], row[0]))


def _rows(visits, least, key_of):
    """A row for each key with at least so many visits, in no order. Bots and broken times are left out."""
    groups = {}
    for date, page, visitor, spent in visits:
        if not visitor.startswith("bot") and spent >= 0:
            groups.setdefault(key_of(date, page), []).append((visitor, spent))
    return [_row(key, group) for key, group in groups.items() if len(group) >= least]


def _row(key, group):
    visitors = {visitor for visitor, _ in group}
    return key, len(group), len(visitors), round(sum(spent for _, spent in group) / len(group), 1)
