from pool import Exhausted, Pool


class Connection:
    broken = False


def fails(error, call, *arguments):
    try:
        call(*arguments)
    except error:
        return True
    return False


def test_the_last_given_back_comes_first():
    pool = Pool(Connection, 2)
    a, b = pool.borrow(), pool.borrow()
    assert fails(Exhausted, pool.borrow)
    pool.give_back(a)
    pool.give_back(b)
    assert pool.borrow() is b
    assert fails(ValueError, pool.give_back, a)


def test_a_broken_one_is_replaced():
    pool = Pool(Connection, 1)
    a = pool.borrow()
    a.broken = True
    pool.give_back(a)
    assert pool.borrow() is not a


def test_a_failing_make_frees_its_place():
    makes = iter([OSError, Connection])

    def make():
        kind = next(makes)
        if kind is OSError:
            raise OSError
        return kind()

    pool = Pool(make, 1)
    assert fails(OSError, pool.borrow)
    assert isinstance(pool.borrow(), Connection)


def test_failing_work_gives_back():
    pool = Pool(Connection, 1)
    assert fails(ZeroDivisionError, pool.using, lambda connection: 1 // 0)
    assert isinstance(pool.using(lambda connection: connection), Connection)
