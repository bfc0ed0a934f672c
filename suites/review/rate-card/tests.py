from invoice import busiest, lines, total
from tariffs import Tariff, cheapest

MAIL = Tariff("mail", ((500, 300), (2000, 500)), 200)
VAN = Tariff("van", ((10_000, 900),), 50)


def test_tariffs():
    assert [MAIL.cents(grams) for grams in (0, 500, 501, 2000, 2001, 3000, 3001)] == [
        300, 300, 500, 500, 700, 700, 900,
    ]
    assert cheapest([MAIL, VAN], 3001) is MAIL
    assert cheapest([VAN, MAIL], 3001) is VAN
    assert cheapest([MAIL, VAN], 5000) is VAN
    try:
        cheapest([], 1)
        raise AssertionError
    except ValueError:
        pass


def test_lines():
    assert lines([("a", 1), ("b", 9999)], [MAIL, VAN]) == [("a", "mail", 300), ("b", "van", 900)]


def test_total_rounds_down_what_is_paid():
    assert total([("a", "mail", 99), ("b", "van", 100)], {"mail": 10}) == 89 + 100
    assert total([("a", "mail", 50), ("b", "mail", 49)], {"mail": 10}) == 89


def test_busiest():
    assert busiest([("a", "van", 1), ("b", "mail", 1), ("c", "van", 1), ("d", "mail", 1)]) == "mail"
    assert busiest([("a", "van", 1), ("b", "mail", 1), ("c", "van", 1)]) == "van"
    assert busiest([]) is None
