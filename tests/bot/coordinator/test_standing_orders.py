"""The work of all libraries comes by itself to the national coordinator who wants it, each week or each month."""

from datetime import UTC, datetime

import pytest
from plugins.at_the_desk import drawn_again, forge, query, say, tap
from sqlalchemy import select

from bot.actions import coordinator as actions
from bot.actions.choices import NATION, Cadence
from bot.orders import placed
from bot.orders.report import ReportOrder
from bot.worker.jobs import ReportSpec
from storage import staff
from storage.schema import DeliveryKind, DeliveryState, Role, audit, delivery

pytestmark = pytest.mark.both_databases

WEEKLY, MONTHLY = "Pošiljaj vsak teden", "Pošiljaj vsak mesec"
NO_WEEKLY, NO_MONTHLY = "Ne pošiljaj več vsak teden", "Ne pošiljaj več vsak mesec"


async def national_at_the_card(village):
    national = await village.staff(Role.NATIONAL, None, "Neža")
    await say(national, "/porocilo")
    await tap(national, "Vse knjižnice skupaj")
    return national


async def planned(village, state=DeliveryState.DUE):
    """When what is to come, in the order in which it was planned."""

    def read(connection):
        statement = (
            select(delivery.c.planned_at, delivery.c.details)
            .where(delivery.c.kind == DeliveryKind.WEEKLY, delivery.c.state == state)
            .order_by(delivery.c.id)
        )
        return connection.execute(statement).all()

    rows = await query(village, read)
    return [(row.planned_at, row.details.get("week") or row.details.get("month"), row.details["part"]) for row in rows]


def at(*moment):
    return datetime(*moment, tzinfo=UTC)


async def test_nothing_comes_by_itself_until_somebody_wants_it(village):
    await national_at_the_card(village)
    await village.wait(days=40)

    assert await planned(village) == []


async def test_the_last_week_comes_on_monday_and_then_on_the_next_one(village):
    national = await national_at_the_card(village)
    await tap(national, WEEKLY)
    assert NO_WEEKLY in national.buttons
    said = national.screen.text.replace("\N{NO-BREAK SPACE}", " ")
    assert "Tedenski pregled naslednjič pride v ponedeljek, 9. 3. 2026, ob 8.00." in said
    assert await drawn_again(village, national) == (national.screen.text, national.buttons)
    first = at(2026, 3, 9, 7)
    assert await planned(village) == [(first, "2026-W10", "text"), (first, "2026-W10", "pdf")]

    await village.travel(first)
    await village.ticks()
    told = [one for one in national.messages if one.by_bot]
    assert any("2.–8. 3. 2026" in one.text.replace("\N{NO-BREAK SPACE}", " ") for one in told)
    assert [one.media.name for one in told if one.media] == ["pregled-vseh-knjiznic-2026-W10.pdf"]
    await village.ticks()
    second = at(2026, 3, 16, 7)
    assert await planned(village) == [(second, "2026-W11", "text"), (second, "2026-W11", "pdf")]


async def test_the_last_month_comes_on_the_first_working_day(village):
    national = await national_at_the_card(village)
    await tap(national, MONTHLY)
    assert [one[:2] for one in await planned(village)] == [(at(2026, 4, 1, 6), "2026-03")] * 2  # a Wednesday

    await village.travel(at(2026, 4, 1, 6))
    await village.ticks()
    await village.ticks()
    assert [one[:2] for one in await planned(village)] == [(at(2026, 5, 4, 6), "2026-04")] * 2  # behind two holidays


async def test_it_is_stopped_with_a_button_and_begun_again(village):
    national = await national_at_the_card(village)
    await tap(national, WEEKLY)
    await tap(national, NO_WEEKLY)
    assert WEEKLY in national.buttons
    assert await planned(village) == []
    await village.wait(days=15)
    await village.ticks()
    assert await planned(village) == []
    await say(national, "/porocilo")
    await tap(national, "Vse knjižnice skupaj")
    await tap(national, WEEKLY)
    assert len(await planned(village)) == 2


async def test_a_button_that_is_tapped_twice_changes_nothing(village):
    national = await national_at_the_card(village)
    await tap(national, WEEKLY)
    await forge(national, actions.send_regularly(Cadence.WEEK, True))
    assert len(await planned(village)) == 2
    await tap(national, NO_WEEKLY)
    for wish in (actions.send_regularly(Cadence.WEEK, False), "send_regularly:year:1"):
        await forge(national, wish)

    def read(connection):
        return connection.execute(select(audit.c.action).where(audit.c.subject == "country:week")).scalars().all()

    assert await query(village, read) == ["report.standing", "report.stop"]


async def test_who_is_no_longer_staff_gets_nothing(village):
    national = await national_at_the_card(village)
    await tap(national, MONTHLY)
    assert NO_MONTHLY in national.buttons

    def remove(connection, now):
        from storage import staff  # noqa: PLC0415 - only this test removes somebody

        return staff.remove(connection, staff.listing(connection)[0].id, now, "operator")

    assert await village.write(remove, now=village.clock())
    await village.travel(at(2026, 6, 1, 10))
    await village.ticks()

    assert await planned(village) == []
    assert await planned(village, DeliveryState.SENT) == []


async def test_what_comes_by_itself_does_not_come_to_who_may_not_have_it_any_more(village):
    coordinator = await village.coordinator("brezice-racunalnik")
    before = len(coordinator.messages)
    order = ReportOrder(ReportSpec("country", NATION, week="2026-W09"), ("text",))
    [member] = await query(village, staff.listing)
    due = village.clock()
    await village.write(
        placed.plan, order=order, begins="country:1:week:", kind=DeliveryKind.WEEKLY, due_at=due, member=member.id
    )
    await village.ticks()
    assert await planned(village, DeliveryState.CANCELLED) == [(due, "2026-W09", "text")]
    assert len(coordinator.messages) == before
