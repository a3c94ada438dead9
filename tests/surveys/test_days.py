"""Days as people write them; what stands beside is never part of a day, and nothing is guessed."""

from datetime import date

import pytest

from surveys import days
from surveys.days import Cue, Day, DayFault, Unusual

TODAY = date(2026, 3, 2)
MAY, JUNE = date(2027, 5, 3), date(2027, 6, 28)


def read(text, today=TODAY):
    found = days.read(text, today)
    return [one.day for one in found.days], list(found.pieces)


@pytest.mark.parametrize(
    "written",
    [
        "3. 5. 2027", "3.5.2027", "03.05.2027", "3. 5 2027", "3.\N{NO-BREAK SPACE}5.\N{NO-BREAK SPACE}2027.", "3.5.27",
        "3. maja 2027", "3 maj 2027", "3. MAJA, 2027", "3. maja leta 2027", "3. maj. 2027", "3 May 2027", "2027-05-03",
        "2027/5/3", "2027. 5. 3.", "٣. ٥. ٢٠٢٧", "３．５．２０２７".replace("．", "."), "\u200e3.\u200f5.2027\u202c",
        "3/5/2027 28/6/2027", "dne 3. 5. 2027",
    ],
)  # fmt: skip
def test_a_day_is_read_however_it_is_written(written):
    found, beside = read(written)
    assert (found[0], beside) == (MAY, [])


@pytest.mark.parametrize(
    ("number", "forms"),
    [*enumerate(
        [
            "januar januarja januarju jan", "februar februarja feb", "marec marca mar march", "april aprila apr",
            "maj maja", "junij junija jun june", "julij julija jul july", "avgust avgusta avg august",
            "september septembra sept sep", "oktober oktobra okt october", "november novembra nov",
            "december decembra dec",
        ],
        1,
    )],
)  # fmt: skip
def test_months_are_known_by_their_names(number, forms):
    assert [read(f"9. {form} 2027") for form in forms.split()] == [([date(2027, number, 9)], [])] * len(forms.split())


@pytest.mark.parametrize(
    "text",
    [
        "Torek 3. 5. 2027, 28. 6. 2027", "Torek 3.5.2027–28.6.2027", "Torek od 3. maja 2027 do 28. junija 2027",
        "Torek od 3. maja do 28. junija 2027", "Torek, od 3. 5. do 28. 6. 2027", "Torek\n3. 5. 2027\n28. 6. 2027",
        "3. 5. 2027 – 28. 6. 2027 Torek", "Torek: začetek 3. 5. 2027, konec 28. 6. 2027",
        "Naredi novo skupino Torek od 3. 5. 2027 do 28. 6. 2027", "Ime skupine: Torek, prvi dan 3.5.27, zadnji 28.6.27",
        "Torek 2027-05-03 2027-06-28", "Torek 3/5/2027 - 28/6/2027", "Začne se 3. 5. 2027 in konča 28. 6. 2027, Torek",
    ],
)  # fmt: skip
def test_a_sentence_gives_the_days_and_a_name_without_the_words_between_them(text):
    assert read(text) == ([MAY, JUNE], ["Torek"])


@pytest.mark.parametrize(
    ("text", "found", "beside"),
    [
        ("Pomlad 2027 od 1. marca do 30. maja", [date(2027, 3, 1), date(2027, 5, 30)], ["Pomlad 2027"]),
        ("Pomlad 2027 od do", [], ["Pomlad 2027 od do"]),
        ("od 1. 10. do 31. 3. 2027", [date(2026, 10, 1), date(2027, 3, 31)], []),
        ("od 1. 10. 2026 do 31. 3.", [date(2026, 10, 1), date(2027, 3, 31)], []),
        ("od 3. do 28. junija 2027", [date(2027, 6, 3), JUNE], []),
        ("3. 5. 28. 6. 2027", [MAY, JUNE], []),
        ("3.5. 28.6. Torek", [date(2026, 5, 3), date(2026, 6, 28)], ["Torek"]),
        ("3. 5., 28. 6.", [date(2026, 5, 3), date(2026, 6, 28)], []),
        ("3.3. in 4.3.", [date(2026, 3, 3), date(2026, 3, 4)], []),
        ("3. 5. 27. 28. 6. 27", [MAY, JUNE], []),
        ("2. 3. nadstropje, soba 4. 5.", [date(2026, 3, 2)], ["nadstropje, soba 4. 5."]),
        ("Odprti dan, 3. 5. 2027, zadnji dan 28. 6. 2027", [MAY, JUNE], ["Odprti dan"]),
        ("Odprti dan: prvi dan 3. 5. 2027", [MAY], ["Odprti dan"]),
        ("do 30. 6.", [date(2026, 6, 30)], []),
        ("do 15. 1.", [date(2026, 1, 15)], []),
        ("do 15. 12.", [date(2026, 12, 15)], []),
        ("Dom, 2. nadstropje", [], ["Dom, 2. nadstropje"]),
        ("Soba 2. 3.", [], ["Soba 2. 3."]),
        ("Torek ob 17.30", [], ["Torek ob 17.30"]),
        ("Torek ob 17.30 3.5.2027 28.6.2027", [MAY, JUNE], ["Torek ob 17.30"]),
        ("Skupina A 3. 5. 2027 ob 17.00, 28. 6. 2027", [MAY, JUNE], ["Skupina A", "ob 17.00"]),
        ("Novo leto", [], ["Novo leto"]),
        ("Bralni klub 5/6", [], ["Bralni klub 5/6"]),
        ("", [], []),
    ],
)
def test_what_is_no_day_stays_beside(text, found, beside):
    assert read(text) == (found, beside)


@pytest.mark.parametrize(
    ("text", "both"),
    [
        ("1/3/2026", [(date(2026, 3, 1), date(2026, 1, 3))]),
        ("1-3-26", [(date(2026, 3, 1), date(2026, 1, 3))]),
        ("1/3/2026 – 2/4/2026", [(date(2026, 3, 1), date(2026, 1, 3)), (date(2026, 4, 2), date(2026, 2, 4))]),
        ("3/3/2026", [(date(2026, 3, 3), None)]),
        ("25/6/2026", [(date(2026, 6, 25), None)]),
        ("6/25/2026", [(date(2026, 6, 25), None)]),
        ("1/3/2026 – 25/6/2026", [(date(2026, 3, 1), None), (date(2026, 6, 25), None)]),
        ("3/1/2026 – 6/25/2026", [(date(2026, 3, 1), None), (date(2026, 6, 25), None)]),
    ],
)
def test_where_day_and_month_may_be_exchanged_both_readings_come(text, both):
    found = days.read(text, TODAY).days
    assert [(one.day, one.other) for one in found] == both
    assert [one.settled(day_first=False) for one in found] == [Day(other or day) for day, other in both]


@pytest.mark.parametrize(
    ("text", "wrong"),
    [
        ("31. 2. 2027", [("31. 2. 2027", DayFault.NO_SUCH_DAY)]),
        ("29. februarja 2027", [("29. februarja 2027", DayFault.NO_SUCH_DAY)]),
        ("13/13/2027", [("13/13/2027", DayFault.NO_SUCH_DAY)]),
        ("3. 5. 202", [("3. 5. 202", DayFault.NO_SUCH_DAY)]),
        ("1. 1. 9999", [("1. 1. 9999", DayFault.OUTSIDE)]),
        ("9999-12-31", [("9999-12-31", DayFault.OUTSIDE)]),
        ("1. 1. 0001", [("1. 1. 0001", DayFault.OUTSIDE)]),
        ("3. 5. 20277", [("3. 5. 20277", DayFault.OUTSIDE)]),
        ("31. 12. 1999", [("31. 12. 1999", DayFault.OUTSIDE)]),
    ],
)
def test_what_cannot_be_is_named_as_it_was_written(text, wrong):
    found = days.read(f"Torek {text}", TODAY)
    assert (found.days, list(found.wrong), list(found.pieces)) == ((), wrong, ["Torek"])


def test_the_words_before_a_day_say_which_it_is():
    cues = {"od": Cue.START, "začetek": Cue.START, "prvi dan": Cue.START, "do": Cue.END, "konec": Cue.END, "–": Cue.END}
    assert {words: days.read(f"{words} 3. 5. 2027", TODAY).days[0].cue for words in cues} == cues
    turned = days.read("do 28. 6. 2027, od 3. 5. 2027", TODAY).days
    assert days.in_order(turned) == (Day(MAY), Day(JUNE))


def test_without_today_a_day_needs_its_year():
    assert days.read("3. 5.", None).days == ()
    assert [one.day for one in days.read("od 3. 5. do 28. 6. 2027", None).days] == [MAY, JUNE]


@pytest.mark.parametrize(
    ("start", "end", "asked"),
    [
        (date(2026, 3, 2), date(2026, 5, 4), ()),
        (date(2026, 1, 10), date(2026, 5, 4), ()),
        (date(2036, 3, 2), date(2036, 5, 4), (Unusual.FAR,)),
        (date(2016, 3, 2), date(2016, 5, 4), (Unusual.OVER,)),
        (date(2024, 9, 2), date(2026, 5, 4), (Unusual.LONG_AGO,)),
        (date(2026, 3, 2), date(2036, 5, 4), (Unusual.LONG,)),
    ],
)
def test_years_far_away_are_unusual(start, end, asked):
    assert days.unusual(start, end, TODAY) == asked
