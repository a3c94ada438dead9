"""Whatever the script, marks, language and words around it: a number or an option means itself, or is asked about."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from surveys.engine import Accepted, Invalid, Typed, answer
from surveys.languages import localised
from surveys.load import load, shipped
from surveys.model import CHOSEN, Choice, Kind
from surveys.numerals import number_of
from surveys.options import named, numbered
from surveys.reading import Problem, read_choice, read_number

ZEROS = (0x30, 0x660, 0x6F0, 0x966, 0x9E6, 0xE50, 0xFF10, 0x1D7CE)  # of scripts with digits of their own
MARKS = "\u200b\u200c\u200d\u200e\u200f\u2060\u2066\u2069\ufeff\u00ad\ufe0f"
DASHES = "-‐‑‒–—−﹣－"
FRAMES = ("{}", "{}.", "({})", "»{}«", " {} ", "{}!", "{} 🙂", "{}\n")
WORDS = (
    "nič eden dva tri štiri pet šest sedem",
    "zero one two three four five six seven",
    "nula jedan dva tri četiri pet šest sedam",
    "нула један два три четири пет шест седам",
    "нула еден два три четири пет шест седум",
    "zero një dy tre katër pesë gjashtë shtatë",
    "нуль один два три чотири п'ять шість сім",
    "zero uno due tre quattro cinque sei sette",
    "nulla egy kettő három négy öt hat hét",
    "null eins zwei drei vier fünf sechs sieben",
)
OTHERS = (
    "{} ur na dan",
    "{} minut",
    "{} tednov",
    "{} let",
    "{} months",
    "{} сати",
    "{} хвилин",
    "{} Stunden",
    "{} mesi",
    "{} perc",
    "skoraj {}",
    "{}+",
)
HALVES = ("{}½", "{},5", "{}.5", "{} in pol", "{} and a half", "{} i pol", "{} 1/2")

SPOKEN = [
    (localised(questionnaire, language).questionnaire, item.id)
    for programme in load([shipped()]).programmes.values()
    for questionnaire in programme.questionnaires
    for language in programme.languages
    for item in questionnaire.items
]
ITEMS = [asked.item(item) for asked, item in SPOKEN]
NUMBERS = [item for item in ITEMS if item.kind is Kind.NUMBER]
CHOICES = [item for item in ITEMS if item.kind in CHOSEN]


@st.composite
def marked(draw, words):
    """The words with marks that nobody sees, framed as people write."""
    marks = st.text(MARKS, max_size=2)
    return draw(st.sampled_from(FRAMES)).format("".join(draw(marks) + sign for sign in words) + draw(marks))


@st.composite
def digits(draw, number):
    """A number in the digits of some script, as a whole or with a decimal zero, or in words."""
    if number < 8 and draw(st.booleans()):
        return draw(st.sampled_from([words.split()[number] for words in WORDS]))
    zero = draw(st.sampled_from(ZEROS))
    return "".join(chr(zero + int(digit)) for digit in str(number)) + draw(st.sampled_from(["", ",0", ".0"]))


@given(data=st.data())
def test_an_option_is_typed_by_the_number_that_is_printed_before_it(data):
    item = data.draw(st.sampled_from(CHOICES))
    number, choice = data.draw(st.sampled_from(list(zip(numbered(item.choices), item.choices, strict=True))))
    assert read_choice(data.draw(marked(data.draw(digits(int(number))))), item.choices) == choice
    assert read_choice(f"{number} · {choice.label}", item.choices) == choice


@given(data=st.data())
def test_an_option_is_typed_by_its_words_in_every_language(data):
    item = data.draw(st.sampled_from(CHOICES))
    choice = data.draw(st.sampled_from(item.choices))
    words = data.draw(st.sampled_from([choice.label, choice.label.upper(), choice.label.replace(" ", "")]))
    assert read_choice(data.draw(marked(words)), item.choices) == choice


@given(data=st.data())
def test_a_number_is_typed_in_every_script_and_language_with_the_unit_of_the_question(data):
    item = data.draw(st.sampled_from(NUMBERS))
    number = data.draw(st.integers(item.minimum, item.maximum))
    said = data.draw(digits(number))
    around = data.draw(st.sampled_from(["{}", f"{{}} {item.unit}", "približno {}", "about {}", f"{{}} ({number})"]))
    typed = around.format(said)
    if around.endswith(")") and any(sign.isdecimal() for sign in said):
        typed = said  # the same twice in digits is two numbers
    assert read_number(data.draw(marked(typed)), item) == number


@given(data=st.data())
def test_a_number_of_something_else_and_a_half_are_asked_for_again(data):
    item = data.draw(st.sampled_from(NUMBERS))
    said = "".join(chr(data.draw(st.sampled_from(ZEROS)) + 3))
    other = data.draw(st.sampled_from(OTHERS)).format(said)
    half = data.draw(st.sampled_from(HALVES)).format(said)
    assert read_number(data.draw(marked(other)), item) is Problem.NOT_WHAT_IS_ASKED
    assert read_number(data.draw(marked(half)), item) is Problem.NOT_WHOLE


@given(data=st.data())
def test_a_range_is_an_option_with_whatever_dash(data):
    choices = tuple(Choice(code=code, label=label) for code, label in enumerate(("15–29", "30–44", "45–64"), 1))
    choice = data.draw(st.sampled_from(choices))
    low, high = choice.label.split("–")
    between = data.draw(st.sampled_from([*DASHES, *(f" {dash} " for dash in DASHES), " do ", " to "]))
    assert read_choice(data.draw(marked(f"{low}{between}{high}")), choices) == choice


@given(typed=st.text(st.sampled_from("0123456789,.½/-+() aendivštr" + MARKS), max_size=12), data=st.data())
def test_what_is_taken_is_what_the_question_allows(typed, data):
    asked, item_id = data.draw(st.sampled_from(SPOKEN))
    item = asked.item(item_id)
    alone = asked.model_copy(update={"items": (item.model_copy(update={"when": None}),)})
    outcome = answer(alone, {}, item_id, Typed(typed))
    assert isinstance(outcome, Accepted | Invalid)
    if isinstance(outcome, Invalid):
        assert bool(outcome.meant) is (outcome.problem is Problem.WHICH_CHOICE)
    elif item.kind is Kind.NUMBER:
        assert item.minimum <= outcome.changes[item_id].value <= item.maximum


def test_no_word_says_two_numbers():
    for words in WORDS:
        assert [number_of([word]) for word in words.split()] == list(range(8))


@pytest.mark.parametrize("item", CHOICES, ids=lambda item: item.id)
def test_every_list_of_ours_is_numbered_by_its_codes(item):
    assert numbered(item.choices) == tuple(str(choice.code) for choice in item.choices)
    assert len(set(named(item.choices))) == len(item.choices)


@pytest.mark.parametrize(
    ("words", "number"),
    [
        ("ventuno", 21),
        ("trentotto", 38),
        ("novantasei", 96),
        ("huszonöt", 25),
        ("harminchat", 36),
        ("kilencvenegy", 91),
        ("einundzwanzig", 21),
        ("dreißig", 30),
        ("siebenundneunzig", 97),
        ("enaindvajset", 21),
        ("nove", None),
    ],
)
def test_numbers_that_are_one_word_are_known(words, number):
    assert number_of([words]) == number
