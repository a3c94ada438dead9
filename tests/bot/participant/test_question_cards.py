"""The cards of questions: what stands on buttons and what in the text; the summary, where one may change."""

import pytest
from plugins.at_the_desk import say, tap

from bot.actions import participant as actions
from bot.participant import question_audio, question_cards
from bot.texts.slovene import participant as words
from surveys.load import load, shipped
from surveys.model import Answer, Choice, Item, Kind, Questionnaire

BREZICE = "brezice-racunalnik"
SCALE = ("nikoli", "redko", "včasih", "pogosto", "vedno")
LONG = "računalnik uporabljam samo takrat, kadar mi kdo pomaga"


def asked(*labels, kind=Kind.SCALE, **more):
    choices = tuple(Choice(code=code, label=label) for code, label in enumerate(labels, 1))
    return Item(id="one", kind=kind, text="Kako pogosto?", choices=choices, **{"dont_know": False, **more})


def card(item, answers=None, **how):
    questionnaire = Questionnaire(
        id="q", title="Vprašalnik", items=(item, asked("da", "ne").model_copy(update={"id": "two"}))
    )
    return question_cards.question(words, questionnaire, answers or {}, item, 1, 0, **how)


def rows(screen):
    return [[button.label for button in row] for row in screen.rows]


def test_options_stand_once_on_the_buttons_with_the_number_that_may_be_typed():
    screen = card(asked(*SCALE))
    assert screen.text == "1 od 2\n\n<b>Kako pogosto?</b>"
    assert rows(screen) == [["1 · nikoli"], ["2 · redko"], ["3 · včasih"], ["4 · pogosto"], ["5 · vedno"]]


def test_where_cards_are_read_aloud_the_options_stand_in_the_text_too():
    screen = card(asked(*SCALE), aloud=True)
    assert screen.text.endswith("\n\n1 · nikoli\n2 · redko\n3 · včasih\n4 · pogosto\n5 · vedno")
    assert rows(screen) == rows(card(asked(*SCALE)))


def test_what_no_button_holds_stands_whole_in_the_text_and_is_cut_on_the_button():
    screen = card(asked("nikoli", LONG))
    assert screen.text.endswith(f"\n\n1 · nikoli\n2 · {LONG}")
    assert rows(screen) == [["1 · nikoli"], ["2 · računalnik uporabljam samo ta…"]]


def test_labels_that_carry_numbers_get_no_other_ones():
    assert rows(card(asked("0 otrok", "1 otrok", "2 otroka"))) == [["0 otrok"], ["1 otrok"], ["2 otroka"]]
    assert question_audio.words(asked("0 otrok", "1 otrok")) == ("Kako pogosto?", "0 otrok", "1 otrok")


@pytest.mark.parametrize(
    ("numbers", "expected"),
    [
        (range(11), ["0 1 2 3", "4 5 6 7", "8 9 10"]),
        (range(1, 8), ["1 2 3 4", "5 6 7"]),
        (range(1, 6), ["1 2 3", "4 5"]),
    ],
)
def test_a_scale_of_bare_numbers_shares_rows_evenly(numbers, expected):
    screen = card(asked(*map(str, numbers)))
    assert [" ".join(row) for row in rows(screen)] == expected


def test_what_was_chosen_is_marked_before_its_number():
    assert rows(card(asked(*SCALE), {"one": Answer(value=2)}))[1] == ["✓ 2 · redko"]


def test_every_shipped_scale_stands_on_its_buttons_alone():
    for programme in load([shipped()]).programmes.values():
        for questionnaire in programme.questionnaires:
            for item in questionnaire.items:
                screen = question_cards.question(words, questionnaire, {}, item, 1, 0)
                assert [choice.label for choice in item.choices if choice.label in screen.text.splitlines()] == []


async def to_the_summary(person):
    """Answer whatever is asked with its first option until the summary."""
    for _ in range(40):
        if "Oddaj odgovore" in person.buttons:
            return
        if "Napišite številko" in person.screen.text:
            await say(person, "1")
        else:
            await tap(person, person.buttons[0])
            if "Naprej ›" in person.buttons and person.buttons[0].startswith("✓"):
                await tap(person, "Naprej")
    raise AssertionError("the questionnaire has no end")


async def joined(village):
    enrolled = await village.enrol(await village.cohort(BREZICE))
    person = village.simulator.person("Marija")
    await person.follows(village.link(enrolled.token))
    await person.settles()
    await tap(person, "Da")
    return person


async def test_each_answer_of_the_summary_leads_to_its_question_and_back(village):
    person = await joined(village)
    await to_the_summary(person)
    lines = person.screen.text.split("\n\n")
    assert lines[:2] == ["Vaši odgovori", "1. Kako vam gre delo z računalnikom?\nne gre"]
    assert person.buttons[0] == "1 · ne gre"
    assert person.buttons[-2:] == ["Oddaj odgovore", "‹ Nazaj"]
    await tap(person, "1 · ne gre")
    assert person.screen.text.startswith("1 od 8\n\nKako vam gre delo z računalnikom?")
    assert person.buttons == [
        "✓ 1 · ne gre", "2 · zelo težko", "3 · z nekaj pomoči", "4 · precej dobro", "5 · brez težav",
        "Ne vem", "Vsi odgovori",
    ]  # fmt: skip
    await tap(person, "Vsi odgovori")
    assert person.buttons[0] == "1 · ne gre"
    await tap(person, "1 · ne gre")
    await tap(person, "precej dobro")
    assert person.screen.text.split("\n\n")[:2] == [
        "Vaši odgovori", "1. Kako vam gre delo z računalnikom?\nprecej dobro"
    ]  # fmt: skip
    assert person.buttons[0] == "1 · precej dobro"


async def test_a_tap_on_the_summary_of_an_older_version_is_answered_with_where_one_is(village):
    person = await joined(village)
    await tap(person, "precej dobro")
    run = person.screen.buttons[0][0].data.split(":")[1]
    for index in (3, 99):  # not reached yet, and none
        await person.taps_data(person.screen.id, actions.change_answer(int(run), index))
        await person.settles()
        assert person.screen.text.startswith("2 od 8")


async def test_a_card_that_a_typed_answer_leaves_above_says_what_was_answered(village):
    person = await joined(village)
    asked = person.screen.id
    await say(person, "2")
    assert person.screen.id != asked
    left = next(message for message in person.messages if message.id == asked)
    assert (left.text, left.labels) == (
        "1 od 8\n\nKako vam gre delo z računalnikom?\n\nVaš odgovor: zelo težko", []
    )  # fmt: skip
    card = person.screen.id
    await say(person, "kar nekaj")  # what is no answer leaves the question as it was
    left = next(message for message in person.messages if message.id == card)
    assert (left.text.splitlines()[-1], left.labels) == ("Na primer: neznanec v imenu banke želi vaše geslo.", [])
