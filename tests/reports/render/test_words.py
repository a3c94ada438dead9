"""What every format asks of a figure and of a table."""

import pytest

from reports import texts
from reports.render.words import bars, cells_of_words, share
from reports.report import Figure, Table

NUMBER = Figure("a", "A", 3)


@pytest.mark.parametrize(
    ("cells", "words"),
    [
        (["Kamnik", "Brežice"], True),
        (["Kamnik", ""], True),
        (["", ""], False),
        (["vsaj 3 od 20", "skrito"], False),
        ([texts.TOO_FEW, texts.HIDDEN], False),
        ([NUMBER, "Kamnik"], False),
    ],
)
def test_a_column_holds_words_where_no_cell_of_it_counts(cells, words):
    table = Table("", ("Ime", "Vrednost"), tuple((f"vrstica {place}", cell) for place, cell in enumerate(cells)))

    assert cells_of_words(table) == [True, words]


@pytest.mark.parametrize(
    ("cell", "length"),
    [
        (Figure("a", "A", 0.25, 12, "share"), 0.25),
        (Figure("a", "A", 0.25, 12, "share", low=0.1, high=0.4), None),
        (Figure("a", "A", None, 12, "share"), None),
        (NUMBER, None),
        ("25 %", None),
    ],
)
def test_a_bar_is_as_long_as_a_share_without_an_interval(cell, length):
    assert share(cell) == length


def test_bars_stand_behind_shares_alone():
    share_, gone = Figure("a", "A", 0.25, 12, "share"), Figure("b", "B", None, 12, "share")

    assert bars(Table("", ("Ime", "Delež"), (("a", share_), ("b", gone))))
    assert not bars(Table("", ("Ime", "Koliko"), (("a", share_), ("b", NUMBER))))
    assert not bars(Table("", ("Ime", "Delež", "Delež"), (("a", share_, share_),)))
