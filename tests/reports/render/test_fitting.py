"""Pages are full: by which size of type and drawings, and where the annex begins."""

import pytest

from reports.render.fitting import FULL, SIZES, Setting, best, fullness

FOOT = 276.0  # millimetres from the top, where the margin begins


def test_a_page_is_as_full_as_its_last_block_reaches_down():
    assert fullness([(1, 30.0), (1, 19 + 257 / 2)]) == [pytest.approx(0.5)]
    assert fullness([(1, 30.0), (1, 200.0), (2, 19.0), (2, FOOT)]) == [pytest.approx((200 - 19) / 257), 1.0]
    assert fullness([]) == []


def test_a_page_within_a_block_is_full():
    assert fullness([(1, 30.0), (3, 19 + 257 / 4)]) == [1.0, 1.0, pytest.approx(0.25)]


def pages(*ends):
    """Places of one block a page."""
    return [place for page, end in enumerate(ends, 1) for place in ((page, 20.0), (page, 19 + 257 * end))]


def test_the_usual_size_stays_where_every_page_is_full_or_there_is_one_alone():
    assert best(lambda _: pages(0.9, 0.7), annex=True) == Setting()
    assert best(lambda _: pages(0.1), annex=False) == Setting()


def test_the_least_change_that_fills_every_page_is_taken():
    def places(setting):
        return pages(0.9, 0.9) if setting.step > 1 else pages(1.0, 1.0, 0.1)

    assert best(places, annex=False) == Setting(*next(one for one in SIZES if one[0] > 1))


def test_the_annex_follows_its_predecessor_where_a_page_of_its_own_would_be_empty():
    assert best(lambda setting: pages(0.9, 0.2) if setting.own else pages(0.9), annex=True) == Setting(own=False)


def test_where_nothing_fills_the_pages_the_emptiest_is_as_full_as_it_can_be():
    def places(setting):
        return pages(1.0, FULL - setting.step / 10)

    assert best(places, annex=False).step == min(step for step, _ in SIZES)


def test_a_short_annex_is_tried_on_a_page_of_its_own_once():
    asked = []

    def places(setting):
        asked.append(setting)
        return pages(0.9, 0.2) if setting.own else pages(0.9, 0.9)

    assert best(places, annex=True) == Setting(own=False)
    assert asked == [Setting(), Setting(own=False)]
