"""Reports on demand are planned once, and only for those whose programme it is."""

import pytest
from plugins.at_the_desk import drawn_again, forge, query, say, tap
from plugins.village import run_village
from sqlalchemy import select

from storage.schema import DeliveryKind, Role, delivery

BREZICE, KAMNIK = "brezice-racunalnik", "kamnik-slovenscina"
PREPARING = "Pripravljamo poročilo. V nekaj trenutkih pride v ta pogovor kot besedilo, slika in datoteka za branje."


async def nothing(_house, _edge):
    return 0


@pytest.fixture
async def village(sqlite_url, tmp_path):
    """A village whose bot delivers only when the test says so."""
    async with run_village(sqlite_url, tmp_path, deliver=nothing) as running:
        yield running


async def ordered(village):
    """What was ordered, but for the parts, of which there are three."""

    def read(connection):
        statement = select(delivery).where(delivery.c.kind == DeliveryKind.REPORT).order_by(delivery.c.id)
        return connection.execute(statement).all()

    rows = await query(village, read)
    assert {row.due_at for row in rows} <= {village.clock()}
    parts = [row.details.pop("part") for row in rows]
    assert parts == ["text", "picture", "file"] * (len(rows) // 3)
    return [(row.staff, row.details) for row in rows[::3]]


async def test_a_coordinator_chooses_the_week(village):
    coordinator = await village.coordinator(BREZICE)
    card = await say(coordinator, "/porocilo")
    assert card == "Tedensko poročilo\nMigam z računalnikom\n\nIzberite teden."
    assert coordinator.buttons == ["Prejšnji teden (23. 2. – 1. 3.)", "Ta teden (2. 3. – 8. 3.)", "Na začetek"]
    assert await drawn_again(village, coordinator) == (card, coordinator.buttons)
    assert await tap(coordinator, "Prejšnji") == PREPARING
    assert await ordered(village) == [(1, {"report": "weekly", "programme": BREZICE, "week": "2026-W09"})]
    assert await drawn_again(village, coordinator) == (PREPARING, ["Na začetek"])


async def test_what_was_ordered_comes_as_text_picture_and_file(village):
    await village.enrol(await village.cohort(BREZICE))
    coordinator = await village.coordinator(BREZICE)
    for command in ("/porocilo", "/ucinek"):
        before = len(coordinator.messages)
        await say(coordinator, command)
        if command == "/porocilo":
            await tap(coordinator, "Ta teden")
        await village.wait(seconds=1)
        came = coordinator.messages[before + 2 :]
        assert [None if one.media is None else one.media.kind for one in came] == [None, "photo", "document"]
        assert all(one.protect_content for one in came)


async def test_a_second_tap_orders_nothing_more(village):
    coordinator = await village.coordinator(BREZICE)
    await say(coordinator, "/porocilo")
    await tap(coordinator, "Ta teden", again=True, new_query_id=True)
    await forge(coordinator, f"rpo:{BREZICE}:t")
    assert await ordered(village) == [(1, {"report": "weekly", "programme": BREZICE, "week": "2026-W10"})]


async def test_the_impact_of_the_only_programme_is_ordered_at_once(village):
    coordinator = await village.coordinator(BREZICE)
    assert await say(coordinator, "/ucinek") == PREPARING
    assert await ordered(village) == [(1, {"report": "impact", "programme": BREZICE})]


async def test_the_national_coordinator_chooses_among_all_programmes(village):
    national = await village.staff(Role.NATIONAL, None, "Neža")
    names = [one.name for one in village.house.programmes.values()]
    for command in ("/ucinek", "/porocilo"):
        await say(national, command)
        assert national.buttons == [*names, "Na začetek"]
        assert await drawn_again(village, national) == (national.screen.text, national.buttons)
    await tap(national, village.programme(KAMNIK).name)
    assert national.buttons[-1] == "‹ Nazaj"
    await tap(national, "Ta teden")
    await say(national, "/ucinek")
    await tap(national, village.programme(KAMNIK).name, again=True, new_query_id=True)
    assert await ordered(village) == [
        (1, {"report": "weekly", "programme": KAMNIK, "week": "2026-W10"}),
        (1, {"report": "impact", "programme": KAMNIK}),
    ]


@pytest.mark.parametrize("who", ["a coordinator of another library", "a librarian", "a stranger"])
async def test_others_order_nothing(village, who):
    match who:
        case "a stranger":
            other = village.simulator.person("Tuj")
            await say(other, "/start")
        case "a librarian":
            other = await village.librarian(BREZICE)
        case _:
            other = await village.coordinator(KAMNIK)
    for command in ("/porocilo", "/ucinek"):
        if who != "a coordinator of another library":
            words = await say(other, command)
            assert words.startswith("To je za knjižničarje" if who == "a stranger" else "To v vaši vlogi ni mogoče.")
    for action in (f"rpw:{BREZICE}", f"rpo:{BREZICE}:t", f"rpi:{BREZICE}"):
        assert await forge(other, action) == "Ta gumb ne pripada temu pogovoru."
    assert await ordered(village) == []


async def test_the_state_of_all_programmes_for_the_national_coordinator(village):
    await village.enrol(await village.cohort(BREZICE))
    await village.enrol(await village.cohort(KAMNIK))
    national = await village.staff(Role.NATIONAL, None, "Neža")
    assert (await say(national, "/stanje")).startswith("Stanje\nVsi programi\n\nVpisanih: 2\n")
    assert national.buttons == ["Na začetek"]
