from pages import PageCache


def cache(most, loaded):
    def load(number):
        loaded.append(number)
        if number > 9:
            raise KeyError(number)
        return [f"page {number}", "end"]

    return PageCache(load, most)


def test_the_one_asked_for_longest_ago_goes():
    loaded = []
    pages = cache(2, loaded)
    for number in (1, 2, 1, 3, 1, 2):
        pages.page(number)
    assert loaded == [1, 2, 3, 2]
    assert (pages.hits, pages.misses) == (2, 4)


def test_as_many_as_may_be_kept():
    loaded = []
    pages = cache(2, loaded)
    for number in (1, 2, 1, 2):
        pages.page(number)
    assert loaded == [1, 2]


def test_lists_are_not_shared():
    pages = cache(2, [])
    pages.page(1).append("x")
    assert pages.page(1) == ["page 1", "end"]
    lines = ["mine"]
    pages.put(2, lines)
    lines.append("x")
    assert pages.page(2) == ["mine"]


def test_find():
    pages = cache(3, [])
    pages.put(3, ["abc"])
    pages.page(2)
    assert pages.find("page") == [2]
    assert pages.find("c", [3, 2]) == [3]


def test_a_missing_page_is_asked_for_again():
    loaded = []
    pages = cache(2, loaded)
    for _ in range(2):
        try:
            pages.page(10)
            raise AssertionError
        except KeyError:
            pass
    assert loaded == [10, 10]
