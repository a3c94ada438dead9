"""Those who answered at the end beside those who did not, and what the latter would have to hide."""

from datetime import UTC, datetime

import pytest
from plugins.respondents import open_text

from reports.disclosure.suppression import Cells
from reports.kinds.impact import impact
from reports.report import Paragraph
from reports.texts import who_stayed as words

NOW = datetime(2026, 12, 20, 12, tzinfo=UTC)
PAIRS = [(1, 3), (2, 3), (2, 4), (3, 3), (3, 5), (2, 2), (1, 2), (4, 3), (3, 4), (2, 5)]


@pytest.fixture
def make(memory, programmes):
    return lambda k=1: impact(memory, programmes["kamnik-slovenscina"], NOW, Cells(k, 10), open_text)


def silent(group, firsts):
    for first in firsts:
        one = group.enrols()
        group.answers(one, "before", primary=first)
        group.asks(one, "after")


def told(report):
    section = next(one for one in report.sections if one.id == "flow")
    return " ".join(block.text for block in section.blocks if isinstance(block, Paragraph))


def test_first_answers_of_both_stand_side_by_side(new_group, make):
    group = new_group()
    group.changes(PAIRS)
    silent(group, [2, 3, 2, 1, 2])
    figures = make().figures

    assert (figures["completers.n"].value, figures["dropouts.n"].value) == (10, 5)
    assert (figures["completers.baseline"].value, figures["dropouts.baseline"].value) == (2.3, 2.0)
    assert figures["dropouts.difference"].value == -0.3


def test_many_silent_people_who_would_have_fared_worse_could_hide_that_nothing_changed(new_group, make):
    group = new_group()
    group.changes(PAIRS)
    silent(group, [3, 4, 2, 3, 4, 3, 4, 2, 5, 4, 3, 4])
    report = make()

    assert report.figures["dropouts.tipping_point"].value == -0.9  # 1,1 · 10 / 12
    assert (
        "če bi bil odgovor pri 12\N{NO-BREAK SPACE}ljudeh, ki so odgovorili na začetku, ob zaključku pa ne, ob koncu v "
        "povprečju za 0,9 nižji kot na začetku (pri drugih je za 1,1 višji). Tega iz odgovorov ne moremo izključiti."
    ) in told(report)


def test_a_few_silent_people_cannot_hide_it_whatever_they_would_have_answered(new_group, make):
    group = new_group()
    group.changes(PAIRS * 3)
    silent(group, [2, 3, 2, 1, 2])

    assert (
        "Tudi če bi vsi, ki so odgovorili na začetku, ob zaključku pa ne (5), ob koncu izbrali najnižji odgovor, "
        "povprečna sprememba vseh ne bi izginila: izginila bi šele, če bi bil njihov odgovor v povprečju za 6,6 nižji "
        "kot na začetku, do najnižjega pa je le 1,0."
    ) in told(make())


@pytest.mark.parametrize(("times", "note"), [(1, ""), (3, words.IMPOSSIBLE)])
def test_a_change_that_the_scale_does_not_hold_says_so_beside_its_number(new_group, make, times, note):
    group = new_group()
    group.changes(PAIRS * times)
    silent(group, [3, 4, 2, 3, 4, 3, 4, 2, 5, 4, 3, 4] if times == 1 else [2, 3, 2, 1, 2])

    assert make().figures["dropouts.tipping_point"].note == note


def test_without_enough_silent_people_nothing_is_told_of_them(new_group, make):
    group = new_group()
    group.changes(PAIRS * 3)
    silent(group, [2, 3, 2, 1])
    report = make(k=5)

    assert not any(id_.startswith(("dropouts.", "completers.")) for id_ in report.figures)


def test_a_change_for_the_worse_has_no_tipping_point(new_group, make):
    group = new_group()
    group.changes([(after, before) for before, after in PAIRS])
    silent(group, [2, 3, 2, 1, 2])

    assert "dropouts.tipping_point" not in make().figures


def test_from_when_on_a_change_could_be_chance_is_said_in_words():
    begun = "Povprečna sprememba vseh bi lahko bila naključna že, če bi bil njihov odgovor ob koncu v povprečju"

    assert words.limit(-3.5, 1.0) == "Tudi njen razpon bi takrat ležal nad ničlo."
    assert words.limit(0.2, 1.0) == f"{begun} samo za 0,2 višji kot na začetku."
    assert words.limit(-0.4, 1.0) == f"{begun} za 0,4 nižji kot na začetku."
    assert words.limit(0.0, 1.0) == f"{begun} enak kot na začetku."


def test_silent_people_have_the_forms_of_their_number():
    forms = [words.tipping(n, -0.5, 0.5, None).replace(str(n), "N", 1) for n in (1, 2, 3, 5)]

    assert len(set(forms)) == 3  # »ljudeh, ki niso« from three on
    assert [words.tipping(n, -0.5, 0.5, None).replace(str(n), "N", 1) for n in (101, 102, 103, 105)] == forms
