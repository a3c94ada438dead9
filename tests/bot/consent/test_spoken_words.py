"""What the bot itself says, in every language: complete, within Telegram's limits, and easy where it says so."""

import inspect
import re
from itertools import product

import pytest

from bot.participant import question_cards
from bot.telegram.messages import TEXT_LIMIT, length, messages
from bot.texts import easy, english, slovene
from bot.texts.languages import WORDS
from surveys.languages import NAMES, localised
from surveys.load import load, shipped

THE_SAME = {
    "CHOSEN",
    "_always",
    "_explained",
    "answer",
    "ask",
    "ask_agreement",
    "explained",
    "known_as",
    "learned",
    "misread",
    "read_in",
    "on_day",
    "on_page",
    "own",
    "own_line",
    "own_name",
    "problem",
    "read_back",
    "thanks",
    "then_and_now",
    "type_number",
    *("amount", "several", "type_date"),  # made of words that each language has
    "_said_otherwise",
}

ALONE = 34  # characters of a button that is not cut on 320 px
PROGRAMMES = load([shipped()]).programmes


def names(texts):
    return {name for one in type(texts).__mro__ for name in vars(one) if one is not object and name[:2] != "__"}


PAIRS = [(slovene, easy), (slovene, english)]
KINDS = ("participant", "wishes", "stories", "sharing", "own_data", "talk", "web", "mail")


@pytest.mark.parametrize(("pair", "kind"), [*product(PAIRS, KINDS)])
def test_no_language_says_what_slovenian_does_not(pair, kind):
    assert names(getattr(pair[1], kind)) - names(getattr(pair[0], kind)) - {"_MONTHS"} == set()


@pytest.mark.parametrize("kind", KINDS)
def test_english_says_everything_in_its_own_words(kind):
    theirs, ours = getattr(english, kind), getattr(slovene, kind)
    left = {
        name
        for name in names(ours)
        if getattr(type(theirs), name) is getattr(type(ours), name) or getattr(theirs, name) == getattr(ours, name)
    }
    assert left - THE_SAME == set()


@pytest.mark.parametrize(("texts", "kind"), [*product((easy, english), KINDS)])
def test_a_language_takes_the_same_arguments(texts, kind):
    theirs, ours = getattr(texts, kind), getattr(slovene, kind)
    functions = [name for name in names(ours) if inspect.isroutine(getattr(ours, name))]
    assert {name: inspect.signature(getattr(theirs, name)) for name in functions} == {
        name: inspect.signature(getattr(ours, name)) for name in functions
    }


def words_of(value):
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        yield from value.values()


@pytest.mark.parametrize("language", WORDS)
def test_every_text_of_a_language_fits_a_message(language):
    words = WORDS[language]
    for texts in (words, words.wishes, words.stories, words.sharing, words.own_data, words.talk):
        for name in names(texts):
            for text in words_of(getattr(texts, name)):
                assert length(text) < TEXT_LIMIT, name


def test_easy_sentences_are_short():
    long = []
    for texts in (easy.participant, easy.wishes, easy.stories, easy.sharing, easy.own_data, easy.talk):
        for name in vars(type(texts)).keys() - {"__doc__", "__module__"}:
            for text in words_of(getattr(texts, name)):
                plain = re.sub(r"<[^>]+>", "", text)
                long += [one for one in re.split(r"[.!?:]\s|\n", plain) if len(re.findall(r"\w+", one)) > 12]
    assert long == []


def test_every_language_of_the_bot_has_a_name():
    assert WORDS.keys() - NAMES.keys() == set()


EVERY = [
    (slug, language, questionnaire.id)
    for slug, programme in PROGRAMMES.items()
    for language in programme.languages
    for questionnaire in programme.questionnaires
]


@pytest.mark.parametrize(("slug", "language", "name"), EVERY)
def test_every_card_of_every_questionnaire_fits_a_message_and_a_narrow_phone(slug, language, name):
    original = next(one for one in PROGRAMMES[slug].questionnaires if one.id == name)
    asked = localised(original, language).questionnaire
    for item in asked.items:
        screen = question_cards.question(WORDS[language], asked, {}, item, 10**6, 10**3)
        assert len(messages(screen)) == 1
        assert [
            button.label for (button,) in (row for row in screen.rows if len(row) == 1) if len(button.label) > ALONE
        ] == []
