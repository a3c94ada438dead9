from itertools import permutations, product
from random import Random
from string import ascii_uppercase

import pytest
from hypothesis import given
from hypothesis import strategies as st

from storage.codes import ALPHABET, draw, read_code

PREFIXES = st.text(alphabet=ascii_uppercase, min_size=3, max_size=3)
CODES = st.builds(lambda prefix, seed: draw(prefix, Random(seed)), PREFIXES, st.integers())

AROUND = ["{}.", "({})", "»{}«", "Šifra: {}", "sifra {}", "Moja šifra je {}.", "Code: {}!", "{} 🙂", "to je {}, hvala"]
CYRILLIC = str.maketrans("ABEKMHOPCTYX", "АВЕКМНОРСТУХ")


def test_the_alphabet_has_32_characters_and_none_that_is_mistaken_for_another():
    assert (len(set(ALPHABET)), set("0O1I") & set(ALPHABET)) == (32, set())


@given(CODES)
def test_a_drawn_code_is_read_as_it_is(code):
    assert read_code(code) == code


@given(CODES, st.sampled_from(["{}", " {} ", "{}\n"]), st.sampled_from(["-", "", " ", " - ", "–", "—"]), st.booleans())
def test_case_spaces_and_the_dash_are_forgiven(code, frame, dash, lower):
    typed = frame.format(code.replace("-", dash))
    assert read_code(typed.lower() if lower else typed) == code


@given(CODES)
def test_every_single_wrong_character_is_noticed(code):
    plain = code.replace("-", "")
    for place, character in product(range(len(plain)), ascii_uppercase + "0123456789"):
        if character != plain[place]:
            assert read_code(plain[:place] + character + plain[place + 1 :]) is None


@given(CODES)
def test_every_swap_of_two_different_characters_is_noticed(code):
    plain = list(code.replace("-", ""))
    for first, second in permutations(range(len(plain)), 2):
        swapped = plain.copy()
        swapped[first], swapped[second] = plain[second], plain[first]
        if swapped != plain:
            assert read_code("".join(swapped)) is None


def test_every_letter_may_stand_in_the_prefix():
    codes = [draw(letter * 3, Random(1)) for letter in ascii_uppercase]
    assert [read_code(code) for code in codes] == codes


@given(CODES, st.sampled_from(AROUND))
def test_signs_and_words_around_a_code_are_forgiven(code, around):
    assert read_code(around.format(code)) == code
    assert read_code(around.format(code.lower())) == code


@given(CODES)
def test_letters_that_look_alike_and_marks_that_are_not_seen_are_forgiven(code):
    assert read_code(code.translate(CYRILLIC)) == code
    assert read_code("\u200b".join(code)) == code
    assert read_code("".join(chr(ord(sign) + 0xFEE0) for sign in code)) == code


@given(CODES)
def test_of_a_known_library_the_characters_after_the_dash_are_enough(code):
    library, tail = code.split("-")
    assert read_code(tail.lower(), {library}) == code
    assert read_code(f"({tail}).", {library}) == code
    assert read_code(tail) is None
    assert read_code(code, {"XYZ"}) == code


def test_characters_that_fit_two_libraries_are_nobody_s():
    prefixes = ["".join(letters) for letters in product(ascii_uppercase, repeat=3)]
    tail = draw("KAM", Random(1)).partition("-")[2]
    both = [prefix for prefix in prefixes if read_code(f"{prefix}-{tail}")][:2]
    assert [read_code(tail, {prefix}) for prefix in both] == [f"{prefix}-{tail}" for prefix in both]
    assert read_code(tail, both) is None


def test_two_codes_in_one_message_are_none():
    first, second = draw("KAM", Random(1)), draw("KAM", Random(2))
    assert read_code(f"{first} {first}") == first
    assert read_code(f"{first}, {second}") is None


@pytest.mark.parametrize("typed", ["", "KAM", "KAM-7F3K", "KAM-7F3K22", "zdravo", "K4M-7F3K2", "ŽAM-7F3K2", "/start"])
def test_what_does_not_look_like_a_code_is_none(typed):
    assert read_code(typed) is None


@pytest.mark.parametrize("prefix", ["", "KA", "KAMN", "kam", "K4M", "ŽAM"])
def test_a_code_needs_three_letters_of_the_library(prefix):
    with pytest.raises(ValueError, match="three letters"):
        draw(prefix, Random(1))
