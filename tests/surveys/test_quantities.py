"""Numbers with decimals and without limits, and dates: what is typed, what is stored, and what is asked about."""

from datetime import date

import pytest

from surveys import engine
from surveys.epoch import day_of, days_since
from surveys.model import Answer, Item, Questionnaire
from surveys.quantities import bounds, said
from surveys.reading import Problem, read_date, read_number

TODAY = date(2026, 3, 2)
HOURS = Item(id="hours", kind="number", text="Koliko ur na dan berete?", places=2, unit="ur", minimum=-1, maximum=12.5)
ANY = Item(id="any", kind="number", text="Koliko knjig imate?")


@pytest.mark.parametrize(
    ("typed", "stored"),
    [
        ("2,5", 250),
        ("2.25 ure", 225),
        ("približno 2,5 ur na dan", 250),
        ("3", 300),
        ("pet", 500),
        ("-0,5", -50),
        ("12,50", 1250),
        ("12,51", Problem.TOO_LARGE),
        ("-1,01", Problem.TOO_SMALL),
        ("2,555", Problem.TOO_PRECISE),
        ("1.000", Problem.TOO_PRECISE),
        ("2½", Problem.NOT_A_NUMBER),
        ("2,5 ali 3,5", Problem.NOT_A_NUMBER),
        ("2,5 minute", Problem.NOT_WHAT_IS_ASKED),
        ("", Problem.EMPTY),
    ],
)
def test_a_number_with_decimals_is_stored_as_a_whole_one(typed, stored):
    assert read_number(typed, HOURS) == stored


def test_a_stored_number_is_said_with_its_decimals():
    assert [str(said(value, HOURS)) for value in (250, -50, 5)] == ["2.50", "-0.50", "0.05"]
    assert said(7, ANY) == 7


@pytest.mark.parametrize(
    ("typed", "stored"),
    [
        ("100000", 100_000),
        ("-94", -94),
        ("-95", Problem.TOO_SMALL),
        ("2147483647", 2**31 - 1),
        ("2147483648", Problem.TOO_LARGE),
        ("2,5", Problem.NOT_WHOLE),
    ],
)
def test_a_number_without_limits_stays_apart_from_non_answers_and_fits_its_column(typed, stored):
    assert read_number(typed, ANY) == stored


@pytest.mark.parametrize(
    ("typed", "day"),
    [
        ("3. 12. 2026", "2026-12-03"),
        ("3.12.2026.", "2026-12-03"),
        ("2026-12-03", "2026-12-03"),
        ("3. decembra 2026", "2026-12-03"),
        ("31/12/1969", "1969-12-31"),
        ("12/31/1969", "1969-12-31"),
        ("danes", "2026-03-02"),
        ("Včeraj!", "2026-03-01"),
        ("yesterday", "2026-03-01"),
        ("сьогодні", "2026-03-02"),
        ("3.12.", "2025-12-03"),  # the nearest, which the card then says with its year
        ("3.12", "2025-12-03"),
        ("1. marec", "2026-03-01"),
        ("29. 2.", "2028-02-29"),
    ],
)
def test_a_day_is_read_however_it_is_written(typed, day):
    assert day_of(read_date(typed, Item(id="day", kind="date", text="Kdaj?"), TODAY)).isoformat() == day


@pytest.mark.parametrize(
    ("typed", "problem"),
    [
        ("1/3/2026", Problem.WHICH_DATE),
        ("3. 12. 26", Problem.WHICH_DATE),
        ("31. 2. 2026", Problem.NOT_A_DATE),
        ("2026", Problem.NOT_A_DATE),
        ("december 2026", Problem.NOT_A_DATE),
        ("3. 12. 2026 ali 4. 12. 2026", Problem.NOT_A_DATE),
        ("enkrat lani", Problem.NOT_A_DATE),
        ("3. 12. 0999", Problem.NOT_A_DATE),
        (" ", Problem.EMPTY),
    ],
)
def test_what_may_mean_two_days_or_none_is_asked_about(typed, problem):
    assert read_date(typed, Item(id="day", kind="date", text="Kdaj?"), TODAY) == problem


def test_words_that_need_a_today_are_not_read_without_one():
    day = Item(id="day", kind="date", text="Kdaj?")
    assert [read_date(typed, day, None) for typed in ("danes", "3. 12.")] == [Problem.NOT_A_DATE, Problem.WHICH_DATE]


@pytest.mark.parametrize(
    ("accuracy", "typed", "day"),
    [
        ("year", "1987", "1987-01-01"),
        ("year", "leta 1987", "1987-01-01"),
        ("year", "3. 12. 1987", "1987-01-01"),
        ("month", "12. 1987", "1987-12-01"),
        ("month", "december 1987", "1987-12-01"),
        ("month", "1987-12", "1987-12-01"),
        ("month", "maj 1999", "1999-05-01"),
        ("month", "maja 1999", "1999-05-01"),
        ("month", "Maja leta 1999", "1999-05-01"),
        ("month", "5/1999", "1999-05-01"),
        ("month", "lani", None),
        ("month", "danes", "2026-03-01"),
        ("month", "13. 1987", None),
        ("month", "1987", None),
        ("year", "december 1987", None),
    ],
)
def test_a_month_and_a_year_are_stored_as_their_first_day(accuracy, typed, day):
    found = read_date(typed, Item(id="day", kind="date", text="Kdaj?", accuracy=accuracy), TODAY)
    assert found == Problem.NOT_A_DATE if day is None else day_of(found).isoformat() == day


@pytest.mark.parametrize(
    ("accuracy", "typed"), [("month", "5/99"), ("month", "maj 99"), ("month", "5. 99"), ("year", "99"), ("year", "'99")]
)
def test_a_year_of_two_digits_is_asked_about(accuracy, typed):
    assert read_date(typed, Item(id="d", kind="date", text="Kdaj?", accuracy=accuracy), TODAY) == Problem.WHICH_DATE


def test_a_day_keeps_to_the_limits_of_its_question_and_the_year_is_chosen_among_them():
    low, high = days_since(date(2026, 4, 1)), days_since(date(2026, 12, 31))
    day = Item(id="day", kind="date", text="Kdaj?", minimum=low, maximum=high)
    assert bounds(day) == (low, high)
    assert day_of(read_date("3. 12.", day, TODAY)) == date(2026, 12, 3)
    assert [read_date(typed, day, TODAY) for typed in ("danes", "1. 1. 2027")] == [Problem.TOO_EARLY, Problem.TOO_LATE]


def test_rules_compare_a_number_as_it_was_said_and_a_date_as_a_date():
    def then(id_, over, value):
        return Item(id=id_, kind="note", text="Dalje.", when={"item": over, "is": "ge", "value": value})

    def shown(**values):
        answers = {id_: Answer(value=value) for id_, value in values.items()}
        return [item.id for item in engine.path(asked, answers) if item.id in {"many", "late"}]

    day = Item(id="day", kind="date", text="Kdaj?")
    asked = Questionnaire(
        id="q",
        title="V",
        items=(HOURS, day, then("many", "hours", 2.5), then("late", "day", date(2026, 12, 3))),
    )
    assert Questionnaire.model_validate_json(asked.model_dump_json()) == asked
    seen = {"many": 1}
    december = days_since(date(2026, 12, 3))
    assert shown(hours=250, day=december - 1) == ["many"]
    assert shown(hours=249, day=december) == ["late"]
    assert shown(hours=250, day=december, **seen) == ["many", "late"]


@pytest.mark.parametrize(
    ("typed", "problem"), [("1969", Problem.TOO_EARLY), ("1970", Problem.NOT_A_DATE), ("2027", Problem.TOO_LATE)]
)
def test_a_year_that_lies_wholly_outside_the_limits_is_told_so(typed, problem):
    low, high = days_since(date(1970, 1, 1)), days_since(date(2026, 12, 31))
    assert read_date(typed, Item(id="d", kind="date", text="Kdaj?", minimum=low, maximum=high), TODAY) == problem
