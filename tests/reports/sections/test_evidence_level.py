"""A programme reaches one level of evidence a day, in whatever report it stands."""

import re
from datetime import UTC, datetime

import pytest
from plugins.respondents import open_text

from reports.disclosure.publishing import publish
from reports.disclosure.suppression import Cells
from reports.kinds.impact import impact
from reports.kinds.mayor import mayor
from reports.kinds.national import national
from reports.report import Paragraph
from storage.schema import Allocation

SLUG = "kamnik-slovenscina"
NOW = datetime(2026, 12, 20, 12, tzinfo=UTC)
CELLS = Cells()
BETTER = [(1, 3), (2, 3), (2, 4), (3, 3), (3, 5), (2, 2), (1, 2), (4, 3), (3, 4), (2, 5)] * 6
SAME = [(1, 1), (2, 2), (2, 3), (3, 3), (3, 2), (2, 2), (1, 2), (4, 4), (3, 3), (2, 1)] * 6


@pytest.fixture
def reports(memory, programmes):
    """The three reports of one day, in this order."""

    def made():
        one = programmes[SLUG]
        return [
            mayor(memory, [one], NOW, CELLS, open_text),
            national(memory, list(programmes.values()), NOW, CELLS, open_text),
            impact(memory, one, NOW, CELLS, open_text),
        ]

    return made


def words(report):
    found = (block.text for section in report.sections for block in section.blocks if isinstance(block, Paragraph))
    return " ".join(found).replace("\N{NO-BREAK SPACE}", " ")


def levels(made):
    """The level of the programme that the page for the mayor, the national and the impact report tell."""
    patterns = (r"Raven dokazov po Nesti: (\d) od 5", r"raven (\d) pri 1 od 1", r"Raven dokazov: (\d) od 5")
    return [re.search(pattern, words(report))[1] for pattern, report in zip(patterns, made, strict=True)]


@pytest.mark.parametrize(("waited", "level"), [([], "2"), (SAME, "3"), (BETTER, "2")])
def test_a_programme_reaches_the_same_level_in_every_report_of_a_day(new_group, reports, waited, level):
    group = new_group()
    group.changes(BETTER)
    group.changes_waiting(waited, Allocation.LOT)

    assert levels(reports()) == [level] * 3


def test_what_a_public_level_rests_on_is_remembered_and_stands(memory, new_group, reports):
    group = new_group()
    group.changes(BETTER)
    group.changes_waiting(SAME, Allocation.LOT)
    page = reports()[0]
    assert publish(memory, page, NOW, CELLS)

    assert any(":waiting" in one.figure or "waiting" in one.figure for one in page.published)
    assert levels(reports()) == ["3"] * 3


def test_no_report_denies_a_group_that_waits(new_group, reports):
    group = new_group()
    group.changes(BETTER)
    group.changes_waiting(SAME, Allocation.LOT)

    told = " ".join(words(one) for one in reports()).lower()
    assert "primerjalne skupine" not in told
