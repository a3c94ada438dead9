"""Monday's message over HTTP: five sentences that make sense when heard, and buttons that lead to where one acts."""

from datetime import UTC, date, datetime, timedelta

import pytest
from plugins.at_the_desk import query, say, tap

from bot.coordinator import monday_message
from bot.texts import monday as texts
from reports.kinds.weekly import arrivals
from storage import agenda
from surveys.weeks import read_week, week_of
from tests.bot.coordinator.test_coordinator_reports import add_programme
from tests.bot.participant.test_stories_journey import asked, finish, tells

pytestmark = pytest.mark.both_databases

BREZICE = "brezice-racunalnik"
SECOND_MONDAY = datetime(2026, 3, 16, 7, 0, tzinfo=UTC)
HEAD = "Dober dan. To je pregled tedna"
NOTHING = f"{HEAD} 9.–15. 3. 2026.\n\n{texts.NOTHING}\n\n{texts.WISH}"


def plain(words):
    return words.replace("\u00a0", " ")


def mondays(person):
    """Monday's messages to a person."""
    return [one for one in person.messages if one.by_bot and one.text.startswith(HEAD)]


async def joins(village, group, name):
    """Somebody who takes part."""
    enrolled = await village.enrol(group)
    person = village.simulator.person(name)
    await person.follows(village.link(enrolled.token))
    await person.settles()
    await tap(person, "Da, želim sodelovati")
    return person


async def follows(coordinator, message, label):
    """What comes below when a button of the message is tapped; the message stays as it is."""
    words, labels = message.text, message.labels
    await coordinator.taps(label, message)
    await coordinator.settles()
    assert (message.text, message.labels) == (words, labels)
    assert coordinator.screen.id > message.id
    return plain(coordinator.screen.text)


@pytest.fixture
async def monday(village):
    """The message of a week in which there is something of everything, and the coordinator who gets it."""
    coordinator = await village.coordinator(BREZICE)
    spring = await village.cohort(BREZICE)
    await joins(village, spring, "Bor")  # who says nothing
    await finish(await joins(village, spring, "Ana"))
    summer = await village.cohort(BREZICE, date(2026, 3, 23), date(2026, 5, 25), name="<Poletje>")
    await joins(village, summer, "Cene")
    await joins(village, summer, "Dana")
    await village.travel(datetime(2026, 3, 10, 9, tzinfo=UTC))
    await finish(await joins(village, spring, "Eva"))
    await village.travel(SECOND_MONDAY - timedelta(minutes=1))
    person = await asked(village, BREZICE, "Fani")
    await tells(person)
    before = len(mondays(coordinator))
    await village.travel(SECOND_MONDAY)
    [message] = mondays(coordinator)[before:]
    return coordinator, message


async def test_everything_that_waits_is_said_and_each_button_leads_there(monday):
    coordinator, message = monday
    assert plain(message.text) == (
        f"{HEAD} 16.–22. 3. 2026.\n\n"
        "Poklicati je treba 1 osebo iz skupine »Pomlad«.\n\n"
        "Na vašo odločitev čaka 1 zgodba.\n\n"
        "V soboto, 21. 3. 2026, pride v skupino »<Poletje>« izhodiščni vprašalnik. Dobita ga 2 osebi.\n\n"
        "V tednu 9.–15. 3. 2026 je prispel 1 izpolnjen vprašalnik iz skupine »Pomlad«."
    )
    assert message.labels == ["Koga poklicati", "Preberi zgodbo", "Skupina: <Poletje>", "Več: številke tedna"]
    assert message.protect_content
    assert "brez odgovora po zadnjem opomniku: 1" in await follows(coordinator, message, "Koga poklicati")
    assert "čaka na odločitev" in await follows(coordinator, message, "Preberi zgodbo")
    assert (await follows(coordinator, message, "Skupina: <Poletje>")).startswith("<Poletje>")
    assert "9.–15. 3. 2026\n\nV kakšni obliki" in await follows(coordinator, message, "Več: številke tedna")
    await tap(coordinator, "Besedilo in slika")
    await coordinator.waits(lambda: any(one.media and one.media.kind == "photo" for one in coordinator.messages))


async def test_only_the_last_of_the_cards_below_has_buttons(monday):
    coordinator, message = monday
    await follows(coordinator, message, "Koga poklicati")
    await follows(coordinator, message, "Več: številke tedna")
    alive = [one.id for one in coordinator.messages if one.by_bot and one.labels and one.id > message.id]
    assert alive == [coordinator.screen.id]
    await say(coordinator, "/stanje")
    await follows(coordinator, message, "Preberi zgodbo")


async def test_what_came_is_counted_as_in_the_report_behind_the_button(village, monday):
    def both(connection):
        week = read_week("2026-W11")
        told = agenda.arrived(connection, [BREZICE], week.start, week.end)
        from reports.data.frames import read  # noqa: PLC0415 - heavy

        return told, arrivals(read(connection, BREZICE), village.programme(BREZICE), week.start, week.end)

    told, counted = await query(village, both)
    assert [(one.name, one.count) for one in told] == [("Pomlad", counted)] == [("Pomlad", 1)]


async def test_where_nothing_waits_there_is_a_friendly_sentence_once(village):
    coordinator = await village.coordinator(BREZICE)
    await village.travel(datetime(2026, 3, 9, 6, 59, tzinfo=UTC))
    assert mondays(coordinator) == []
    await village.travel(datetime(2026, 3, 9, 7, 0, tzinfo=UTC))
    [message] = mondays(coordinator)
    assert plain(message.text) == NOTHING
    assert message.labels == ["Več: številke tedna"]
    await village.wait(hours=3)
    assert len(mondays(coordinator)) == 1


async def test_what_can_be_told_to_a_group_is_asked_for_once_and_its_button_opens_it(village):
    group = await village.cohort(BREZICE)
    await finish(await joins(village, group, "Ana"))
    coordinator = await village.coordinator(BREZICE)
    await village.travel(datetime(2026, 4, 13, 9, tzinfo=UTC))
    asking = [one for one in mondays(coordinator) if "Kaj smo izvedeli" in one.text]
    [message] = asking
    assert "Skupina »Pomlad« lahko v torek, 7. 4. 2026, ob 10.00 dobi »Kaj smo izvedeli« iz izhodiščnega " in plain(
        message.text
    )
    await follows(coordinator, message, "Kaj smo izvedeli: Pomlad")
    assert "Napišite skupini in pošljite" in coordinator.screen.text
    await say(coordinator, "Hvala!")
    assert "Osnutka ne dobi še nihče." in coordinator.screen.text


async def test_a_library_with_several_programmes_gets_one_message_and_chooses_of_which_it_wants_numbers(village):
    await add_programme(village, slug="brezice-telefon", name="Telefon brez strahu")
    coordinator = await village.coordinator(BREZICE)
    await village.travel(datetime(2026, 3, 9, 7, 0, tzinfo=UTC))
    [message] = mondays(coordinator)
    assert (await follows(coordinator, message, "Več: številke tedna")).endswith("Izberite program.")
    assert coordinator.buttons[:3] == ["Migam z računalnikom", "Telefon brez strahu", "Cela knjižnica"]


async def test_a_forged_button_of_the_message_leads_nowhere(monday):
    coordinator, message = monday
    for action in (
        "pon:klic",
        "below:home",
        "below:show_story:x",
        "below:show_story:999",
        "below:below:show_stories",
        "below",
        "below:choose_form:n:national:",
    ):
        told = len(coordinator.toasts)
        await coordinator.taps_data(message.id, action)
        await coordinator.settles()
        [toast] = coordinator.toasts[told:]
        assert toast.text in ("Ta gumb ne velja več.", "Ta gumb tukaj ne velja."), action


async def test_who_is_no_coordinator_any_more_sees_nothing_behind_an_old_button(village, monday):
    _, message = monday
    stranger = village.simulator.person("Tuj")
    await say(stranger, "/start")
    for button in [button for row in message.buttons for button in row]:
        await stranger.taps_data(stranger.screen.id, button.data)
        await stranger.settles()
        assert "Pomlad" not in stranger.screen.text
        assert "BRE-" not in stranger.screen.text


async def test_what_opens_today_is_told_of_as_today_and_what_opens_in_a_week_not_yet(village):
    coordinator = await village.coordinator(BREZICE)
    for start, name in ((date(2026, 3, 17), "Danes"), (date(2026, 3, 24), "Pozneje")):
        await joins(village, await village.cohort(BREZICE, start=start, name=name), name)
    await village.travel(SECOND_MONDAY)
    message = mondays(coordinator)[-1]
    assert "Danes pride v skupino »Danes« izhodiščni vprašalnik." in plain(message.text)
    await village.travel(SECOND_MONDAY + timedelta(hours=8))  # as »Pregled« says it in the afternoon
    told = await query(
        village,
        monday_message.message,
        services=village.services,
        programmes=[village.programme(BREZICE)],
        last=week_of(SECOND_MONDAY).previous,
        planned_at=SECOND_MONDAY,
    )
    assert "»Pozneje«" not in plain(told.text)
