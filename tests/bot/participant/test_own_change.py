"""»Na začetku in zdaj«: what one said at both times, in words, for oneself alone and only if one wants it."""

import pytest
from plugins.at_the_desk import drawn_again, forge, query, say, tap
from sqlalchemy import func, select

from bot.actions import participant as actions
from storage import schema

pytestmark = pytest.mark.both_databases

BREZICE, CHILDREN = "brezice-racunalnik", "novo-mesto-branje"
BUTTON = "Na začetku in zdaj"
PRIMARY = "Kako vam gre delo z računalnikom?"
ABOUT = (
    "Vsak odgovor je pravi. O sebi ne mislimo vsak dan enako, in kdor o čem več ve, se pogosto oceni strožje. "
    "Z drugimi vas ne primerjamo. V knjižnici tega pregleda ne vidijo."
)


async def joins(village, group, name="Marija"):
    enrolled = await village.enrol(group)
    person = village.simulator.person(name)
    await person.follows(village.link(enrolled.token))
    await person.settles()
    for label in ("Za svojega otroka", "Da, dovolim", "Da, želim sodelovati"):
        if label in person.buttons:
            await tap(person, label)
    return person


async def answers(person, place):
    """Answer whatever is asked with the option at this place, or the nearest, and hand in."""
    for _ in range(60):
        if "Oddaj odgovore" in person.buttons:
            return await tap(person, "Oddaj odgovore")
        if "Napišite številko" in person.screen.text:
            await say(person, "1")
        elif "Preskoči" in person.buttons:
            await tap(person, "Preskoči")
        else:
            options = [one for one in person.screen.labels if one[:1].isdigit()] or person.buttons[:1]
            await tap(person, options[min(place, len(options) - 1)])
            if "Naprej ›" in person.buttons and any(one.startswith("✓") for one in person.buttons):
                await tap(person, "Naprej ›")
    raise AssertionError("the questionnaire has no end")


async def to_the_end(village, person, place):
    await village.travel(village.clock.now.replace(month=5, day=4, hour=16))
    await tap(person, "Začni")
    return await answers(person, place)


async def rows(village):
    """How many rows every table has."""

    def count(connection):
        return {t.name: connection.scalar(select(func.count()).select_from(t)) for t in schema.metadata.sorted_tables}

    return await query(village, count)


async def last_run(village):
    return await query(village, lambda connection: connection.scalar(select(func.max(schema.run.c.id))))


async def test_after_the_end_one_sees_what_one_said_then_and_now_and_goes_back_to_the_thanks(village):
    person = await joins(village, await village.cohort(BREZICE))
    await answers(person, 1)
    assert BUTTON not in person.buttons
    thanks = await to_the_end(village, person, 3)
    before = await rows(village)
    card = await tap(person, BUTTON)
    title, first, *others, about = card.split("\n\n")
    assert title == "Vaši odgovori na začetku in zdaj"
    assert first == f"{PRIMARY}\nNa začetku: zelo težko. Zdaj: precej dobro."
    assert len(others) <= 3
    assert all("Na začetku" in one for one in others)
    assert "osamljenost" not in card
    assert about == ABOUT
    assert await drawn_again(village, person) == (card, ["Moji odgovori", "‹ Nazaj"])
    after = await rows(village)
    assert {name for name in after if after[name] != before[name]} <= {"handled_update"}
    assert await tap(person, "‹ Nazaj") == thanks


async def test_it_is_found_again_after_any_words_and_goes_back_by_a_word(village):
    person = await joins(village, await village.cohort(BREZICE))
    await answers(person, 1)
    await say(person, "/anketa")
    assert BUTTON not in person.buttons
    thanks = await to_the_end(village, person, 3)
    card = await tap(person, BUTTON)
    assert await say(person, "nazaj") == thanks
    await say(person, "hvala lepa")
    assert BUTTON in person.buttons
    await say(person, "/anketa")
    assert "zdaj ni vprašanj" in person.screen.text
    assert await tap(person, BUTTON) == card
    await say(person, "/moji_podatki")
    await tap(person, "Moji odgovori")
    assert await tap(person, BUTTON) == card


async def test_fewer_steps_are_told_like_more_and_the_same_once(village):
    person = await joins(village, await village.cohort(BREZICE))
    await answers(person, 3)
    await to_the_end(village, person, 1)
    card = await tap(person, BUTTON)
    assert f"{PRIMARY}\nNa začetku: precej dobro. Zdaj: zelo težko." in card
    assert card.endswith(ABOUT)
    await village.wait(days=95)
    await tap(person, "Začni")
    await answers(person, 1)
    card = await tap(person, BUTTON)
    assert f"{PRIMARY}\nNa začetku: precej dobro. Ob koncu: zelo težko. Zdaj: zelo težko." in card


async def test_the_same_each_time_is_said_once(village):
    person = await joins(village, await village.cohort(BREZICE))
    await answers(person, 2)
    await to_the_end(village, person, 2)
    assert f"{PRIMARY}\nNa začetku in zdaj: z nekaj pomoči." in await tap(person, BUTTON)


async def test_an_adult_reads_what_was_answered_with_the_child_and_is_not_called_by_its_answers(village):
    person = await joins(village, await village.cohort(CHILDREN))
    await answers(person, 0)
    await to_the_end(village, person, 2)
    card = await tap(person, BUTTON)
    assert card.startswith("Odgovori na začetku in zdaj\n\n")
    assert card.endswith("Otroka ne primerjamo z drugimi. Hvala, ker odgovarjate skupaj.")
    assert "V knjižnici" not in card


async def test_who_said_nothing_at_the_beginning_or_does_not_know_now_is_offered_nothing(village):
    person = await joins(village, await village.cohort(BREZICE))
    await village.travel(village.clock.now.replace(month=5, day=4, hour=16))
    await tap(person, "Začni")
    await answers(person, 3)
    assert BUTTON not in person.buttons
    run = await last_run(village)
    await forge(person, actions.show_own_change(run))
    assert "Vaši odgovori na začetku in zdaj" in person.screen.text  # the frame alone: nothing was asked twice
    assert PRIMARY not in person.screen.text


async def test_it_is_shown_to_nobody_else_and_not_after_leaving_or_erasure(village):
    group = await village.cohort(BREZICE)
    person, other = await joins(village, group), await joins(village, group, "Bor")
    await answers(person, 1)
    await to_the_end(village, person, 3)
    run = await last_run(village)
    librarian = await village.librarian(BREZICE)
    for stranger in (other, librarian):
        assert await forge(stranger, actions.show_own_change(run)) == "Ta gumb tukaj ne velja."
        assert await forge(stranger, actions.back_to_thanks(run)) == "Ta gumb tukaj ne velja."
    await tap(person, BUTTON)
    await say(person, "/izbris")
    await tap(person, "Da, izbriši")
    await forge(person, actions.show_own_change(run))
    assert PRIMARY not in person.screen.text


async def test_on_a_phone_of_several_it_stays_in_the_place_of_its_person(village):
    group = await village.cohort(BREZICE)
    marija, joze = await village.enrol(group), await village.enrol(group)
    phone = village.simulator.person("Marija")
    for enrolled, more in ((marija, ()), (joze, ("Za drugo osebo",))):
        await phone.follows(village.link(enrolled.token))
        await phone.settles()
        for label in (*more, "Da"):
            await tap(phone, label)
    for name in ("Marija", "Jože"):
        await say(phone, name)
    await answers(phone, 1)
    await tap(phone, "Marija")
    await answers(phone, 3)
    await village.travel(village.clock.now.replace(month=5, day=4, hour=16))
    await tap(phone, "Začni")
    thanks = await answers(phone, 3)
    whose = thanks.split("\n")[0]
    assert whose in ("Za osebo: Marija", "Za osebo: Jože")
    card = await tap(phone, BUTTON)
    assert card.startswith(f"{whose}\n\nVaši odgovori na začetku in zdaj\n\n{PRIMARY}\nNa začetku")
    run = await last_run(village)
    await tap(phone, "‹ Nazaj")
    await tap(phone, "Jože" if whose.endswith("Marija") else "Marija")
    asked = phone.screen.text
    assert await forge(phone, actions.show_own_change(run)) == "Ta gumb ne velja več."
    assert phone.screen.text == asked


def reworded(item):
    """The same question with its primary one in other words."""
    return item.model_copy(update={"text": "Kako vam gre računalnik?"}) if item.role == "primary" else item


async def test_a_question_whose_words_have_changed_is_not_set_beside_itself(village):
    person = await joins(village, await village.cohort(BREZICE))
    await answers(person, 1)

    programme = village.programme(BREZICE)
    changed = tuple(
        one.model_copy(update={"items": tuple(reworded(item) for item in one.items)})
        for one in programme.questionnaires
    )
    village.services.programmes[BREZICE] = programme.model_copy(update={"questionnaires": changed})
    await to_the_end(village, person, 3)
    assert BUTTON not in person.buttons  # it is the only one that is asked twice there
