"""Numbers, days and plurals as Slovenian writes them."""

from datetime import date

import pytest

from surveys.locale_sl import counted, day, number, percent, plural, quoted

FORMS = ("vprašanje", "vprašanji", "vprašanja", "vprašanj")


@pytest.mark.parametrize(
    ("n", "words"),
    [
        (0, "0 vprašanj"),
        (1, "1 vprašanje"),
        (2, "2 vprašanji"),
        (3, "3 vprašanja"),
        (4, "4 vprašanja"),
        (5, "5 vprašanj"),
        (11, "11 vprašanj"),
        (100, "100 vprašanj"),
        (101, "101 vprašanje"),
        (102, "102 vprašanji"),
        (104, "104 vprašanja"),
        (112, "112 vprašanj"),
    ],
)
def test_a_count_and_its_noun_agree(n, words):
    assert counted(n, *FORMS) == words.replace(" ", "\N{NO-BREAK SPACE}")
    assert plural(n, *FORMS) == words.split()[1]


@pytest.mark.parametrize(
    ("x", "decimals", "words"),
    [
        (3, 0, "3"),
        (2.45, 1, "2,5"),
        (-2.45, 1, "−2,5"),
        (0.04, 1, "0,0"),
        (-0.04, 1, "0,0"),
        (1234, 0, "1234"),
        (12345.6, 1, "12.345,6"),
    ],
)
def test_a_number_has_a_decimal_comma_and_rounds_halves_away_from_zero(x, decimals, words):
    assert number(x, decimals) == words


def test_a_signed_number_shows_a_plus_but_never_at_zero():
    assert [number(x, 1, signed=True) for x in (0.8, -0.8, 0.0, 0.01)] == ["+0,8", "−0,8", "0,0", "0,0"]


def test_a_share_is_a_percentage_with_a_space_that_does_not_break():
    assert percent(0.35) == "35\N{NO-BREAK SPACE}%"
    assert percent(0.125, 1) == "12,5\N{NO-BREAK SPACE}%"


def test_a_day_is_written_with_spaces_that_do_not_break():
    assert day(date(2026, 11, 22)) == "22.\N{NO-BREAK SPACE}11.\N{NO-BREAK SPACE}2026"


def test_quoted_words_have_one_pair_of_quotes():
    assert quoted(" »Zdaj berem.« ") == "»Zdaj berem.«"
