"""»Moji odgovori« on real parts over HTTP: question and answer in words, by questionnaire, within Telegram's limit."""

from sqlalchemy import select

from bot.actions import participant as actions
from storage.answers import responses
from storage.schema import run
from surveys.model import Answer
from tests.bot.participant.test_participant_journey import finish, joined, say, tap

NBSP = "\u00a0"


async def test_the_answers_can_be_read_before_and_after_they_are_handed_in(village):
    person = await joined(village)
    await tap(person, "precej dobro")
    await say(person, "/moji_podatki")
    await tap(person, "Moji odgovori")
    title, saved = person.screen.text.split("\n\n", 1)
    assert title == "Moji odgovori"
    assert saved.splitlines()[0] == "Vprašalnik ob začetku"
    assert saved.splitlines()[1].endswith(", še ni oddano")
    assert saved.split("\n\n")[1:] == ["1. Kako vam gre delo z računalnikom?\nVaš odgovor: precej dobro"]
    assert person.buttons == ["Nazaj na začetek"]
    await tap(person, "Nazaj na začetek")
    await finish(person)
    assert "Moji odgovori" in person.buttons
    await tap(person, "Moji odgovori")
    told = person.screen.text.split("\n\n")[1:]
    assert told[0].endswith(f", shranjeno 2.{NBSP}3.{NBSP}2026")
    assert len(told) == 9
    assert told[2] == "2. Kako vam gre, ko je treba prepoznati goljufivo sporočilo?\nVaš odgovor: ne gre"


async def test_every_questionnaire_has_its_pages_and_long_answers_fit_telegrams_limit(village):
    person = await joined(village)
    await finish(person)
    await village.wait(days=64)
    await tap(person, "Začni")
    words = "ž" * 500 + "&" * 500

    def answer_at_length(connection):
        [latest] = connection.execute(select(run.c.id).order_by(run.c.id.desc()).limit(1)).scalars()
        items = responses.load(connection, latest).questionnaire.items
        said = {item.id: Answer(text=words) for item in items if item.asks}
        responses.store(connection, village.services.keys, latest, said, "system", village.clock())

    await village.services.database.write(answer_at_length)
    await say(person, "/moji_podatki")
    await tap(person, "Moji odgovori")
    seen = [person.screen.text]
    while "Naslednje ›" in person.buttons:
        assert len(person.screen.text) <= 4096
        await tap(person, "Naslednje")
        seen.append(person.screen.text)
    assert [text.split("\n\n")[1] for text in seen] == [f"Stran {at} od {len(seen)}." for at in range(1, len(seen) + 1)]
    assert [text.split("\n\n")[2].splitlines()[0] for text in (seen[0], seen[1], seen[-1])] == [
        "Vprašalnik ob začetku",
        "Vprašalnik ob koncu",
        "Vprašalnik ob koncu",
    ]
    assert sum(text.count("ž" * 500 + "&" * 500) for text in seen) == 11
    await tap(person, "‹ Prejšnje")
    assert person.screen.text == seen[-2]


async def test_without_answers_there_is_nothing_to_read_and_strangers_see_nothing_of_others(village):
    person = await joined(village)
    await tap(person, "precej dobro")
    await say(person, "/moji_podatki")
    number = person.screen.buttons[0][0].data
    stranger = village.simulator.person("Tujec")
    await say(stranger, "/start")
    await stranger.taps_data(stranger.screen.id, number)
    await stranger.settles()
    assert stranger.screen.text == "Odgovorov še ni."


async def test_a_page_that_is_not_there_gives_the_last(village):
    person = await joined(village)
    await tap(person, "precej dobro")
    await say(person, "/moji_podatki")
    await person.taps_data(person.screen.id, actions.show_own_answers(9))
    await person.settles()
    assert person.screen.text.endswith("Vaš odgovor: precej dobro")


async def test_what_is_no_longer_open_and_was_not_handed_in_says_so(village):
    person = await joined(village)
    await tap(person, "precej dobro")
    await village.wait(days=15)
    await say(person, "/moji_podatki")
    await tap(person, "Moji odgovori")
    assert person.screen.text.split("\n\n")[1].endswith(", ni oddano")
