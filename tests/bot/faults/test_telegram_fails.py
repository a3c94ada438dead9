"""Telegram refuses, fails, hangs and is cut off: no answer is lost or stored twice, nobody is written to twice."""

import asyncio
from datetime import timedelta

import pytest
from sqlalchemy import bindparam, select

from storage import deliveries
from storage.schema import DeliveryKind, DeliveryState, delivery, enrolment, occasion, participant
from tests.bot.faults.journeys import Participant, Steady
from tests.plugins.processes import run_town

pytestmark = pytest.mark.slow
BREZICE = "brezice-racunalnik"
READ_SECONDS = 0.6
FAULTS = {
    "too many": {"kind": "too_many", "seconds": 1},
    "5xx": {"kind": "server_error"},
    "5xx three times": {"kind": "server_error", "times": 3},
    "504": {"kind": "server_error", "status": 504},
    "slow": {"kind": "hang", "seconds": READ_SECONDS / 4},
    "hanging": {"kind": "hang", "seconds": READ_SECONDS * 2},
    "cut before acting": {"kind": "cut_before"},
    "cut after acting": {"kind": "cut_after"},
}
OPENINGS = (
    select(delivery.c.state)
    .join_from(delivery, occasion, delivery.c.occasion == occasion.c.id)
    .join(enrolment)
    .join(participant, participant.c.id == enrolment.c.participant)
    .where(participant.c.chat == bindparam("chat_ref"), delivery.c.kind == DeliveryKind.OPENING)
    .where(occasion.c.wave == "after")
)


class Failing(Participant):
    """Somebody in whose chat something fails."""

    method, fault = "", {}

    def __init__(self, *given):
        super().__init__(*given)
        self.failures = []

    async def moves(self, wave):
        self.fails()
        await super().moves(wave)

    def fails(self):
        """The next request will, unless one is still to come."""
        if self.method and all(one.happened == one.times for one in self.failures):
            self.failures.append(self.town.simulator.faults.add(self.method, chat_id=self.person.id, **self.fault))

    async def is_written_to(self):
        """What becomes of the invitation to the second wave, and how many come."""
        await self.bot.until(self._invitation_has_ended)
        return await self._invitation(), len(self.unasked())

    async def _invitation_has_ended(self):
        state = await self._invitation()
        if state is DeliveryState.DUE:
            self.town.clock.now = max(self.town.clock.now, await self.town.read(deliveries.next_due))
        return state not in {DeliveryState.DUE, DeliveryState.SENDING}

    async def _invitation(self):
        chat = self.town.services.keys.seal_id(self.person.id)
        return await self.town.read(lambda c: c.execute(OPENINGS, {"chat_ref": chat}).scalar_one())


async def time_passes(clock):
    """A minute in three seconds, so that what waits for a tick need not wait long."""
    while True:
        await asyncio.sleep(0.1)
        clock.now += timedelta(seconds=2)


@pytest.fixture
async def hurried(sqlite_url, tmp_path, nursery):
    async with run_town(sqlite_url, tmp_path / "town", nursery) as town:
        life = await town.start(read_seconds=READ_SECONDS)
        passing = asyncio.create_task(time_passes(town.clock))
        yield Steady(town)
        passing.cancel()
        assert not life.over
        life.terminate()
        assert await life.gone() == 0


async def people_with_faults(hurried, method):
    """One for each kind of fault, all with the first question on the screen."""
    people = {}
    for name, fault in FAULTS.items():
        people[name] = Failing(hurried, hurried.town.simulator.person(name), hurried.town.programme(BREZICE))
        people[name].method, people[name].fault = method, fault
    cohort = await hurried.town.cohort(BREZICE)
    await asyncio.gather(*(who.joins(cohort) for who in people.values()))
    return people


@pytest.mark.parametrize(("method", "typing"), [("editMessageText", 0), ("sendMessage", 1), ("*", 0.5)])
async def test_answering_goes_on_while_telegram_fails(hurried, method, typing):
    people = await people_with_faults(hurried, method)
    for who in people.values():
        who.typing = typing
    await asyncio.gather(*(who.answers("before", moves=3) for who in people.values()))
    assert {name for name, who in people.items() if not any(one.happened for one in who.failures)} == set()
    hurried.town.simulator.faults.clear()
    for who in people.values():
        who.method = ""
    await asyncio.gather(*(who.answers("before") for who in people.values()))


async def test_taps_are_answered_while_telegram_fails(hurried):
    who = Participant(hurried, hurried.town.simulator.person(), hurried.town.programme(BREZICE))
    await who.joins(await hurried.town.cohort(BREZICE))
    for fault in (FAULTS["too many"], FAULTS["5xx"], FAULTS["cut before acting"], FAULTS["cut after acting"]):
        hurried.town.simulator.faults.add("answerCallbackQuery", **fault)
        await who.taps(who.person.buttons[0])
        await hurried.until(lambda: asyncio.sleep(0, who.person.unanswered == 0))


async def test_an_invitation_is_sent_again_only_if_it_surely_was_not_sent(hurried):
    town = hurried.town
    people = await people_with_faults(hurried, "")
    await asyncio.gather(*(who.answers("before") for who in people.values()))
    for who in people.values():
        who.method = "sendMessage"
        who.fails()
    town.clock.now = await town.read(deliveries.next_due)
    became = {name: await who.is_written_to() for name, who in people.items()}
    assert became == {
        "too many": (DeliveryState.SENT, 1),
        "5xx": (DeliveryState.SENT, 1),
        "5xx three times": (DeliveryState.SENT, 1),
        "504": (DeliveryState.UNCERTAIN, 0),
        "slow": (DeliveryState.SENT, 1),
        "hanging": (DeliveryState.UNCERTAIN, 1),
        "cut before acting": (DeliveryState.UNCERTAIN, 0),
        "cut after acting": (DeliveryState.UNCERTAIN, 1),
    }
    town.clock.now += timedelta(days=2)
    for name, (_, came) in became.items():  # the reminder covers what was lost
        await hurried.until(lambda who=people[name], came=came: asyncio.sleep(0, len(who.unasked()) == came + 1))
        people[name].method = ""
    await asyncio.gather(*(who.opens() for who in people.values()))
    await asyncio.gather(*(who.answers("after", moves=2) for who in people.values()))
    assert [len(people[name].unasked()) for name in became] == [came for _, came in became.values()]
