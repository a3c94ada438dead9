"""/koledar on a phone: every message of a group or of two dates, with why it comes on another day."""

import re
from datetime import date

import pytest
from plugins.at_the_desk import drawn_again, forge, say, tap

from bot.actions import assistance as actions
from bot.runtime.settings import Schedule
from bot.texts import calendar
from surveys.load import load, shipped
from surveys.timeline import messages

BREZICE, KAMNIK, LJUTOMER = "brezice-racunalnik", "kamnik-slovenscina", "ljutomer-branje"
PROGRAMMES = load([shipped()]).programmes
NBSP = "\xa0"


def dates(words):
    """Words in which dates do not break, as the bot writes them."""
    return re.sub(r"(?<=\d\.) (?=\d)|(?<=\b[sz]) (?=\d)", NBSP, words)


async def test_a_group_shows_every_message_and_why_it_was_moved(village):
    await village.cohort(BREZICE, date(2026, 3, 23), date(2026, 5, 1), name="Pomlad")
    librarian = await village.librarian(BREZICE)
    chosen = await say(librarian, "/koledar")
    assert chosen == "Koledar sporočil\n\nKdaj pride katero sporočilo? Izberite skupino ali »Za dva datuma«."
    assert await drawn_again(village, librarian) == (chosen, ["Pomlad", "Za dva datuma", "Na začetek"])
    card = await tap(librarian, "Pomlad")
    clock = "29. 3. se premakne ura, sporočilo ostane ob isti uri"
    assert (
        card
        == dates(
            "Koledar sporočil: Pomlad\n23. 3. 2026 – 1. 5. 2026\n\n"
            "izhodišče\n"
            "• sobota, 21. 3. 2026, ob 10.00: vabilo; prestavljeno z 22. 3. (nedelja)\n"
            "• ponedeljek, 23. 3. 2026, ob 10.00: 1. opomnik\n"
            "• sobota, 28. 3. 2026, ob 10.00: 2. opomnik\n"
            f"• sobota, 4. 4. 2026, ob 10.00: vprašalnik se zapre; {clock}\n"
            "• sobota, 25. 4. 2026, ob 10.00: »Kaj smo izvedeli«, če je napisano\n\n"
            "zaključek\n"
            "• ponedeljek, 4. 5. 2026, ob 10.00: vabilo; prestavljeno s 1. 5. (praznik dela), "
            "2. 5. (praznik dela), 3. 5. (nedelja)\n"
            "• sreda, 6. 5. 2026, ob 10.00: 1. opomnik\n"
            "• ponedeljek, 11. 5. 2026, ob 10.00: 2. opomnik\n"
            "• ponedeljek, 18. 5. 2026, ob 10.00: vprašalnik se zapre\n"
            "• ponedeljek, 8. 6. 2026, ob 10.00: »Kaj smo izvedeli«, če je napisano\n\n"
            "spremljanje\n"
            "• četrtek, 30. 7. 2026, ob 10.00: vabilo\n"
            "• sobota, 1. 8. 2026, ob 10.00: 1. opomnik\n"
            "• četrtek, 6. 8. 2026, ob 10.00: 2. opomnik\n"
            "• četrtek, 13. 8. 2026, ob 10.00: vprašalnik se zapre\n"
            "• četrtek, 3. 9. 2026, ob 10.00: »Kaj smo izvedeli«, če je napisano\n\n"
        )
        + "Opomnik dobi samo, kdor še ni odgovoril. Kdor se pridruži pozneje, dobi prvo vprašanje takoj."
    )
    assert await drawn_again(village, librarian) == (card, ["V skupino", "‹ Nazaj", "Na začetek"])
    await tap(librarian, "V skupino")
    assert await tap(librarian, "Koledar sporočil") == card


async def test_two_dates_show_what_a_group_would_get_and_other_dates_can_be_typed(village):
    librarian = await village.librarian(BREZICE)
    await say(librarian, "/koledar")
    asked = await tap(librarian, "Za dva datuma")
    assert asked.startswith("Koledar sporočil\nMigam z računalnikom\n\nNapišite prvi in zadnji dan skupine")
    assert await drawn_again(village, librarian) == (asked, ["Prekliči"])
    card = await say(librarian, "3. 5. 2027 – 28. 6. 2027")
    assert card.startswith(dates("Koledar sporočil: Migam z računalnikom\n3. 5. 2027 – 28. 6. 2027\n\nizhodišče\n"))
    buttons = ["Drugi datumi", "‹ Nazaj", "Na začetek"]
    assert await drawn_again(village, librarian) == (card, buttons)
    other = await say(librarian, "10. 5. 2027, 28. 6. 2027")
    assert dates("• sobota, 8. 5. 2027, ob 10.00: vabilo; prestavljeno z 9. 5. (nedelja)\n") in other
    assert dates("• ponedeljek, 28. 6. 2027, ob 17.00: vabilo\n") in other
    one_day = await say(librarian, "10. 5. 2027, 10. 5. 2027")
    assert dates("• torek, 11. 5. 2027, ob 10.00: 1. opomnik; prestavljeno z 10. 5. (drug vprašalnik)\n") in one_day
    assert await tap(librarian, "Drugi datumi") == asked


@pytest.mark.parametrize(
    ("words", "problem"),
    [
        ("maja", "Napišite dva datuma, na primer 3. 5. 2027 in 28. 6. 2027."),
        ("28. 6. 2027, 3. 5. 2027", "Zadnji dan je pred prvim. Preverite datuma."),
    ],
)
async def test_dates_that_cannot_be_are_told(village, words, problem):
    librarian = await village.librarian(BREZICE)
    await say(librarian, "/koledar")
    await tap(librarian, "Za dva datuma")
    assert (await say(librarian, words)).startswith(f"{problem}\n\nKoledar sporočil\n")
    assert (await say(librarian, "3. 5. 2027, 28. 6. 2027")).startswith("Koledar sporočil: Migam z računalnikom")


@pytest.mark.parametrize("slug", sorted(PROGRAMMES))
async def test_the_messages_of_every_programme_and_audience_fit_one_card(village, slug):
    programme = PROGRAMMES[slug]
    coordinator = await village.coordinator(slug)
    await say(coordinator, "/koledar")
    audiences = list(dict.fromkeys(one.audience for one in programme.waves))
    for place, audience in enumerate(audiences):
        await tap(coordinator, "Za dva datuma")
        if len(audiences) > 1:
            assert coordinator.buttons[-1] == "‹ Nazaj"
            assert await drawn_again(village, coordinator) == (coordinator.screen.text, coordinator.buttons)
            await tap(coordinator, coordinator.buttons[place])
        card = await say(coordinator, "25. 12. 2026, 1. 5. 2027")
        waves = [one.name for one in programme.waves if one.audience == audience]
        assert [part.split("\n")[0] for part in card.split("\n\n")[1:-1]] == waves
        assert len(card) <= 4096
        await tap(coordinator, "‹ Nazaj")


@pytest.mark.parametrize("who", ["a librarian of another library", "a stranger"])
async def test_others_see_no_messages(village, who):
    group = await village.cohort(BREZICE)
    if who == "a stranger":
        other = village.simulator.person("Tuj")
        await say(other, "/start")
        assert await forge(other, actions.choose_timeline_programme()) == "Ta gumb tukaj ne velja."
    else:
        other = await village.librarian(KAMNIK)
    for action in (actions.show_timeline(group.id), actions.ask_timeline_dates(BREZICE, 0)):
        assert await forge(other, action) == "Ta gumb tukaj ne velja."


async def test_a_forged_audience_shows_nothing(village):
    librarian = await village.librarian(LJUTOMER)
    await say(librarian, "/koledar")
    await forge(librarian, actions.ask_timeline_dates(LJUTOMER, 9))
    assert librarian.screen.text.startswith("Pozdravljeni!")


def test_a_quiet_hour_and_a_holiday_without_a_name_are_told_too():
    schedule = Schedule(hour="21:00", holidays=["2027-06-02"])
    found = messages(PROGRAMMES[BREZICE], date(2027, 3, 4), date(2027, 3, 4), "participants", schedule.policy())
    first = next(one for one in found if one.wave == "followup")
    assert calendar.wave("spremljanje", [first], schedule.holiday_name) == dates(
        "<b>spremljanje</b>\n• četrtek, 3. 6. 2027, ob 08.00: vabilo; prestavljeno z 2. 6. (praznik); "
        "prestavljeno, ker ob 21.00 ne pišemo nikomur"
    )


def test_holidays_of_slovenia_have_slovenian_names():
    assert Schedule().holiday_name(date(2027, 2, 8)) == "Prešernov dan, slovenski kulturni praznik"
    assert Schedule().holiday_name(date(2027, 2, 9)) == ""
    assert Schedule(holidays="AT").holiday_name(date(2027, 10, 26)) != ""
