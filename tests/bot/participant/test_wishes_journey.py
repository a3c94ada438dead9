"""»Ne zdaj« on real parts over HTTP: another day, no more messages, and what the library is spared."""

from datetime import UTC, date, datetime
from functools import partial

import pytest

from bot.actions import participant as actions
from bot.texts.slovene import participant
from storage.calls import needing
from tests.bot.delivery.test_delivery import BREZICE, enrolled_person, new_messages
from tests.bot.participant.test_participant_journey import finish

NBSP = "\u00a0"
INVITATION = "Knjižnica Brežice: Vprašalnik ob koncu"
REMINDER = "Knjižnica Brežice"


async def invited(village):
    """Somebody who has just been invited to the second questionnaire, on Monday, 4. 5. 2026, after the meeting."""
    person = await enrolled_person(village, answered=True)
    await village.travel(datetime(2026, 5, 4, 15, 0, tzinfo=UTC))
    assert person.screen.text.startswith(INVITATION)
    assert person.buttons == ["Začni", "Ne zdaj"]
    return person


async def tap(person, *labels):
    for label in labels:
        await person.taps(label)
        await person.settles()


def days(person, before, village):
    """When messages came since, as local days and hours."""
    zone = village.services.policy.zone
    return [f"{datetime.fromtimestamp(one.date, zone):%d.%m. %H:%M}" for one in person.messages[before:] if one.by_bot]


async def test_tomorrow_moves_the_next_message_and_says_the_day(village):
    person = await invited(village)
    await tap(person, "Ne zdaj")
    assert person.screen.text == (
        "V redu. Kdaj naj vas spet spomnimo?\n\n"
        f"• Jutri: v torek, 5.{NBSP}5.{NBSP}2026\n• Čez en teden: v ponedeljek, 11.{NBSP}5.{NBSP}2026\n\n"
        f"Vprašalnik se zapre v ponedeljek, 18.{NBSP}5.{NBSP}2026."
    )
    assert person.buttons == ["Jutri", "Čez en teden", "Ne več", "‹ Nazaj"]
    before = len(person.messages)
    await tap(person, "Jutri")
    assert person.screen.text == (
        f"Velja. Spet vam pišemo v torek, 5.{NBSP}5.{NBSP}2026.\n\n"
        f"Odgovorite lahko tudi prej, z ukazom /anketa. Vprašalnik se zapre v ponedeljek, 18.{NBSP}5.{NBSP}2026."
    )
    await village.wait(days=14)
    assert days(person, before, village) == ["05.05. 10:00", "11.05. 17:00"]


async def test_a_week_later_on_a_reminder_is_its_only_message_until_then(village):
    person = await invited(village)
    await village.wait(days=2)
    before = len(person.messages)
    await tap(person, "Ne zdaj", "Čez en teden")
    await village.wait(days=12)
    assert days(person, before, village) == ["13.05. 10:00"]
    assert new_messages(person, before) == [REMINDER]


async def test_where_a_week_is_too_late_the_last_day_that_fits_is_offered(village):
    person = await invited(village)
    await village.wait(days=7, hours=16)
    await tap(person, "Ne zdaj")
    assert person.buttons == ["Jutri", f"V ponedeljek, 18.{NBSP}5.{NBSP}2026", "Ne več", "‹ Nazaj"]
    assert person.screen.text.endswith(
        f"• Jutri: v sredo, 13.{NBSP}5.{NBSP}2026\n• V ponedeljek, 18.{NBSP}5.{NBSP}2026\n\n"
        f"Čez en teden bo za odgovor prepozno: vprašalnik se zapre v ponedeljek, 18.{NBSP}5.{NBSP}2026."
    )
    before = len(person.messages)
    await tap(person, "V ponedeljek")
    await village.wait(days=7)
    assert days(person, before, village) == ["18.05. 10:00"]


async def test_on_the_last_day_there_is_honestly_nothing_later(village):
    person = await invited(village)
    await village.wait(days=13, hours=20)
    await tap(person, "Ne zdaj")
    assert person.screen.text == (
        f"V redu.\n\nVprašalnik se zapre v ponedeljek, 18.{NBSP}5.{NBSP}2026, zato vas pozneje ne moremo več spomniti. "
        "Do takrat lahko odgovorite z ukazom /anketa."
    )
    assert person.buttons == ["Ne več", "‹ Nazaj"]
    await tap(person, "‹ Nazaj")
    assert person.buttons == ["Začni", "Ne zdaj"]


async def test_no_more_is_asked_once_and_leaves_the_questionnaire_open(village):
    person = await invited(village)
    await tap(person, "Ne zdaj", "Ne več")
    assert person.screen.text.startswith("Želite, da vam o tem vprašalniku ne pišemo več?")
    assert person.buttons == ["Ne pišite več o tem", "‹ Nazaj"]
    before = len(person.messages)
    await tap(person, "Ne pišite")
    assert person.screen.text == (
        "V redu, o tem vprašalniku vam ne pišemo več.\n\nČe si premislite, lahko odgovorite z ukazom /anketa. "
        f"Vprašalnik se zapre v ponedeljek, 18.{NBSP}5.{NBSP}2026."
    )
    await village.wait(days=12)
    assert days(person, before, village) == []
    calls = partial(needing, programmes=[BREZICE], now=village.clock())
    assert await village.services.database.read(calls) == []
    await person.says("/anketa")
    await person.settles()
    assert person.screen.text.startswith("1 od 11")


async def test_the_next_wave_invites_again_after_no_more_of_this_one(village):
    person = await invited(village)
    await tap(person, "Ne zdaj", "Ne več", "Ne pišite")
    before = len(person.messages)
    await village.travel(datetime(2026, 8, 3, 8, 0, tzinfo=UTC))
    assert days(person, before, village) == ["03.08. 10:00"]


@pytest.mark.parametrize("new_query_id", [False, True])
async def test_a_double_tap_and_an_old_card_wish_once(village, new_query_id):
    person = await invited(village)
    await tap(person, "Ne zdaj")
    card, data = person.screen.id, person.screen.buttons[0][0].data
    before = len(person.messages)
    await person.taps("Jutri", again=True, new_query_id=new_query_id)
    await person.settles()
    await person.taps_data(card, data)
    await person.settles()
    assert person.screen.text.startswith("Velja. Spet vam pišemo v torek")
    assert person.unanswered == 0
    await village.wait(days=1)
    assert days(person, before, village) == ["05.05. 10:00"]
    await person.taps_data(card, data)  # that day has come
    await person.settles()
    assert person.buttons == ["Jutri", "Čez en teden", "Ne več", "‹ Nazaj"]


async def test_whoever_has_begun_can_put_off_the_rest(village):
    person = await enrolled_person(village)
    await tap(person, "precej dobro")
    await village.wait(days=2, hours=1)
    assert person.buttons == ["Nadaljuj", "Ne zdaj"]
    await tap(person, "Ne zdaj", "Jutri", "Nadaljuj")
    assert person.screen.text.startswith("2 od 8")


async def test_who_answers_is_not_reminded_on_the_day_that_was_wished(village):
    person = await invited(village)
    await tap(person, "Ne zdaj", "Jutri", "Začni")
    await finish(person)
    before = len(person.messages)
    await village.wait(days=14)
    assert days(person, before, village) == []


async def test_a_button_for_a_questionnaire_that_has_closed_says_so(village):
    person = await invited(village)
    await tap(person, "Ne zdaj")
    card = person.screen
    await village.wait(days=15)
    for button in (row[0] for row in card.buttons):
        await person.taps_data(card.id, button.data)
        await person.settles()
        assert person.screen.text == "Ta vprašalnik je že zaprt. Hvala za sodelovanje!"


@pytest.mark.parametrize(
    "asks",
    [
        lambda occasion: actions.postpone_until(occasion, date(2026, 5, 5)),
        *(actions.mute_occasion, actions.ask_to_mute, actions.postpone, actions.back_to_invitation),
    ],
)
async def test_nobody_else_wishes_for_a_person(village, asks):
    person = await invited(village)
    (occasion,) = actions.begin_answering.arguments_of(person.screen.buttons[0][0].data)
    stranger = village.simulator.person("Tujec")
    await stranger.says("/start")
    await stranger.settles()
    await stranger.taps_data(stranger.screen.id, asks(occasion))
    await stranger.settles()
    assert stranger.toasts[-1].text == "Ta gumb tukaj ne velja."
    before = len(person.messages)
    await village.wait(days=2)
    assert days(person, before, village) == ["06.05. 17:00"]


async def test_thanks_leave_what_was_wished_and_words_at_the_choice_are_told_of_the_buttons(village):
    person, talk = await invited(village), participant.talk
    await tap(person, "Ne zdaj")
    choice = person.screen.text
    await person.says("jutri")
    await person.settles()
    assert person.screen.text == f"{talk.BY_BUTTON}\n\n{choice}"
    assert person.buttons == ["Jutri", "Čez en teden", "Ne več", "‹ Nazaj"]
    await tap(person, "Jutri")
    wished = person.screen.text
    await person.says("hvala")
    await person.settles()
    assert person.screen.text == f"{talk.WELCOME}\n\n{wished}"
