"""»Kaj smo izvedeli« over HTTP: written, read back, approved, stopped, sent once three weeks after the closing."""

from datetime import UTC, datetime, timedelta

from plugins.at_the_desk import drawn_again, forge, say, tap
from sqlalchemy import select

from bot.actions import coordinator as actions
from bot.texts import findings as texts
from storage import findings
from storage.schema import DeliveryKind, DeliveryState, delivery
from tests.bot.delivery.test_most_a_week import in_groups
from tests.bot.participant.test_stories_journey import finish

BREZICE, CHILDREN = "brezice-racunalnik", "novo-mesto-branje"
WORDS = "Hvala za odgovore! Večina zdaj sama piše e-pošto <in> išče po spletu.\n\nJeseni dodamo še en tečaj."
MESSAGE = (
    f"Knjižnica Brežice: Kaj smo izvedeli\nDelavnice v knjižnici\n\n{WORDS}\n\nNa to sporočilo vam ni treba odgovoriti."
)
CLOSED = datetime(2026, 3, 16, 9, 0, tzinfo=UTC)


async def joins(village, group, name):
    """Somebody who takes part, with the first questionnaire open."""
    enrolled = await village.enrol(group)
    person = village.simulator.person(name)
    await person.follows(village.link(enrolled.token))
    await person.settles()
    for label in ("Za svojega otroka", "Da, dovolim", "Da, želim sodelovati"):
        if label in person.buttons:
            await tap(person, label)
    return person


def told(person):
    return [message.text for message in person.messages if message.by_bot and "Kaj smo izvedeli" in message.text]


async def states(village):
    def read(connection):
        columns = (delivery.c.state, delivery.c.problem)
        statement = select(*columns).where(delivery.c.kind == DeliveryKind.FEEDBACK).order_by(delivery.c.id)
        return [tuple(row) for row in connection.execute(statement)]

    return await village.services.database.read(read)


def plain(words):
    return words.replace("\u00a0", " ")


async def test_what_was_learned_goes_to_the_group_once_when_a_coordinator_wrote_and_approved_it(village):
    group = await village.cohort(BREZICE)
    answered, silent, blocked, left = [await joins(village, group, name) for name in ("Ana", "Bor", "Cene", "Dana")]
    await finish(answered)
    coordinator = await village.coordinator(BREZICE)
    assert await say(coordinator, "/izvedeli") == texts.EMPTY.replace("<b>", "").replace("</b>", "")
    await say(coordinator, "/skupine")
    await tap(coordinator, "Pomlad")
    assert "Kaj smo izvedeli" not in coordinator.buttons
    await village.travel(CLOSED)
    await say(coordinator, "/skupine")
    await tap(coordinator, "Pomlad")
    card = await tap(coordinator, "Kaj smo izvedeli")
    assert (
        "Pomlad: izhodišče · ni napisano\nzaprto: v ponedeljek, 16. 3. 2026\nsporočilo: v torek, 7. 4. 2026"
        in plain(card)
    )
    card = plain(await tap(coordinator, "Pomlad: izhodišče"))
    assert card.endswith("Besedila še ni. Če ga napišete in potrdite, ga skupina dobi v torek, 7. 4. 2026, ob 10.00.")
    assert "Prejemnikov: 4" in card
    assert coordinator.buttons == ["Napiši besedilo", "Številke iz poročila", "Vse skupine", "Na začetek"]
    assert (await tap(coordinator, "Napiši besedilo")).startswith("Kaj smo izvedeli\nPomlad: izhodišče\n\nNapišite")
    assert (await say(coordinator, "a" * 1501)).startswith("Besedilo je predolgo: ima 1501 znakov.")
    card = await say(coordinator, WORDS)
    assert f"———\n{MESSAGE}\n———" in card
    assert plain(card).endswith(
        "Če zdaj izberete »Pošlji skupini«, ga skupina dobi v torek, 7. 4. 2026, ob 10.00. Do takrat ga lahko ustavite."
    )
    assert coordinator.buttons == ["Pošlji skupini", "Spremeni besedilo", "Vse skupine", "Na začetek"]
    before = coordinator.screen
    await tap(coordinator, "Pošlji skupini")
    assert coordinator.toasts[-1].text == texts.APPROVED
    assert (
        await forge(coordinator, actions.approve_finding(group.id, "before", 0)) == texts.CHANGED_MEANWHILE
    )  # a second tap
    assert before.id == coordinator.screen.id
    await tap(coordinator, "Ustavi pošiljanje")
    assert coordinator.toasts[-1].text == texts.STOPPED
    assert {state for state, _ in await states(village)} == {DeliveryState.CANCELLED}
    await tap(coordinator, "Pošlji skupini")
    assert (await drawn_again(village, coordinator))[0] == coordinator.screen.text
    old = {
        "Spremeni besedilo": actions.write_finding(group.id, "before"),
        "Ustavi pošiljanje": actions.stop_finding(group.id, "before", 4),
    }
    blocked.blocks()
    await say(left, "/stop")
    await tap(left, "Samo nehajte pisati")
    await village.travel(datetime(2026, 4, 7, 7, 59, tzinfo=UTC))
    assert [told(one) for one in (answered, silent, blocked, left)] == [[], [], [], []]
    await village.travel(datetime(2026, 4, 14, 8, 0, tzinfo=UTC))
    assert [told(one) for one in (answered, silent, blocked, left)] == [[MESSAGE], [MESSAGE], [], []]
    assert await states(village) == [
        (DeliveryState.SENT, None),
        (DeliveryState.SENT, None),
        (DeliveryState.FAILED, "out of reach"),
        (DeliveryState.CANCELLED, None),
    ]
    for label in ("Spremeni besedilo", "Ustavi pošiljanje"):
        await say(coordinator, "/izvedeli")
        assert "Pomlad: izhodišče · poslano" in coordinator.screen.text
        await forge(coordinator, old[label])
        assert coordinator.screen.text.startswith(texts.TOO_LATE)
        assert "Poslano ljudem: 2. Besedila ni več mogoče spremeniti." in coordinator.screen.text
        assert coordinator.buttons == ["Vse skupine", "Na začetek"]


async def test_approved_late_it_goes_out_soon_and_the_open_question_above_can_still_be_answered(village):
    group = await village.cohort(BREZICE, end=datetime(2026, 4, 27, tzinfo=UTC).date())
    person = await joins(village, group, "Ana")
    await finish(person)
    coordinator = await village.coordinator(BREZICE)
    await village.travel(datetime(2026, 4, 28, 18, 30, tzinfo=UTC))
    question = await say(person, "/anketa")
    card = person.screen
    await forge(coordinator, actions.write_finding(group.id, "before"))
    assert "ga skupina dobi v sredo, 29. 4. 2026, ob 8.00" in plain(await say(coordinator, WORDS))
    await tap(coordinator, "Pošlji skupini")
    await village.travel(datetime(2026, 4, 29, 6, 0, tzinfo=UTC))
    assert person.messages[-1].text == MESSAGE
    assert [one.text for one in person.messages if one.id == card.id] == [question]
    await tap(person, card.labels[0])
    assert person.screen.id > person.messages[-2].id
    assert person.screen.text.startswith("2 od 11")
    assert person.messages[-2].text == MESSAGE
    below = person.screen.id
    await tap(person, person.buttons[0])
    assert person.screen.id == below


async def test_an_adult_with_two_children_in_a_group_hears_it_once_and_monday_reminds_once(village):
    group = await village.cohort(CHILDREN)
    adult = await joins(village, group, "Eva")
    enrolled = await village.enrol(group)
    await adult.follows(village.link(enrolled.token))
    await adult.settles()
    for label in ("Za svojega otroka", "Da, dovolim"):
        await tap(adult, label)
    coordinator = await village.coordinator(CHILDREN)
    await village.travel(datetime(2026, 4, 1, 9, 0, tzinfo=UTC))
    [reminder] = [plain(one.text) for one in coordinator.messages if one.by_bot and "Kaj smo izvedeli" in one.text]
    assert reminder.split("\n\n")[1] == (
        "Skupina »Pomlad« lahko v torek, 7. 4. 2026, ob 10.00 dobi »Kaj smo izvedeli« iz izhodiščnega vprašalnika. "
        "Besedila še ni."
    )
    await forge(coordinator, actions.write_finding(group.id, "before"))
    await say(coordinator, "Otroci radi berejo.")
    await tap(coordinator, "Pošlji skupini")
    await village.travel(datetime(2026, 4, 10, 9, 0, tzinfo=UTC))
    assert len(told(adult)) == 1
    assert await states(village) == [
        (DeliveryState.SENT, None),
        (DeliveryState.CANCELLED, "told in this chat before"),
    ]


async def test_it_waits_for_room_in_the_week_and_comes(village):
    person = await in_groups(village, 3)
    start, ready = datetime(2026, 5, 4, 15, 0, tzinfo=UTC), datetime(2026, 5, 4, 16, 0, tzinfo=UTC)

    def approve(connection):
        keys = village.services.keys
        findings.write(connection, keys, findings.find(connection, keys, 1, "before"), WORDS, start, "staff:1")
        findings.approve(connection, findings.find(connection, keys, 1, "before"), ready, start, "staff:1")

    await village.services.database.write(approve)
    before = len(person.messages)
    await village.travel(ready)
    assert len(person.messages) - before == 3  # invitations
    await village.travel(datetime(2026, 5, 11, 7, 59, tzinfo=UTC))
    assert told(person) == []
    await village.travel(datetime(2026, 5, 25, 8, 0, tzinfo=UTC))
    assert told(person) == [MESSAGE]
    sent = [one.date for one in person.messages[before:] if one.by_bot]
    week = timedelta(days=7).total_seconds()
    assert max(len([one for one in sent if last - week < one <= last]) for last in sent) == 3


async def test_what_was_learned_is_of_coordinators_of_the_library_alone(village):
    group = await village.cohort(BREZICE)
    await joins(village, group, "Ana")
    await village.travel(CLOSED)
    for stranger in (await village.librarian(BREZICE), await village.coordinator(CHILDREN)):
        for action in (actions.show_finding, actions.write_finding):
            assert await forge(stranger, action(group.id, "before")) == "Ta gumb tukaj ne velja."
        for action in (actions.approve_finding, actions.stop_finding):
            assert await forge(stranger, action(group.id, "before", 0)) == "Ta gumb tukaj ne velja."
    librarian = await village.librarian(BREZICE)
    assert (await say(librarian, "/izvedeli")).startswith("To v vaši vlogi ni mogoče.")
