"""What only statisticians need stands in the last section, and what everybody reads has words before numbers."""

import re
from dataclasses import replace

import pytest
from plugins.every_report import KINDS, SIZES

from reports import texts
from reports.data.indicators import indicators
from reports.report import ANNEX, Chart, Facts, Figure, Paragraph, Table
from reports.texts import annex, means

CAN_DO = tuple(enumerate(("ne gre", "zelo težko", "z nekaj pomoči", "precej dobro", "brez težav"), 1))
JARGON = re.compile(
    r"RR2|AAPOR|I²|τ²|\bg\b|\(g\)|g_av|d_z|Hartung|Knapp|Holm|\bREML\b|SMCR|Wilson|Lakens|p-vrednost|\bp\b|prostostn|"
    r"interval zaupanja|obrnjen|napovedn|naključnih učink|95-odstot",
    re.IGNORECASE,
)
TERMS = {
    "weekly": ("RR2", "g_av", "95-odstotni interval", "Wilson"),
    "impact": ("RR2", "g_av", "95-odstotni interval", "Wilson"),
    "compare": ("RR2", "napovedni interval", "REML"),
    "national": ("RR2", "τ²", "I²", "SMCR"),
}  # by kind, what its annex holds


def words_of(section):
    """Everything that is read in a section, whatever the format."""
    yield section.title
    for block in section.blocks:
        match block:
            case Paragraph(text):
                yield text
            case Facts(title, figures):
                yield from (title, *(f"{one.label} {one.note}" for one in figures))
            case Table(title, columns, rows, caption):
                yield from (title, *columns, caption)
                for row in rows:
                    yield from (f"{cell.label} {cell.note}" if isinstance(cell, Figure) else cell for cell in row)
            case Chart(title=title, svg=svg, alt=alt):
                yield from (title, alt, *re.findall(r"<text[^>]*>([^<]*)", svg))


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("size", SIZES)
def test_no_term_of_statistics_stands_above_the_annex(every_report, kind, size):
    report = every_report(kind, size)
    told = [words for one in report.sections if one.id != ANNEX for words in words_of(one) if JARGON.search(words)]

    assert told == []


@pytest.mark.parametrize("kind", TERMS)
def test_the_annex_is_last_holds_the_terms_and_is_pointed_to(every_report, kind):
    *above, last = every_report(kind, 500).sections
    told = " ".join(words_of(last))

    assert (last.id, last.title) == (ANNEX, "Za statistike")
    assert [term for term in TERMS[kind] if term not in told] == []
    assert sum(Paragraph(annex.POINTER) in one.blocks for one in above) == 1


@pytest.mark.parametrize(
    ("before", "after", "told"),
    [
        (2.4, 2.8, "od »zelo težko« do »z nekaj pomoči«"),
        (2.4, 2.6, "med »zelo težko« in »z nekaj pomoči«, nekoliko bliže odgovoru »z nekaj pomoči«"),
        (2.6, 2.4, "med »zelo težko« in »z nekaj pomoči«, nekoliko bliže odgovoru »zelo težko«"),
        (2.6, 3.0, "pri »z nekaj pomoči«, nekoliko bliže odgovoru »precej dobro«"),
        (2.6, 3.4, "pri »z nekaj pomoči«, bliže odgovoru »precej dobro«"),
        (3.4, 3.1, "pri »z nekaj pomoči«, nekoliko bliže odgovoru »zelo težko«"),
        (3.0, 3.0, "pri »z nekaj pomoči«"),
        (2.5, 2.5, "med »zelo težko« in »z nekaj pomoči«"),
        (2.5, 3.2, "pri »z nekaj pomoči«, bliže odgovoru »precej dobro«"),
        (3.0, 3.5, "pri »z nekaj pomoči«, bliže odgovoru »precej dobro«"),
        (1.8, 2.5, "pri »zelo težko«, bliže odgovoru »z nekaj pomoči«"),
        (3.5, 3.3, "pri »z nekaj pomoči«, nekoliko bliže odgovoru »zelo težko«"),
        (1.4, 1.2, "pri »ne gre«, nekoliko bliže temu odgovoru"),
        (2.5, 4.2, "od »z nekaj pomoči« do »precej dobro«"),
        (4.1, 1.2, "od »precej dobro« do »ne gre«"),
    ],
)
def test_two_means_are_said_in_the_answers_nearest_to_them(before, after, told):
    assert means.in_words(before, after, CAN_DO) == told


def test_the_numbers_stand_behind_the_words_and_alone_where_there_are_none():
    assert means.means(2.4, 2.8, CAN_DO, (1, 5)) == (
        "Povprečni odgovor je šel od »zelo težko« do »z nekaj pomoči« "
        "(na lestvici od 1 do 5: na začetku 2,4, ob zaključku 2,8)."
    )
    assert means.means(3.0, 3.2, CAN_DO, (1, 5)) == (
        "Povprečni odgovor ostaja pri »z nekaj pomoči«, nekoliko bliže odgovoru »precej dobro« "
        "(na lestvici od 1 do 5: na začetku 3,0, ob zaključku 3,2)."
    )
    assert means.means(2.0, 3.1, (), (0, 7)) == (
        "Povprečni odgovor je bil na začetku 2,0, ob zaključku 3,1 (na lestvici od 0 do 7)."
    )


def test_a_reversed_scale_is_named_by_what_improves_and_its_words_go_the_same_way(programmes):
    one = next(one for one in indicators(programmes["kamnik-slovenscina"]) if one.id == "loneliness")

    assert one.name == "manj osamljenosti"
    assert replace(one, better="").name == "manj: osamljenost"
    assert one.steps == ((1, "vedno"), (2, "pogosto"), (3, "včasih"), (4, "zelo redko"), (5, "nikoli"))
    assert means.in_words(3.1, 3.9, one.steps) == "od »včasih« do »zelo redko«"


@pytest.mark.parametrize(
    ("sentence", "told"),
    [
        (
            texts.improved("približno 8 od 10", 8, "x", "jim gre bolje"),
            "Približno 8 od 10 udeležencev ob koncu pravi, da",
        ),
        (texts.improved("1 od 10", 1, "x", "jim gre bolje"), "1 od 10 udeležencev ob koncu pravi, da"),
        (texts.improved("2 od 10", 2, "x", "jim gre bolje"), "2 od 10 udeležencev ob koncu pravita, da"),
        (texts.improved("vsaj 3 od 10", 3, "x", "jim gre bolje"), "Vsaj 3 od 10 udeležencev ob koncu pravijo, da"),
        (
            texts.improved("manj kot 1 od 10", 0, "x", "jim gre bolje"),
            "Manj kot 1 od 10 udeležencev ob koncu pravi, da",
        ),
        (texts.improved_less_than(5, 40, "x", "jim gre bolje"), "Manj kot 5 od 40 udeležencev ob koncu pravi, da"),
    ],
)
def test_the_headline_ends_as_the_programme_says_and_its_verb_agrees(sentence, told):
    assert sentence == f"{told} jim gre bolje."


@pytest.mark.parametrize("size", [12, 500])
def test_words_stand_beside_every_mean_of_a_scale(every_report, size):
    sections = {one.id: one for one in every_report("impact", size).sections}
    table = next(one for one in sections["change"].blocks if isinstance(one, Table) and texts.IN_WORDS in one.columns)
    shown = [row for row in table.rows if row[2].value is not None and row[2].unit == "points"]

    assert shown
    assert [row[0] for row in shown if not row[1].startswith(("od »", "pri »", "med »", "–"))] == []
