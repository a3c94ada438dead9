"""A programme that claims no national result needs no primary question and no shared core; every report says so."""

import pytest
from plugins.authored import read
from plugins.every_report import GIVEN, NOW, fill
from plugins.respondents import grouper, open_text

from reports.disclosure.suppression import Cells
from reports.kinds.compare import compare
from reports.kinds.country import country
from reports.kinds.impact import impact
from reports.kinds.library import library
from reports.kinds.mayor import mayor
from reports.kinds.national import national
from reports.kinds.weekly import weekly
from reports.render.text import as_text
from reports.texts import NO_PRIMARY
from surveys.weeks import week_of

CELLS = Cells(5, 10)
PROGRAMME = """\
slug = "kraj-branje"
name = "Branje na vasi"
library = "Knjižnica Kraj"
code = "KRA"
group = "Srečanja"
pooled = false

[[waves]]
id = "before"
name = "izhodišče"
anchor = "start"
offset = "0d"
questionnaire = "before"

[[waves]]
id = "after"
name = "zaključek"
anchor = "end"
offset = "0d"
questionnaire = "after"

[[waves]]
id = "followup"
name = "spremljanje"
anchor = "end"
offset = "90d"
questionnaire = "after"
"""
ITEMS = """
title = "Vprašalnik"

[[items]]
id = "joy"
kind = "scale"
text = "Kako radi berete?"
indicator = "veselje do branja"
choices = [{ code = 1, label = "ne" }, { code = 2, label = "malo" }, { code = 3, label = "zelo" }]
"""


def own(folder, programme=PROGRAMME):
    files = {name: f'id = "{name}"\n{ITEMS}' for name in ("before", "after")}
    return read(folder, "", programme, **files)


@pytest.fixture
def group(memory, programmes, tmp_path):
    """Thirty people of such a programme, beside the shipped ones."""
    loaded = own(tmp_path)
    assert [one.sentence for one in loaded.problems] == []
    added = grouper(memory, {**programmes, "kraj-branje": loaded.programmes["kraj-branje"]})("kraj-branje")
    fill([added], 30)
    return added


def test_such_a_programme_loads_and_is_outside(tmp_path):
    programme = own(tmp_path).programmes["kraj-branje"]
    assert (programme.has_primary, programme.national) == (False, False)


def test_who_claims_the_national_result_is_told_its_rules(tmp_path):
    found = [one.sentence for one in own(tmp_path, PROGRAMME.replace("pooled = false\n", "")).problems]
    assert found[0] == (
        'no wave asks an item with the role "primary", which the national result needs; '
        "name one, the main result, or set pooled = false"
    )
    assert [one for one in found if "core items" in one] != []


def test_its_report_says_why_there_is_no_main_result_and_tells_the_changes(group):
    told = as_text(impact(group.connection, group.programme, NOW, CELLS, open_text))
    assert NO_PRIMARY in " ".join(told.split())
    assert "veselje do branja" in told


def test_every_other_report_is_made_of_it(group):
    connection, one = group.connection, group.programme
    assert NO_PRIMARY in as_text(compare(connection, one, group.cohort, NOW, CELLS))
    made = (
        weekly(connection, one, week_of(NOW), NOW, CELLS, open_text),
        library(connection, [one], week_of(NOW), NOW, CELLS),
        country(connection, [one], "2026-11", NOW, CELLS),
        mayor(connection, [one], NOW, CELLS, open_text, given=GIVEN),
    )
    for report in made:
        assert "30" in as_text(report)


def test_the_national_report_names_it_and_counts_it_nowhere(group, programmes):
    every = [*programmes.values(), group.programme]
    report = national(group.connection, every, NOW, CELLS, open_text)
    assert "Zunaj nacionalnega rezultata, ker se po njegovih pravilih ne sprašujejo: »Branje na vasi«." in as_text(
        report
    )
    assert report.figures["enrolled"].value == 0
    without = national(group.connection, programmes.values(), NOW, CELLS, open_text)
    assert "Zunaj nacionalnega rezultata" not in as_text(without)
