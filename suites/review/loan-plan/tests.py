from loan import extra, interest, plan, total_interest


def test_interest_rounds_half_up():
    assert interest(120_000, 100) == 100
    assert interest(600, 100) == 1
    assert interest(599, 100) == 0
    assert interest(0, 100) == 0


def test_plan():
    assert plan(0, 100, 5) == []
    assert plan(100, 0, 40) == [(40, 0, 60), (40, 0, 20), (20, 0, 0)]
    months = plan(120_000, 1200, 50_000)
    assert months[0] == (50_000, 1200, 71_200)
    assert months[-1][2] == 0
    assert sum(paid for paid, _, _ in months) == 120_000 + total_interest(months)
    try:
        plan(120_000, 1200, 1200)
        raise AssertionError
    except ValueError:
        pass


def test_extra():
    months = plan(100, 0, 40)
    assert extra(months, 1, 50, 0, 40) == [(90, 0, 10), (10, 0, 0)]
    assert extra(months, 2, 500, 0, 40) == [(40, 0, 60), (60, 0, 0)]
    assert extra(months, 3, 5, 0, 40) == months
    for month in (0, 4, -1):
        try:
            extra(months, month, 5, 0, 40)
            raise AssertionError
        except IndexError:
            pass
