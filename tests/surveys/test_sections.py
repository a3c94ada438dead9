"""Sections, limits of choices and words beside an option: what a definition says, and how each mistake is told."""

import re

import pytest
from plugins.authored import read

from surveys import engine
from surveys.languages import localised
from surveys.model import Answer, NonAnswer
from tests.bot.participant.test_authored_questions import SECTIONS

ENGLISH = """
[texts]
"O branju" = "On reading"
"Kaj radi berete?" = "What do you like to read?"
"romane" = "novels"
"pesmi" = "poems"
"stripe" = "comics"
"drugo" = "other"
"nič od tega" = "none of these"
"Kaj drugega radi berete?" = "What else do you like to read?"
"Koliko dni na teden berete?" = "How many days a week do you read?"
"V tednu je 7 dni." = "A week has 7 days."
"""


def questionnaire(folder, **files):
    loaded = read(folder, SECTIONS, **files)
    assert [one.sentence for one in loaded.problems] == []
    return loaded.programmes["kraj-branje"].questionnaires[0]


def test_headings_messages_and_words_beside_options_are_translated(tmp_path):
    found = localised(questionnaire(tmp_path, en=ENGLISH), "en").questionnaire
    assert found.sections[0].title == "On reading"
    assert found.item("days").message == "A week has 7 days."
    assert found.item("topics_other").text == "What else do you like to read?"


def test_a_definition_comes_back_from_storage_as_it_was(tmp_path):
    found = questionnaire(tmp_path)
    assert type(found).model_validate_json(found.model_dump_json()) == found


def test_a_half_chosen_answer_that_is_none_counts_as_skipped(tmp_path):
    found = questionnaire(tmp_path)
    held = {"primary": Answer(value=2)}
    for value, settled in ((0b1, None), (0b11, 0b11), (0b10000, 0b10000)):
        closed = engine.close(found, {**held, "topics": Answer(value=value, draft=True)})["topics"]
        assert closed == (Answer(non_answer=NonAnswer.SKIPPED) if settled is None else Answer(value=settled))


SHORTER = f'shorten the id "{"t" * 27}"'
TOO_LONG = f'which is too long; shorten the name "{"N" * 59}"'
BREAKS = [
    ("fewest = 2", "fewest = 3", '"fewest" 3 is over "most" 2; exchange them'),
    ("most = 2", "most = 5", '"most" is 5, but only 4 options may be chosen together'),
    ("fewest = 2", "fewest = 0", '"fewest" must be a whole number, 1 or more'),
    ('kind = "multiple"', 'kind = "choice"', '"alone" means nothing for the kind "choice"; leave it out'),
    ('label = "stripe"', 'label = "stripe", other = "Katere?"', 'another option asks for words; leave "other" out'),
    (
        'id = "topics"',
        f'id = "{"t" * 27}"',
        f'the words would be called "{"t" * 27}_other", which is too long; {SHORTER}',
    ),
    (
        'id = "topics"',
        f'id = "topics"\nname = "{"N" * 59}"',
        f'the words would be called "{"N" * 59}_other", {TOO_LONG}',
    ),
    ('section = "reading"\n\n[[items]]\nid = "last"', '[[items]]\nid = "last"', None),
    (
        'id = "last"',
        'id = "last"\nsection = "writing"',
        'there is no section "writing"; sections here: reading',
    ),
    (
        'id = "days"\nsection = "reading"',
        'id = "days"',
        'items of the section "reading" stand before; put them together',
    ),
    (
        '[[sections]]\nid = "reading"',
        '[[sections]]\nid = "empty"\ntitle = "Prazno"\n\n[[sections]]\nid = "reading"',
        'no item stands in the section "empty"; write section = "empty" at its items',
    ),
    (
        '[[sections]]\nid = "reading"',
        '[[sections]]\nid = "reading"\ntitle = "Isto"\n\n[[sections]]\nid = "reading"',
        'the section "reading" stands twice; rename or remove one',
    ),
    (
        'when = { item = "primary", is = "eq", value = 2 }',
        'when = { item = "days", is = "eq", value = 2 }',
        'the rule looks at "days", which stands later or is this item itself; a rule may look at earlier items only',
    ),
    ('use = "life_satisfaction"\nsection = "reading"', 'use = "life_satisfaction"\nsection = 5', None),
    ('title = "O branju"', 'title = ""', '"title" is empty; write the words'),
]


@pytest.mark.parametrize(("old", "new", "sentence"), BREAKS)
def test_each_mistake_is_told(tmp_path, old, new, sentence):
    assert old in SECTIONS
    loaded = read(tmp_path, SECTIONS.replace(old, new, 1))
    found = [one.sentence for one in loaded.problems]
    if sentence is None:
        assert found == ([] if "section = 5" not in new else ['"section" must be words between quotes'])
    else:
        assert sentence in found
        assert all(re.match(r"before\.toml", one.file.name) and one.line for one in loaded.problems)


def test_an_unknown_section_and_empty_words_are_told_beside_other_mistakes(tmp_path):
    broken = SECTIONS.replace('section = "reading"\nkind = "number"', 'section = "writing"\nkind = "number"')
    broken = broken.replace('other = "Kaj drugega radi berete?"', 'other = ""')
    broken += '\n[[items]]\nid = "x"\nkind = "number"\ntext = "Koliko?"\nmessage = ""\n'
    said = [one.sentence for one in read(tmp_path, broken).problems]
    assert 'there is no section "writing"; sections here: reading' in said
    assert '"other" is empty; write what is asked, or leave it out' in said
    assert '"message" is empty; write the words, or leave it out' in said


def test_a_day_that_is_none_is_told_as_one(tmp_path):
    item = '\n[[items]]\nid = "x"\nkind = "date"\ntext = "Kdaj?"\nminimum = 1970-13-01\n'
    (problem,) = [one.sentence for one in read(tmp_path, item).problems if "day" in one.sentence]
    assert problem == "there is no day 1970-13-01; write year, month and day like 2026-12-31"


def test_a_slip_behind_a_day_that_is_one_is_not_told_of_the_day(tmp_path):
    item = '\n[[items]]\nid = "x"\nkind = "date"\ntext = "Kdaj?"\nminimum = 1970-12-01 x\n'
    assert not [one for one in read(tmp_path, item).problems if "there is no day" in one.sentence]
