"""Weeks and months: what is told of them says its days, and is right whenever it is read."""

import re
from datetime import UTC, date, datetime

import pytest
from plugins.every_report import NOW
from plugins.respondents import open_text

from reports.disclosure.suppression import Cells
from reports.kinds.library import library
from reports.kinds.weekly import weekly
from reports.render.json import as_json
from reports.texts import periods
from reports.texts.periods import ToldPeriod
from surveys.locale_sl import days
from surveys.months import Month, as_of, month_of, read_month, read_period
from surveys.weeks import Week, week_of

WEEK, NOVEMBER = Week(2026, 47), Month(2026, 11)
WEDNESDAY = datetime(2026, 11, 18, 12, tzinfo=UTC)
RELATIVE = re.compile(
    r"\b(danes|včeraj|jutri|(?:ta|letošnji|prejšnji|prihodnji|naslednji|zadnji|tekoči)\s(?:teden|mesec)"
    r"|(?:tega|prejšnjega|prihodnjega|naslednjega|zadnjega)\s(?:tedna|meseca)|zadnjih\s\w+\s(?:tednih|mesecih|dneh))\b",
    re.IGNORECASE,
)


def plain(words):
    return words.replace("\N{NO-BREAK SPACE}", " ")


def test_a_month_is_read_as_it_is_written():
    assert str(read_month("2026-11")) == "2026-11"
    assert read_period("2026-11") == NOVEMBER
    assert read_period("2026-W47") == WEEK


@pytest.mark.parametrize("text", ["2026-W11", "2026-1", "2026-00", "2026-13", "0001-01", "2100-01", "novembra"])
def test_what_is_no_month_is_refused(text):
    with pytest.raises(ValueError, match="month"):
        read_month(text)


def test_a_month_spans_its_local_days():
    assert (NOVEMBER.first, NOVEMBER.last) == (date(2026, 11, 1), date(2026, 11, 30))
    assert (NOVEMBER.start, NOVEMBER.end) == (
        datetime(2026, 10, 31, 23, tzinfo=UTC),
        datetime(2026, 11, 30, 23, tzinfo=UTC),
    )
    assert Month(2028, 2).last == date(2028, 2, 29)


def test_december_and_january_are_neighbours():
    assert Month(2026, 12).next == Month(2027, 1)
    assert Month(2027, 1).previous == Month(2026, 12)


def test_a_moment_belongs_to_the_month_of_its_local_day():
    assert month_of(datetime(2026, 10, 31, 23, 30, tzinfo=UTC)) == NOVEMBER


def test_a_period_ends_with_its_last_moment_or_now():
    assert as_of("2026-11", WEDNESDAY) == (NOVEMBER, WEDNESDAY)
    assert as_of("2026-W46", WEDNESDAY) == (Week(2026, 46), Week(2026, 46).end)


@pytest.mark.parametrize(("text", "kind"), [("2026-12", "month"), ("2026-W48", "week")])
def test_a_period_that_has_not_begun_is_refused(text, kind):
    with pytest.raises(ValueError, match=f"the {kind} {text} has not begun"):
        as_of(text, WEDNESDAY)


@pytest.mark.parametrize(
    ("first", "last", "words"),
    [
        (date(2026, 11, 16), date(2026, 11, 22), "16.–22. 11. 2026"),
        (date(2026, 11, 30), date(2026, 12, 6), "30. 11.–6. 12. 2026"),
        (date(2026, 12, 28), date(2027, 1, 3), "28. 12. 2026–3. 1. 2027"),
        (date(2026, 11, 16), date(2026, 11, 16), "16. 11. 2026"),
    ],
)
def test_days_are_written_as_short_as_can_be(first, last, words):
    assert plain(days(first, last)) == words


@pytest.mark.parametrize(
    ("told", "came", "due"),
    [
        (
            ToldPeriod(WEEK, WEEK.end),
            "V tednu 16.–22. 11. 2026 je prispelo 5 izpolnjenih vprašalnikov, v tednu prej (9.–15. 11. 2026) 3.",
            "Od 23. 11. do 29. 11. 2026 je na vrsti 8 vabil.",
        ),
        (
            ToldPeriod(WEEK, WEDNESDAY),
            (
                "V tednu 16.–22. 11. 2026 je do zdaj (do 18. 11.) prispelo 5 izpolnjenih vprašalnikov, "
                "v tednu prej (9.–15. 11. 2026) 3."
            ),
            "Od 18. 11. do 29. 11. 2026 je na vrsti 8 vabil.",
        ),
        (
            ToldPeriod(NOVEMBER, NOVEMBER.end),
            "Novembra 2026 je prispelo 5 izpolnjenih vprašalnikov, mesec prej (oktobra 2026) 3.",
            "Od 1. 12. do 31. 12. 2026 je na vrsti 8 vabil.",
        ),
        (
            ToldPeriod(Month(2026, 12), Month(2026, 12).end),
            "Decembra 2026 je prispelo 5 izpolnjenih vprašalnikov, mesec prej (novembra 2026) 3.",
            "Od 1. 1. do 31. 1. 2027 je na vrsti 8 vabil.",
        ),
    ],
)
def test_what_came_and_what_is_due_say_their_days(told, came, due):
    assert plain(periods.arrived(5, 3, told)) == came
    assert plain(periods.due(8, told)) == due


def test_no_sentence_of_a_summary_depends_on_the_day_on_which_it_is_read(every_report, memory, programmes, new_group):
    group = new_group()
    group.changes([(1, 2), (2, 4), (3, 3)])
    one = programmes[group.programme.slug]
    made = [weekly(memory, one, week, NOW, Cells(), open_text) for week in ("2026-W36", week_of(NOW))]
    made += [library(memory, [one], week, NOW, Cells()) for week in ("2026-W36", week_of(NOW))]
    made += [every_report(kind, size) for kind in ("weekly", "library", "country") for size in (0, 12, 500)]

    assert [found for report in made for found in RELATIVE.findall(as_json(report))] == []


def test_relative_words_would_be_found():
    words = "Ta teden; prejšnji teden; v zadnjih dveh tednih; tega tedna; danes; naslednji mesec."

    assert len(RELATIVE.findall(words)) == 6
