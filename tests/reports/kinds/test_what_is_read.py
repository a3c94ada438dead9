"""Each kind of report reads the answers that it tells of, and no others."""

from contextlib import contextmanager
from datetime import UTC, datetime

import pytest
from plugins.respondents import open_text
from sqlalchemy import event

from reports.disclosure.suppression import Cells
from reports.kinds.compare import compare
from reports.kinds.country import country
from reports.kinds.impact import impact
from reports.kinds.library import library
from reports.kinds.mayor import mayor
from reports.kinds.national import national
from reports.kinds.weekly import weekly
from surveys.weeks import week_of

NOW = datetime(2026, 12, 20, 12, tzinfo=UTC)
WEEK, CELLS, SLUG = week_of(NOW).previous, Cells(5, 10), "kamnik-slovenscina"
PRIMARY, CORE = {"primary"}, {"primary", "problem_solving", "belonging", "loneliness", "life_satisfaction"}
ALL = CORE | {"understanding", "slovene_days", "outcome_apply", "used"}
READ = {
    "weekly": (PRIMARY, lambda c, one, _: weekly(c, one, WEEK, NOW, CELLS, open_text)),
    "compare": (PRIMARY, lambda c, one, cohort: compare(c, one, cohort, NOW, CELLS)),
    "national": (CORE, lambda c, one, _: national(c, [one], NOW, CELLS, open_text)),
    "impact": (ALL, lambda c, one, _: impact(c, one, NOW, CELLS, open_text)),
    "mayor": (ALL, lambda c, one, _: mayor(c, [one], NOW, CELLS, open_text)),
    "library": (set(), lambda c, one, _: library(c, [one], WEEK, NOW, CELLS)),
    "country": (set(), lambda c, one, _: country(c, [one], WEEK, NOW, CELLS)),
}


@contextmanager
def asked_of(connection):
    """The statements inside the block that read answers, with what they are given."""
    found = []

    def note(_connection, _cursor, statement, parameters, *_):
        if " answer " in statement or "FROM answer" in statement:
            found.append(parameters)

    event.listen(connection, "before_cursor_execute", note)
    yield found
    event.remove(connection, "before_cursor_execute", note)


@pytest.mark.parametrize("kind", READ)
def test_the_answers_to_these_items_are_read(new_group, memory, programmes, kind):
    group = new_group(SLUG)
    group.changes([(1, 3), (2, 3), (2, 4), (3, 3), (1, 2), (2, 2), (4, 5)])
    items, make = READ[kind]
    with asked_of(memory) as statements:
        make(memory, programmes[SLUG], group.cohort)

    assert {one for given in statements for one in given} & ALL == items
