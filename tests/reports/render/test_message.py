"""The message of a report: numbers with their names, and what is left out when not everything fits."""

from dataclasses import replace
from datetime import date

import pytest

from reports.render.text import LIMIT, as_text
from reports.report import Facts, Figure, Paragraph, Quote, Report, Section, Table

MEAN = Figure("a", "povprečje", 2.0, 24, "points", 1)
SHARE = Figure("b", "delež", 0.63, 24, "share", 0, 0.4, 0.81)
LONG = Paragraph("č" * 1900)
VOICES = (Quote("Prvi glas.", "iz programa"), Quote("Drugi glas." * 60, "iz programa"))


def sample(*blocks, **changes):
    sections = (Section("a", "A", blocks),)
    return replace(Report("impact", "Naslov", "Podnaslov", "x", "x", date(2026, 12, 20), sections), **changes)


def lines(report):
    return as_text(report).split("\n\n", 1)[1].split("\n")[1:]


def test_every_number_of_a_row_has_the_name_of_its_column():
    table = Table("Tabela", ("Kaj", "Ljudje", "Delež"), (("vrsta", MEAN, SHARE), ("druga", MEAN, "")))

    assert lines(sample(table)) == [
        "<i>Tabela</i>",
        "• vrsta: ljudje <b>2,0</b>; delež <b>63\xa0% (40\xa0%\xa0do\xa081\xa0%)</b>",
        "• druga: ljudje <b>2,0</b>",
    ]


def test_a_row_that_is_hidden_altogether_says_so_once():
    hidden = replace(MEAN, value=None, note="premalo odgovorov")
    columns = ("Kaj", "Prej", "Potem")
    table = Table("", columns, (("vse", hidden, hidden), ("eno", hidden, MEAN), ("enaki", MEAN, MEAN)))

    assert lines(sample(table)) == [
        "• vse: <b>premalo odgovorov</b>",
        "• eno: prej: <b>premalo odgovorov</b>; potem <b>2,0</b>",
        "• enaki: prej <b>2,0</b>; potem <b>2,0</b>",
    ]


def test_shares_in_one_line_say_of_how_many_people_they_are():
    share = replace(MEAN, value=0.5, n=24, unit="share", decimals=0)
    table = Table("Ali znate več?", ("Odgovor", "Delež"), (("da", share), ("ne", share)))

    assert lines(sample(table))[0].endswith("ne <b>50\N{NO-BREAK SPACE}%</b> (24\N{NO-BREAK SPACE}ljudi)")


def test_a_zero_that_says_nothing_a_dash_and_no_title_are_not_missed():
    nothing, some = (replace(MEAN, value=value, unit="people", n=None, decimals=0, spare=True) for value in (0, 2))
    table = Table("", ("Kaj", "Pred rokom", "Še odprto", "Z besedami"), (("vse", nothing, some, "–"),))

    assert lines(sample(table)) == ["• vse: še odprto <b>2</b>"]
    assert lines(sample(Facts("Prostovoljstvo", (some,))))[0] == "<i>Prostovoljstvo</i>"


@pytest.mark.parametrize(
    ("title", "start"),
    [("Ali znate več?", "Ali znate več? "), ("Kako so nastali", "Kako so nastali: "), ("", "")],
)
def test_a_table_of_pairs_is_one_line(title, start):
    table = Table(title, ("Odgovor", "Delež"), (("da", MEAN), ("ne", MEAN)))

    assert lines(sample(table)) == [f"• {start}da <b>2,0</b>; ne <b>2,0</b>"]


def test_details_and_charts_stay_in_the_file():
    table = Table("Tabela", ("Kaj", "Ljudje"), (("vrsta", MEAN),), detail=True)

    assert lines(sample(table, Facts("", (MEAN,)))) == ["• povprečje: <b>2,0</b>"]


def test_what_fits_is_told_whole():
    assert as_text(sample(*VOICES)).count("<blockquote>") == 2


def test_voices_give_way_before_a_section_is_left_out():
    sections = (Section("a", "A", (LONG, *VOICES)), Section("b", "B", (LONG,)))
    words = as_text(sample(sections=sections))

    assert (words.count("<blockquote>"), "<b>B</b>" in words) == (1, True)
    assert words.endswith("\n\n<i>Celotno poročilo je v datoteki.</i>")
    assert len(words) <= LIMIT + 100  # beside the tags
