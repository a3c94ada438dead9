"""After handing in: thanks that say what comes next; answers may be corrected until the questionnaire closes."""

import pytest
from plugins.at_the_desk import drawn_again, forge, query, say, tap
from sqlalchemy import select

from bot.actions import participant as actions
from bot.texts import easy, english, slovene
from storage import schema
from storage.schema import DeliveryState, OccasionState

BREZICE = "brezice-racunalnik"
THANKS = (
    "Hvala! Vaši odgovori so shranjeni.\n\nŽelimo vam prijetna srečanja.\n\n"
    "Naslednji vprašalnik dobite v ponedeljek, 4. 5. 2026.\n\n"
    "Želite kaj popraviti? To je mogoče, dokler se vprašalnik ne zapre (v ponedeljek, 16. 3. 2026)."
)


async def joined(village, name="Marija"):
    enrolled = await village.enrol(await village.cohort(BREZICE, name=f"Pomlad {name}"))
    person = village.simulator.person(name)
    await person.follows(village.link(enrolled.token))
    await person.settles()
    await tap(person, "Da")
    return person


async def finish(person):
    """Answer whatever is asked with its first option, and hand in."""
    for _ in range(40):
        if "Oddaj odgovore" in person.buttons:
            return await tap(person, "Oddaj odgovore")
        if "Napišite številko" in person.screen.text:
            await say(person, "1")
        elif "Preskoči" in person.buttons:
            await tap(person, "Preskoči")
        else:
            await tap(person, person.buttons[0])
            if "Naprej ›" in person.buttons and person.buttons[0].startswith("✓"):
                await tap(person, "Naprej")
    raise AssertionError("the questionnaire has no end")


async def stored(village):
    """What holds of the first question and what it was; how run and occasion stand; what is still to be sent."""

    def read(connection):
        answer, past, run, occasion = schema.answer, schema.answer_change, schema.run, schema.occasion
        holds = connection.execute(select(answer.c.value).where(answer.c.item == "primary")).scalars().all()
        was = select(past.c.value, past.c.changed_by).where(past.c.item == "primary").order_by(past.c.id)
        states = select(occasion.c.state).where(occasion.c.wave == "before")
        due = select(schema.delivery.c.key).join(occasion).where(
            occasion.c.wave == "before", schema.delivery.c.state == DeliveryState.DUE
        )  # fmt: skip
        return (
            holds,
            [(row.value, row.changed_by.partition(":")[0]) for row in connection.execute(was)],
            connection.execute(select(run.c.finished_at, run.c.reopened_at)).one(),
            connection.execute(states).scalars().all(),
            connection.execute(due).scalars().all(),
        )

    return await query(village, read)


async def test_thanks_are_said_once_with_what_comes_next_and_until_when_one_may_correct(village):
    person = await joined(village)
    thanks = (await finish(person)).replace("\u00a0", " ")
    assert thanks == THANKS
    assert person.buttons == ["Moji odgovori", "Popravi odgovore"]
    assert await drawn_again(village, person) == (person.screen.text, person.buttons)


async def test_what_is_handed_in_is_corrected_and_what_it_was_is_kept(village):
    person = await joined(village)
    thanks = await finish(person)
    handed_in = (await stored(village))[2].finished_at
    await village.wait(days=2)
    summary = await tap(person, "Popravi odgovore")
    assert summary.startswith("Kar spremenite, je takoj shranjeno.\n\nVaši odgovori\n\n1. Kako vam gre")
    await tap(person, "1 · ne gre")
    await tap(person, "precej dobro")
    value, was, run, state, due = await stored(village)
    assert (value, was) == ([4], [(1, "participant")])
    assert (run.finished_at, run.reopened_at) == (handed_in, village.clock())
    assert (state, due) == ([OccasionState.COMPLETE], [])  # it counts as handed in all along, and nobody is reminded
    assert await tap(person, "Oddaj odgovore") == thanks
    assert (await stored(village))[2] == (handed_in, None)
    seen = len(person.messages)
    await village.wait(days=20)
    assert len(person.messages) == seen


async def test_whoever_walks_away_from_a_correction_has_corrected_what_they_did_and_no_more(village):
    person = await joined(village)
    await finish(person)
    await tap(person, "Popravi odgovore")
    await tap(person, "1 · ne gre")
    old = next(button.data for row in person.screen.buttons for button in row if button.label.startswith("2 · "))
    await tap(person, "precej dobro")
    await village.wait(days=15)  # the questionnaire has closed
    closed = await tap(person, "1 · precej dobro")
    assert (closed, person.buttons) == ("Te odgovore ste že oddali. Hvala!", [])
    assert await drawn_again(village, person) == (closed, [])
    await forge(person, old)
    await forge(person, actions.correct_answers(int(old.split(":")[1])))
    assert person.screen.text == "Te odgovore ste že oddali. Hvala!"
    value, was, _, state, _ = await stored(village)
    assert (value, was, state) == ([4], [(1, "participant")], [OccasionState.COMPLETE])


async def test_a_card_from_before_handing_in_corrects_nothing_and_leads_to_where_one_may(village):
    person = await joined(village)
    old = person.screen.buttons[3][0].data
    await finish(person)
    await say(person, "/pomoc")
    await forge(person, old)
    assert person.screen.text == "Te odgovore ste že oddali. Hvala!"
    assert person.buttons == ["Popravi odgovore"]
    assert await drawn_again(village, person) == (person.screen.text, person.buttons)
    await tap(person, "Popravi odgovore")
    await forge(person, old)
    assert person.toasts[-1].text == "Na to vprašanje ste že odgovorili. Za spremembo izberite svoj odgovor."
    assert (await stored(village))[0] == [1]


async def test_handing_in_twice_thanks_twice_and_changes_nothing(village):
    person = await joined(village)
    await finish(person)
    thanks, card = person.screen.text, person.screen.id
    run = person.screen.buttons[1][0].data.partition(":")[2]
    for revision in ("8", "9", "10"):
        await person.taps_data(card, actions.hand_in(int(run), int(revision)))
        await person.settles()
        assert person.screen.text == thanks
    assert (await stored(village))[2].reopened_at is None


async def test_one_may_also_begin_from_ones_answers_and_from_where_nothing_is_due(village):
    person = await joined(village)
    await finish(person)
    await say(person, "/moji_podatki")
    await tap(person, "Moji odgovori")
    assert person.buttons == ["Popravi odgovore", "Nazaj na začetek"]
    await say(person, "/anketa")
    assert person.buttons == ["Popravi odgovore"]
    assert await drawn_again(village, person) == (person.screen.text, person.buttons)
    assert (await tap(person, "Popravi odgovore")).startswith("Kar spremenite")
    await say(person, "/stop")
    await tap(person, "Samo nehajte pisati")
    await forge(person, actions.go_home())
    assert "Popravi odgovore" not in person.buttons


async def test_nobody_corrects_for_somebody_else(village):
    person, stranger = await joined(village), await joined(village, "Jože")
    await finish(person)
    action = person.screen.buttons[1][0].data
    assert await forge(stranger, action) == "Ta gumb tukaj ne velja."
    reopened = await query(village, lambda c: c.execute(select(schema.run.c.reopened_at)).scalars().all())
    assert reopened == [None, None]


@pytest.mark.parametrize("language", [slovene, easy])
def test_own_words_of_thanks_take_the_place_of_the_bots(language):
    words = language.participant
    assert words.thanks("") == "<b>Hvala!</b> Vaši odgovori so shranjeni."
    assert words.thanks("Lepo <je>.") == "<b>Hvala!</b> Vaši odgovori so shranjeni.\n\nLepo &lt;je&gt;."
    assert words.thanks("Najlepša hvala!") == "<b>Vaši odgovori so shranjeni.</b>\n\nNajlepša hvala!"


def test_english_thanks_once_too():
    words = english.participant
    assert words.thanks("Thank you!") == "<b>Your answers are saved.</b>\n\nThank you!"
    assert words.thanks("See you.") == "<b>Thank you!</b> Your answers are saved.\n\nSee you."
