"""What is typed in place of a tap: numbers in every form, and the question again where a number is another."""

import pytest

from bot.texts.languages import WORDS
from surveys.model import Choice, Item
from surveys.reading import Problem
from tests.bot.participant.test_participant_journey import BREZICE, joined, say, stored, tap

DAYS = Item(id="days", kind="number", text="Koliko dni na teden berete & pišete?", minimum=5, maximum=7, unit="dni")
FEW = tuple(Choice(code=code, label=label) for code, label in enumerate(("1 & 2 otroka", "3 otroci ali več")))


async def test_a_number_is_read_in_every_form_and_asked_for_again_in_the_unit_of_the_question(village):
    person = await joined(village)
    await say(person, "štiri")
    await say(person, "③")
    assert "Koliko dni na teden" in person.screen.text
    again = "Koliko dni na teden uporabljate računalnik? Napišite samo število, na primer 3."
    for typed, told in [
        ("2 uri na dan", again),
        ("enkrat na mesec", again),
        ("3½", "Tukaj potrebujemo celo število, brez polovic in decimalk, na primer 3."),
        ("ne uporabljam", "Tukaj potrebujemo eno številko, na primer 3."),
        ("8", "Številka je prevelika. Največja možna je 7."),
    ]:
        await say(person, typed)
        assert person.screen.text.split("\n\n")[0] == told
    await say(person, "3,0 dni na teden")
    assert "Za kaj uporabljate računalnik?" in person.screen.text
    await say(person, "ena in 3")
    await tap(person, "Naprej")
    await say(person, "nevem")
    assert await stored(village) == {
        "primary": (4, None),
        "fraud": (3, None),
        "computer_days": (3, None),
        "purposes": (10, None),
        "about_life": (1, None),
        "problem_solving": (None, "dont_know"),
    }


def listed(item, labels, first=0):
    """A question with these options instead of its own."""
    choices = tuple(Choice(code=code, label=label) for code, label in enumerate(labels, first))
    return item.model_copy(update={"choices": choices})


def with_lists(services, *lists):
    """The house asks in Brežice, before anything else, questions with these options."""
    programme = services.programmes[BREZICE]
    changed = []
    for one in programme.questionnaires:
        items = [listed(item, *given) for item, given in zip(one.items[:2], lists, strict=True)]
        changed.append(one.model_copy(update={"items": (*items, *one.items[2:])}))
    services.programmes[BREZICE] = programme.model_copy(update={"questionnaires": tuple(changed)})


async def test_a_number_in_a_label_is_that_option_and_what_is_unclear_is_asked(village):
    children = ("0 otrok", "1 otrok", "2 otroka", "3 otroci ali več")
    often = ("nikoli", "1–2-krat na mesec", "1-krat na teden", "vsak dan")
    with_lists(village.services, (children, 1), (often, 1))
    person = await joined(village)
    assert person.buttons[:4] == list(children)
    await say(person, "3")
    assert person.buttons[:4] == list(often)
    await say(person, "1")
    asked = "Mislite odgovor »1–2-krat na mesec« ali »1-krat na teden«? Napišite besede ali izberite gumb."
    assert person.screen.text.split("\n\n")[0] == asked
    await say(person, "4")
    assert person.screen.text.split("\n\n")[0] == "Mislite odgovor »vsak dan«? Napišite besede ali izberite gumb."
    await say(person, "1-krat na teden")
    assert await stored(village) == {"primary": (4, None), "fraud": (3, None)}


async def test_marks_from_0_to_10_are_typed_as_they_stand(village):
    marks = tuple(map(str, range(11)))
    with_lists(village.services, (marks,), (tuple(f"ocena {mark}" for mark in marks), 1))
    person = await joined(village)
    await say(person, "10")
    await say(person, "10")
    assert await stored(village) == {"primary": (10, None), "fraud": (11, None)}


@pytest.mark.parametrize(
    ("language", "kind", "told"),
    [
        (
            "sl",
            Problem.NOT_WHAT_IS_ASKED,
            "Koliko dni na teden berete &amp; pišete? Napišite samo število, na primer 5.",
        ),
        (
            "sl",
            Problem.WHICH_CHOICE,
            "Mislite odgovor »1 &amp; 2 otroka« ali »3 otroci ali več«? Napišite besede ali izberite gumb.",
        ),
        (
            "sl-x-lahko",
            Problem.WHICH_CHOICE,
            "Mislite odgovor »1 &amp; 2 otroka« ali »3 otroci ali več«?\nNapišite besede. Lahko tudi izberete gumb.",
        ),
        (
            "en",
            Problem.WHICH_CHOICE,
            "Do you mean “1 &amp; 2 otroka” or “3 otroci ali več”? Write the words or choose a button.",
        ),
    ],
)
def test_what_is_unclear_is_asked_in_the_language_of_the_person(language, kind, told):
    assert WORDS[language].problem(kind, DAYS, FEW) == told


@pytest.mark.parametrize("language", WORDS)
def test_every_problem_has_a_sentence_in_every_language(language):
    assert WORDS[language].PROBLEMS.keys() == set(Problem)
