"""Of ten people: rounding, words and title, and that two reports draw the same people alike."""

import pytest
from plugins.every_report import NOW
from plugins.respondents import open_text

from reports.disclosure.suppression import Cells
from reports.disclosure.tenths import OfTen
from reports.kinds.impact import impact
from reports.kinds.mayor import mayor

SLUG = "kamnik-slovenscina"
CELLS = Cells(5, 10)


@pytest.mark.parametrize(
    ("count", "n", "tenths", "told"),
    [
        (28, 40, 7, "7 od 10"),
        (27, 40, 7, "približno 7 od 10"),  # 6,75
        (26, 40, 7, "približno 7 od 10"),  # 6,5
        (1, 40, 0, "manj kot 1 od 10"),
        (39, 40, 10, "več kot 9 od 10"),
        (40, 40, 10, "10 od 10"),
    ],
)
def test_a_share_is_told_of_ten_people_and_says_how_exact_it_is(count, n, tenths, told):
    ten = OfTen(count, n)

    assert (ten.tenths, ten.words.replace("\N{NO-BREAK SPACE}", " "), ten.title) == (tenths, told, "Od desetih ljudi")


def test_a_lower_bound_is_rounded_down_and_its_words_and_title_say_at_least():
    ten = OfTen(26, 33, least=True)

    assert (ten.tenths, ten.words.replace("\N{NO-BREAK SPACE}", " "), ten.title) == (
        7,
        "vsaj 7 od 10",
        "Od desetih ljudi vsaj 7",
    )


def people(improved, same, lower):
    """So many whose answer is higher, the same and lower, spread over the scale."""
    before = [1, 2, 3, 4]
    higher = [(before[place % 4], before[place % 4] + 1) for place in range(improved)]
    equal = [(before[place % 4], before[place % 4]) for place in range(same)]
    return [*higher, *equal, *((before[place % 4] + 1, before[place % 4]) for place in range(lower))]


@pytest.mark.parametrize("shares", [(27, 6, 0), (25, 8, 0), (31, 2, 0), (24, 5, 4), (20, 13, 0), (14, 14, 12)])
def test_the_mayors_page_and_the_impact_report_draw_the_same_people_alike(new_group, memory, programmes, shares):
    new_group(SLUG).changes(people(*shares))
    inside = impact(memory, programmes[SLUG], NOW, CELLS, open_text)
    public = mayor(memory, [programmes[SLUG]], NOW, CELLS, open_text)
    drawn = [[(chart.svg.count('class="accent"'), chart.title.partition(":")[0]) for chart in report.charts
              if chart.id == "icons"] for report in (inside, public)]  # fmt: skip

    assert len(drawn[0]) == 1
    assert drawn[1] in (drawn[0], [])


def test_what_may_be_told_of_few_people_inside_the_library_is_drawn_there_alone(new_group, memory, programmes):
    new_group(SLUG).changes(people(9, 6, 0))

    assert [chart.id for chart in impact(memory, programmes[SLUG], NOW, CELLS, open_text).charts][:1] == ["icons"]
    assert "icons" not in [chart.id for chart in mayor(memory, [programmes[SLUG]], NOW, CELLS, open_text).charts]
