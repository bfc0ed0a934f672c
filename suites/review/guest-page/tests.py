from guests import average, page, row, search

ENTRIES = [
    {"name": "Ann <3", "text": "Nice (really)", "stars": 5},
    {"name": "Bo", "text": "a <b>bold</b> & loud place", "stars": 2},
]


def test_nothing_becomes_markup():
    assert row(ENTRIES[0]) == "<li><b>Ann &lt;3</b> Nice (really) <i>*****</i></li>"
    assert "<b>bold" not in row(ENTRIES[1])
    assert "&lt;b&gt;bold&lt;/b&gt; &amp; loud" in page(ENTRIES)


def test_words_are_literal():
    assert search(ENTRIES, "(REALLY)") == ENTRIES[:1]
    assert search(ENTRIES, "n.ce") == []
    assert search(ENTRIES, "O") == ENTRIES[1:]


def test_page_and_average():
    assert page([]) == "<ul>\n</ul>"
    assert page(ENTRIES).index("Bo") < page(ENTRIES).index("Ann")
    assert average(ENTRIES) == 3.5
    assert average([]) == 0.0
