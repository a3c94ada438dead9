"""What people type, read as options, numbers and texts."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from surveys.model import Choice, Item
from surveys.reading import (
    TEXT_LIMIT,
    Problem,
    Unclear,
    fold,
    numbered,
    read_choice,
    read_choices,
    read_number,
    read_text,
    says,
)

CHOICES = tuple(
    Choice(code=code, label=label) for code, label in enumerate(("nikoli", "zelo redko", "včasih, ko je čas", "da"), 1)
)
DAYS = Item(id="days", kind="number", text="Koliko dni?", minimum=0, maximum=31, unit="dni")
ANY = Item(id="any", kind="number", text="Koliko?")


@pytest.mark.parametrize(
    ("typed", "code"),
    [
        ("1", 1),
        ("2.", 2),
        ("2)", 2),
        ("(2)", 2),
        (" 4 ", 4),
        ("2,0", 2),
        ("2. zelo redko", 2),
        ("2 redko", 2),
        ("zelo redko (2)", 2),
        ("redko 2", 2),
        ("2 (dva)", 2),
        ("odgovor 2", 2),
        ("dva", 2),
        ("Three", 3),
        ("четири", 4),
        ("чотири", 4),
        ("katër", 4),
        ("４", 4),
        ("④", 4),
        ("٤", 4),
        ("4️⃣", 4),
        ("\u200f4\u200e", 4),
        ("nikoli", 1),
        ("»Nikoli!«", 1),
        ("ni\u200bkoli", 1),
        ("\u2068nikoli\u2069", 1),
        ("ZELO  REDKO", 2),
        ("zeloredko", 2),
        ("vcasih, ko je cas", 3),
        ("Da.", 4),
    ],
)
def test_an_option_is_named_by_its_number_or_its_words(typed, code):
    assert read_choice(typed, CHOICES) == CHOICES[code - 1]


@pytest.mark.parametrize(
    ("typed", "problem"),
    [
        ("", Problem.EMPTY),
        (" \n", Problem.EMPTY),
        ("0", Problem.NO_SUCH_CHOICE),
        ("5", Problem.NO_SUCH_CHOICE),
        ("9999", Problem.NO_SUCH_CHOICE),
        ("nič", Problem.NO_SUCH_CHOICE),
        ("5 jabolk", Problem.CHOOSE_A_BUTTON),
        ("2 jabolki", Problem.CHOOSE_A_BUTTON),
        ("2,5", Problem.CHOOSE_A_BUTTON),
        ("2 ali 3", Problem.CHOOSE_A_BUTTON),
        ("dvakrat", Problem.CHOOSE_A_BUTTON),
        ("redko", Problem.CHOOSE_A_BUTTON),
        ("🙂", Problem.CHOOSE_A_BUTTON),
    ],
)
def test_what_names_no_option_is_told_apart(typed, problem):
    assert read_choice(typed, CHOICES) is problem


@pytest.mark.parametrize(
    ("typed", "codes"),
    [
        ("2", [2]),
        ("1, 3", [1, 3]),
        ("1,3;4", [1, 3, 4]),
        ("3,0,1", None),
        ("1 in 3", [1, 3]),
        ("ena in tri", [1, 3]),
        ("one and three", [1, 3]),
        ("1 3 4", [1, 3, 4]),
        ("① ③", [1, 3]),
        ("1. 2.", [1, 2]),
        ("da, nikoli", [4, 1]),
        ("zelo redko; da", [2, 4]),
        ("včasih, ko je čas", [3]),
    ],
)
def test_several_options_are_named_at_once(typed, codes):
    read = read_choices(typed, CHOICES)
    assert read is Problem.NO_SUCH_CHOICE if codes is None else [choice.code for choice in read] == codes


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
        ("3-krat", 3),
        ("3,0", 3),
        ("3.0", 3),
        ("3 dana", 3),
        ("približno 3", 3),
        ("5 (pet)", 5),
        ("five (5)", 5),
        ("twenty-one", 21),
        ("dvadeset i jedan", 21),
        ("једанаест", 11),
        ("дванаесет", 12),
        ("п’ять", 5),
        ("двадцять один", 21),
        ("njëzet e një", 21),
        ("٣", 3),
        ("３", 3),
        ("③", 3),
        ("3️⃣", 3),
        ("\u200b3\u200f dni", 3),
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
        ("3 3", Problem.NOT_A_NUMBER),
        ("3 eden dva tri štiri", Problem.NOT_A_NUMBER),
        ("3 tisoč", Problem.NOT_WHAT_IS_ASKED),
        ("3 milijone", Problem.NOT_WHAT_IS_ASKED),
        ("3 in še kakšen dan povrhu", Problem.NOT_WHAT_IS_ASKED),
        ("3 tu sem jaz in ti", Problem.NOT_WHAT_IS_ASKED),
        ("2 po pet ur dela res", Problem.NOT_A_NUMBER),
        ("3 dni na teden", Problem.NOT_WHAT_IS_ASKED),
        ("3 ure", Problem.NOT_WHAT_IS_ASKED),
        ("več kot 3", Problem.NOT_WHAT_IS_ASKED),
        ("3+", Problem.NOT_WHAT_IS_ASKED),
        ("3²", Problem.NOT_WHAT_IS_ASKED),
        ("3%", Problem.NOT_WHAT_IS_ASKED),
        ("3" + " res" * 60, Problem.NOT_WHAT_IS_ASKED),
        ("3,5", Problem.NOT_WHOLE),
        ("3.5", Problem.NOT_WHOLE),
        ("1/2", Problem.NOT_WHOLE),
        ("3.000", Problem.NOT_WHOLE),
        ("3½", Problem.NOT_WHOLE),
        ("½", Problem.NOT_WHOLE),
        ("pol", Problem.NOT_WHOLE),
        ("three and a half", Problem.NOT_WHOLE),
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


# What labels say about numbers: the points of the list, what is typed, and what it means (several: one is asked).
CHILDREN = "0 otrok · 1 otrok · 2 otroka · 3 otroci ali več"
MARKS = " · ".join(f"ocena {mark}" for mark in range(11))
BARE = " · ".join(map(str, range(11)))
OFTEN = "nikoli · 1–2-krat na mesec · 1-krat na teden · večkrat"
AGES = "manj kot 15 · 15–29 · 30–44 · 45 ali več"
FEW = "nobeden · eden · dva · trije ali več"


@pytest.mark.parametrize(
    ("labels", "typed", "named"),
    [
        (CHILDREN, "3", ["3 otroci ali več"]),
        (CHILDREN, "0", ["0 otrok"]),
        (CHILDREN, "nič", ["0 otrok"]),
        (CHILDREN, "4", ["3 otroci ali več"]),
        (CHILDREN, "dva", ["2 otroka"]),
        (CHILDREN, "3 otroci", ["3 otroci ali več"]),
        (CHILDREN, "2 otroci", ["2 otroka"]),
        (MARKS, "10", ["ocena 10"]),
        (MARKS, "9", ["ocena 9"]),
        (MARKS, "Ocena 0", ["ocena 0"]),
        (MARKS, "11", ["ocena 10"]),
        (BARE, "10", ["10"]),
        (BARE, "0", ["0"]),
        (BARE, "nula", ["0"]),
        (BARE, "⑩", ["10"]),
        (BARE, "7/10", ["7", "10"]),
        (OFTEN, "1", ["1–2-krat na mesec", "1-krat na teden"]),
        (OFTEN, "2", ["1–2-krat na mesec"]),
        (OFTEN, "0", ["nikoli"]),
        (OFTEN, "4", ["večkrat"]),
        (OFTEN, "1-krat na teden", ["1-krat na teden"]),
        (OFTEN, "1–krat na teden", ["1-krat na teden"]),
        (OFTEN, "2. nikoli", ["1–2-krat na mesec", "nikoli"]),
        (OFTEN, "9", None),
        (AGES, "15-29", ["15–29"]),
        (AGES, "15 — 29", ["15–29"]),
        (AGES, "od 15 do 29", ["15–29"]),
        (AGES, "20", ["15–29"]),
        (AGES, "14", ["manj kot 15"]),
        (AGES, "70", ["45 ali več"]),
        (AGES, "45+", ["45 ali več"]),
        (AGES, "15-30", None),
        (FEW, "2", ["dva"]),
        (FEW, "trije", ["trije ali več"]),
        (FEW, "5", ["trije ali več"]),
        (FEW, "0", ["nobeden"]),
    ],
)
def test_a_number_that_stands_in_a_label_means_that_option(labels, typed, named):
    choices = tuple(Choice(code=code, label=label) for code, label in enumerate(labels.split(" · "), 1))
    read = read_choice(typed, choices)
    if named is None:
        assert read in {Problem.NO_SUCH_CHOICE, Problem.CHOOSE_A_BUTTON}
        return
    found = read.choices if isinstance(read, Unclear) else (read,)
    assert [choice.label for choice in found] == named
    asked = len(named) > 1 or (labels, typed) in {(OFTEN, "4"), (MARKS, "11")}
    assert isinstance(read, Unclear) is asked
    if "-" not in typed:
        assert read_choices(typed, choices) == (read if asked else (read,))


def test_what_is_printed_before_a_label_is_what_is_typed():
    assert numbered(CHOICES) == ("1", "2", "3", "4")
    retold = tuple(Choice(code=code, label=label) for code, label in enumerate(("še nič", "nekaj besed", "vse")))
    assert numbered(retold) == ("0", "1", "2")
    assert [read_choice(number, retold) for number in numbered(retold)] == list(retold)
    for labels in (CHILDREN, MARKS, BARE, OFTEN, AGES, FEW):
        choices = tuple(Choice(code=code, label=label) for code, label in enumerate(labels.split(" · ")))
        assert numbered(choices) == (None,) * len(choices)


def test_a_number_and_words_that_differ_are_asked_about():
    assert read_choice("2. nikoli", CHOICES) == Unclear((CHOICES[1], CHOICES[0]))
    assert read_choice("nikoli (2)", CHOICES) == Unclear((CHOICES[1], CHOICES[0]))
    assert read_choice("7. nikoli", CHOICES) == Unclear((CHOICES[0],))
    assert read_choices("1, 2 nikoli", CHOICES) == Unclear((CHOICES[1], CHOICES[0]))


@pytest.mark.parametrize(
    ("typed", "words", "same"),
    [
        ("nevem", "Ne vem", True),
        ("NE VEM.", "Ne vem", True),
        ("ne\u200b vem", "Ne vem", True),
        ("dont know", "Don’t know", True),
        ("ne zelim odgovoriti", "Ne želim odgovoriti", True),
        ("ne vem kje", "Ne vem", False),
        ("1 2", "12", False),
        ("🙂", "🙃", False),
    ],
)
def test_words_are_known_again_without_carons_marks_and_spaces(typed, words, same):
    assert says(typed, words) is same


WEEKLY = Item(id="days", kind="number", text="Koliko dni na teden berete?", minimum=0, maximum=7, unit="dni")
ENGLISH = WEEKLY.model_copy(update={"text": "How many days a week do you read?"})
STEPS = Item(id="steps", kind="number", text="Koliko korakov naredite v 2 tednih?", minimum=0, unit="korakov")
BOOKS = Item(id="books", kind="number", text="Koliko knjig si otrok izposodi na mesec?", minimum=0, unit="knjig")
HOURS = Item(id="hours", kind="number", text="Koliko ur na dan berete?", minimum=0, maximum=24, unit="")


@pytest.mark.parametrize(
    ("item", "typed", "number"),
    [
        (WEEKLY, "3 dni na teden", 3),
        (WEEKLY, "3x na teden", 3),
        (WEEKLY, "3 × tedensko", 3),
        (WEEKLY, "trikrat v tednu", 3),
        (WEEKLY, "berem 3 dni", 3),
        (WEEKLY, "mislim, da približno 3 🙂", 3),
        (WEEKLY, "vsak dan", 7),
        (WEEKLY, "vsak dan v tednu", 7),
        (WEEKLY, "vse dni", 7),
        (WEEKLY, "кожен день", 7),
        (WEEKLY, "3 dni/teden", 3),
        (WEEKLY, "3x/teden", 3),
        (WEEKLY, "3d", 3),
        (WEEKLY, "po 3 dni", 3),
        (WEEKLY, "nikoli", 0),
        (WEEKLY, "noben dan", 0),
        (ENGLISH, "twice a week", 2),
        (ENGLISH, "every day", 7),
        (ENGLISH, "three days", 3),
        (ENGLISH, "3 dni", 3),
        (STEPS, "3 korake", 3),
        (STEPS, "3 v 2 tednih", 3),
        (BOOKS, "3 knjige na mesec", 3),
        (BOOKS, "otrok si izposodi 3", 3),
        (HOURS, "2 uri na dan", 2),
        (HOURS, "2 uri dnevno", 2),
    ],
)
def test_words_of_the_question_change_no_number(item, typed, number):
    assert read_number(typed, item) == number


@pytest.mark.parametrize(
    ("item", "typed"),
    [
        (WEEKLY, "enkrat na mesec"),
        (WEEKLY, "2x na mesec"),
        (WEEKLY, "2 uri na dan"),
        (WEEKLY, "3 leta"),
        (WEEKLY, "5 minut"),
        (WEEKLY, "6 tednov"),
        (WEEKLY, "3 mesečno"),
        (WEEKLY, "4 сата на дан"),
        (WEEKLY, "5 хвилин"),
        (WEEKLY, "2 hours"),
        (WEEKLY, "2 herë në muaj"),
        (WEEKLY, "skoraj 3"),
        (WEEKLY, "3 ali več"),
        (WEEKLY, "ne 3"),
        (STEPS, "3 na teden"),
        (STEPS, "3 tedne"),
        (STEPS, "5 jabolk"),
        (BOOKS, "2x na mesec"),
        (BOOKS, "3 knjige na teden"),
        (HOURS, "2 dni"),
        (HOURS, "2 uri na teden"),
    ],
)
def test_a_number_of_something_else_is_asked_for_again(item, typed):
    assert read_number(typed, item) is Problem.NOT_WHAT_IS_ASKED


def test_every_day_but_some_is_no_number():
    assert read_number("vsak dan razen nedelje", WEEKLY) is Problem.NOT_A_NUMBER
    assert read_number("vsak teden", WEEKLY) is Problem.NOT_A_NUMBER
    assert read_number("vsak dan", BOOKS) is Problem.NOT_A_NUMBER


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
        ("a" * TEXT_LIMIT, "a" * TEXT_LIMIT),
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
        ("a" * (TEXT_LIMIT + 1), Problem.TOO_LONG),
    ],
)
def test_a_text_says_something_and_ends(typed, problem):
    assert read_text(typed) is problem


@given(st.text())
def test_whatever_is_typed_is_read_or_refused(typed):
    assert isinstance(read_choice(typed, CHOICES), Choice | Unclear | Problem)
    assert isinstance(read_choices(typed, CHOICES), tuple | Unclear | Problem)
    assert isinstance(read_number(typed, DAYS), int | Problem)
    text = read_text(typed)
    assert isinstance(text, Problem) or text.encode().decode() == text
    assert fold(fold(typed)) == fold(typed)
