from points import earned, spend, valid


def test_gold_rounds_down():
    assert [earned(cents, "gold") for cents in (99, 100, 200, 300, 399, 700)] == [0, 1, 3, 4, 4, 10]
    assert earned(350, "basic") == 3


def test_a_year():
    assert valid([(10, 5)], 374) == 5
    assert valid([(10, 5)], 375) == 0
    assert valid([(10, 5)], 9) == 0


def test_the_oldest_first():
    grants = [(20, 5), (10, 5), (99, 1), (10, 2)]
    assert spend(grants, 6, 30) == [(20, 5), (99, 1), (10, 1)]
    assert spend(grants, 0, 380) == [(20, 5), (99, 1)]
    assert grants == [(20, 5), (10, 5), (99, 1), (10, 2)]
