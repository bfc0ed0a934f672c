from slots import first_fit, free, merged


def test_examples():
    assert merged([(1, 2), (2, 3)]) == [(1, 3)]
    assert free([(12, 13)], 10, 20) == [(10, 12), (13, 20)]
    assert first_fit([(1, 2)], 0, 9, 3) == 2
