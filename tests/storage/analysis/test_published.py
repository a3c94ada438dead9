"""What was published is remembered, the last edition of a period only."""

from datetime import timedelta

from storage.analysis import published
from storage.analysis.published import Published
from tests.storage.conftest import NOW

MEAN = Published("impact:kamnik-slovenscina:after:primary:mean", "2026-W46", 12, 3.5)
SMALL = Published("impact:kamnik-slovenscina:after:primary:change", "2026-W46", 4, None)


def test_figures_are_read_by_name_the_oldest_period_first(connection):
    later = Published(MEAN.figure, "2026-W47", 13, 3.25)
    published.store(connection, [later, SMALL, MEAN], NOW)
    assert published.read(connection, [MEAN.figure, SMALL.figure]) == [SMALL, MEAN, later]
    assert published.read(connection, [SMALL.figure]) == [SMALL]
    assert published.read(connection, []) == []


def test_a_figure_of_the_same_name_and_period_is_replaced(connection):
    published.store(connection, [MEAN, SMALL], NOW)
    again = Published(MEAN.figure, MEAN.period, 14, 3.75)
    published.store(connection, [again], NOW + timedelta(days=1))
    assert published.read(connection, [MEAN.figure, SMALL.figure]) == [SMALL, again]


def test_where_nothing_is_published_nothing_is_remembered(connection):
    published.store(connection, [], NOW)
    assert published.read(connection, [MEAN.figure]) == []
