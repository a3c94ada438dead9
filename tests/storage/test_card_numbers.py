"""The number that is typed from a card: a slip is told from a guess, and what looks alike is forgiven."""

import math
import os

import pytest
from hypothesis import given
from hypothesis import strategies as st

from storage import codes
from storage.card_numbers import ALPHABET, EXAMPLE, LENGTH, Misread, Slip, drawn, read, shown

NUMBERS = st.binary(min_size=32, max_size=32).map(drawn)
SIGNS = st.sampled_from(ALPHABET)


@given(NUMBERS)
def test_a_number_as_it_is_printed_is_read(number):
    printed = shown(number)
    assert [len(group) for group in printed.split("-")] == [3, 3, 3, 4]
    for typed in (
        printed,
        printed.lower(),
        number,
        f"  {printed.replace('-', ' ')} ",
        printed.replace("-", " – "),
        f"{printed}.",
    ):
        assert read(typed) == number


def test_no_two_signs_look_alike_and_there_are_enough_random_ones():
    assert [
        pair for pair in ("0O", "1I", "1L", "IL", "OQ", "2Z", "5S", "8B", "6G", "UV") if set(pair) <= set(ALPHABET)
    ] == []
    assert math.log2(len(ALPHABET)) * (LENGTH - 1) > 55
    found = {sign for _ in range(400) for sign in drawn(os.urandom(32))}
    assert found == set(ALPHABET)


@given(NUMBERS, st.integers(0, LENGTH - 1), SIGNS)
def test_one_wrong_sign_is_a_slip(number, place, sign):
    typed = number[:place] + sign + number[place + 1 :]
    assert read(typed) == (number if typed == number else Misread(Slip.TYPO))


@given(NUMBERS, st.integers(0, LENGTH - 2))
def test_two_neighbours_that_are_swapped_are_a_slip(number, place):
    typed = number[:place] + number[place + 1] + number[place] + number[place + 2 :]
    assert read(typed) == (number if typed == number else Misread(Slip.TYPO))


@given(NUMBERS, st.sampled_from(["D0", "DO", "DQ", "71", "JI", "2Z", "5S", "6G", "8B", "UV", "AА", "XХ", "KК"]))
def test_what_looks_like_a_sign_of_ours_is_read_as_it(number, pair):
    ours, typed = pair
    assert read(number.replace(ours, typed)) == number
    assert read(number.replace(ours, typed.lower())) == number


@pytest.mark.parametrize("typed", ["", "   ", "---", "№"])
def test_nothing_is_said_to_be_nothing(typed):
    assert read(typed) == Misread(Slip.EMPTY)


@given(st.sampled_from(["BRE", "KAM", "NME"]), st.randoms(use_true_random=False))
def test_the_code_of_a_participant_is_known_for_what_it_is(prefix, random):
    code = codes.draw(prefix, random)
    for typed in (code, code.lower(), code.replace("-", ""), f"moja šifra je {code}", f"{code[:-1]}2"):
        assert read(typed) == Misread(Slip.CODE)


def test_too_few_and_too_many_signs_are_counted():
    assert read(EXAMPLE[:-1]) == Misread(Slip.LENGTH, 12)
    assert read(f"{EXAMPLE}A7") == Misread(Slip.LENGTH, 15)
    assert read("https://odgovori.example.si/k") == Misread(Slip.LENGTH, 23)


def test_a_sign_that_is_on_no_card_is_named():
    assert read(EXAMPLE.replace("M", "L")) == Misread(Slip.SIGN, sign="L")
    assert read(EXAMPLE.replace("M", "č")) == Misread(Slip.SIGN, sign="Č")


def test_the_example_on_the_page_is_nobodys():
    assert read(EXAMPLE) == Misread(Slip.TYPO)
