"""What people type, read as options, numbers and texts."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from surveys.model import Choice, Item
from surveys.reading import Problem, fold, read_choice, read_choices, read_number, read_text

CHOICES = tuple(
    Choice(code=code, label=label) for code, label in enumerate(("nikoli", "zelo redko", "včasih, ko je čas", "da"))
)
DAYS = Item(id="days", kind="number", text="Koliko dni?", minimum=0, maximum=31, unit="dni")
ANY = Item(id="any", kind="number", text="Koliko?")


@pytest.mark.parametrize(
    ("typed", "code"),
    [
        ("1", 0),
        ("2.", 1),
        ("2)", 1),
        ("(2)", 1),
        (" 4 ", 3),
        ("2. zelo redko", 1),
        ("nikoli", 0),
        ("»Nikoli!«", 0),
        ("ZELO  REDKO", 1),
        ("vcasih, ko je cas", 2),
        ("Da.", 3),
    ],
)
def test_an_option_is_named_by_its_number_or_its_words(typed, code):
    assert read_choice(typed, CHOICES) == CHOICES[code]


@pytest.mark.parametrize(
    ("typed", "problem"),
    [
        ("", Problem.EMPTY),
        (" \n", Problem.EMPTY),
        ("0", Problem.NO_SUCH_CHOICE),
        ("5", Problem.NO_SUCH_CHOICE),
        ("9999", Problem.CHOOSE_A_BUTTON),
        ("5 jabolk", Problem.CHOOSE_A_BUTTON),
        ("2. nikoli", Problem.CHOOSE_A_BUTTON),
        ("redko", Problem.CHOOSE_A_BUTTON),
        ("🙂", Problem.CHOOSE_A_BUTTON),
    ],
)
def test_what_names_no_option_is_told_apart(typed, problem):
    assert read_choice(typed, CHOICES) is problem


@pytest.mark.parametrize(
    ("typed", "codes"),
    [
        ("2", [1]),
        ("1, 3", [0, 2]),
        ("1,3;4", [0, 2, 3]),
        ("1 in 3", [0, 2]),
        ("1 3 4", [0, 2, 3]),
        ("1. 2.", [0, 1]),
        ("da, nikoli", [3, 0]),
        ("zelo redko; da", [1, 3]),
        ("včasih, ko je čas", [2]),
    ],
)
def test_several_options_are_named_at_once(typed, codes):
    assert [choice.code for choice in read_choices(typed, CHOICES)] == codes


@pytest.mark.parametrize(
    ("typed", "problem"),
    [
        ("", Problem.EMPTY),
        (",", Problem.CHOOSE_A_BUTTON),
        ("1, 9", Problem.NO_SUCH_CHOICE),
        ("1, drugje", Problem.CHOOSE_A_BUTTON),
    ],
)
def test_one_wrong_name_among_several_spoils_them_all(typed, problem):
    assert read_choices(typed, CHOICES) is problem


@pytest.mark.parametrize(
    ("typed", "number"),
    [
        ("3", 3),
        (" 3. ", 3),
        ("+3", 3),
        ("003", 3),
        ("3 dni", 3),
        ("3dni", 3),
        ("3 dni na teden", 3),
        ("3-krat", 3),
        ("0", 0),
        ("nič", 0),
        ("Nikoli.", 0),
        ("en", 1),
        ("ena", 1),
        ("dva", 2),
        ("dve", 2),
        ("dvakrat", 2),
        ("trije", 3),
        ("štirje dnevi", 4),
        ("stiri", 4),
        ("pet", 5),
        ("Šest", 6),
        ("sedem", 7),
        ("osem", 8),
        ("devet", 9),
        ("deset", 10),
        ("enajst", 11),
        ("dvanajst", 12),
        ("trinajst", 13),
        ("štirinajst", 14),
        ("petnajst", 15),
        ("šestnajst", 16),
        ("sedemnajst", 17),
        ("osemnajst", 18),
        ("devetnajst", 19),
        ("dvajset", 20),
        ("enaindvajset", 21),
        ("trideset", 30),
    ],
)
def test_a_whole_number_is_read_from_digits_and_words(typed, number):
    assert read_number(typed, DAYS) == number


@pytest.mark.parametrize(
    ("typed", "problem"),
    [
        ("", Problem.EMPTY),
        ("veliko", Problem.NOT_A_NUMBER),
        ("–", Problem.NOT_A_NUMBER),
        ("3 ali 4", Problem.NOT_A_NUMBER),
        ("dva ali tri", Problem.NOT_A_NUMBER),
        ("2-3", Problem.NOT_A_NUMBER),
        ("3 tisoč", Problem.NOT_A_NUMBER),
        ("3 milijone", Problem.NOT_A_NUMBER),
        ("3 in še kakšen dan povrhu", Problem.NOT_A_NUMBER),
        ("3 tu sem jaz in ti", Problem.NOT_A_NUMBER),
        ("3 eden dva tri štiri", Problem.NOT_A_NUMBER),
        ("2 po pet ur dela res", Problem.NOT_A_NUMBER),
        ("3,5", Problem.NOT_WHOLE),
        ("3.5", Problem.NOT_WHOLE),
        ("1/2", Problem.NOT_WHOLE),
        ("3 in pol", Problem.NOT_WHOLE),
        ("dva pa pol", Problem.NOT_WHOLE),
        ("-1", Problem.TOO_SMALL),
        ("−1", Problem.TOO_SMALL),
        ("32", Problem.TOO_LARGE),
        ("9" * 5000, Problem.TOO_LARGE),
    ],
)
def test_what_is_no_whole_number_in_range_is_told_apart(typed, problem):
    assert read_number(typed, DAYS) is problem


def test_a_number_without_limits_still_fits_an_integer_column():
    assert read_number(str(2**31 - 1), ANY) == 2**31 - 1
    assert read_number(str(2**31), ANY) is Problem.TOO_LARGE
    assert read_number(str(-(2**31)), ANY) is Problem.TOO_SMALL


@pytest.mark.parametrize(
    ("typed", "text"),
    [
        ("  Mir.  ", "Mir."),
        ("a\x00b\x1b", "ab"),
        ("ena\r\ndve\ttri", "ena\ndve tri"),
        ("\ud83d beseda", "beseda"),
        ("obrnjeno \u202egnojl", "obrnjeno gnojl"),
        ("c\u030c", "č"),
        ("👨\u200d👩\u200d👧", "👨\u200d👩\u200d👧"),
        ("a" * 1000, "a" * 1000),
    ],
)
def test_a_text_keeps_its_words_and_loses_control_characters(typed, text):
    assert read_text(typed) == text


@pytest.mark.parametrize(
    ("typed", "problem"),
    [
        ("", Problem.EMPTY),
        (" \n\t", Problem.EMPTY),
        ("\u200b\u200d", Problem.EMPTY),
        ("\x00", Problem.EMPTY),
        ("a" * 1001, Problem.TOO_LONG),
    ],
)
def test_a_text_says_something_and_ends(typed, problem):
    assert read_text(typed) is problem


@given(st.text())
def test_whatever_is_typed_is_read_or_refused(typed):
    assert isinstance(read_choice(typed, CHOICES), Choice | Problem)
    assert isinstance(read_choices(typed, CHOICES), tuple | Problem)
    assert isinstance(read_number(typed, DAYS), int | Problem)
    text = read_text(typed)
    assert isinstance(text, Problem) or text.encode().decode() == text
    assert fold(fold(typed)) == fold(typed)
