"""Somebody who joins and answers everything, whatever happens to the bot meanwhile."""

import asyncio
import random
import re
import time
from contextlib import asynccontextmanager
from datetime import timedelta

from sqlalchemy import bindparam, func, select

from bot.texts.slovene import common
from bot.texts.slovene import participant as texts
from storage import chats, deliveries
from storage.schema import DeliveryKind, DeliveryState, delivery, enrolment, occasion, participant
from tests.bot.faults import diary as diaries
from tests.bot.faults.diary import Diary
from tests.plugins.processes import run_town

PATIENCE = 180.0  # only what fails waits so long: machines are shared
STEP = 0.02
_NOTE = re.compile(rf"\A{re.escape(texts.writing.saved(''))}.*\n\n")  # said once, above what is drawn again
LEASE_AND_MORE = timedelta(minutes=11)
OPEN = select(delivery.c.id).where(
    delivery.c.state.in_([DeliveryState.DUE, DeliveryState.SENDING]),
    delivery.c.due_at <= bindparam("soon", type_=delivery.c.due_at.type),
)

WRITTEN = (
    select(delivery.c.state, func.count())
    .join_from(delivery, occasion, delivery.c.occasion == occasion.c.id)
    .join(enrolment)
    .join(participant, participant.c.id == enrolment.c.participant)
    .where(
        participant.c.chat == bindparam("chat_ref"),
        delivery.c.kind != DeliveryKind.CLOSING,
        delivery.c.state.in_([DeliveryState.SENT, DeliveryState.UNCERTAIN]),
    )
    .group_by(delivery.c.state)
)


@asynccontextmanager
async def steady_town(url, folder, nursery):
    """A town with one process, which lives until it is told to end."""
    async with run_town(url, folder, nursery) as town:
        life = await town.start()
        yield Steady(town)
        assert not life.over
        life.terminate()
        assert await life.gone() == 0


class Steady:
    """The bot of a town: one process that lives."""

    def __init__(self, town, seed=7):
        self.town, self.random = town, random.Random(seed)

    async def until(self, condition):
        """Wait until the condition holds; raises after a person's patience."""
        deadline = time.monotonic() + PATIENCE
        while not await condition():
            assert time.monotonic() < deadline, f"{condition} stays false; the log: {self.town.log_text()[-3000:]}"
            await asyncio.sleep(STEP)

    async def travels(self, to):
        """To this moment, stopping wherever something is due."""
        while (due := await self.town.read(deliveries.next_due)) is not None and due <= to:
            self.town.clock.now = max(due, self.town.clock.now)
            await self.until(self.nothing_is_due)
        self.town.clock.now = to

    async def nothing_is_due(self):
        """Whether nothing is due, and nobody is at work on it."""
        soon = self.town.clock.now + LEASE_AND_MORE
        return not await self.town.read(lambda c: c.execute(OPEN, {"soon": soon}).all())


class Participant:
    """Somebody who answers everything that they are asked."""

    typing = 0.2  # how often what could be tapped is typed

    def __init__(self, bot, person, programme, *, again=False):
        self.bot, self.town, self.person, self.programme = bot, bot.town, person, programme
        self.again = again  # every tap is sent twice, the second time under new ids
        self.diary = None

    def _idle(self):
        desk = self.town.simulator.desk
        return not (self.town.simulator.world.updates.waiting_for(self.person.id) or desk.running[self.person.id])

    async def sees(self):
        """Whether all that this person did has arrived, and the phone shows what is stored."""
        if not self._idle():
            return False
        if not any(message.by_bot for message in self.person.messages):
            return False
        wanted = await self.town.read(lambda c: diaries.should_be_seen(c, self.town.services, self.person))
        screen = self.person.screen
        return wanted == (_NOTE.sub("", screen.text), screen.labels)

    async def is_confirmed(self):
        """Whether the bot knows that its card is on this phone."""
        chat = self.town.services.keys.seal_id(self.person.id)
        row = await self.town.read(lambda c: chats.load(c, chat))
        return row.seen_from is not None or row.seen_at is not None

    async def joins(self, cohort):
        enrolled = await self.town.enrol(cohort)
        await self.person.follows(self.town.link(enrolled.token))
        await self.bot.until(self.sees)
        for label in (texts.FOR_MY_CHILD, texts.GUARDIAN_YES, texts.YES):
            if label in self.person.buttons:
                await self.taps(label)

    async def taps(self, label):
        """Tap, and wait until the phone shows what is to be seen then."""
        await self.person.taps(label, again=self.again, new_query_id=True)
        await self.bot.until(self.sees)

    async def says(self, words):
        """The same with a message."""
        await self.person.says(words)
        await self.bot.until(self.sees)

    async def answers(self, wave, moves=None):
        """From the open question on the phone to the thanks, or so many moves."""
        if self.diary is None or self.diary.finished:
            self.diary = Diary(self.programme.questionnaire(self.programme.wave(wave)))
        while not self.diary.finished and moves != 0:
            await self.moves(wave)
            moves = None if moves is None else moves - 1

    async def moves(self, wave):
        """One tap or message, and whatever deaths it takes until the phone shows the right screen."""
        assert diaries.place_on(self.diary.questionnaire, self.person.screen) == self.diary.place
        move = diaries.decide(self.diary, self.person.buttons, self.bot.random, self.typing)
        if move.typed:  # words before a card is confirmed are not for it (docs/decisions/words-before-the-card.md)
            await self.bot.until(self.is_confirmed)
        await (self.says(move.words) if move.typed else self.taps(move.words))
        self.diary.takes(move)
        held = await self.town.read(lambda c: diaries.stored(c, self.town.services, self.person, wave))
        assert self.diary.stored_as_held(held), (move, held, self.diary.answers, self.diary.before, self.diary.revision)

    def unasked(self):
        """The invitations and reminders that this person has got."""
        return [one for one in self.person.history if one.by_bot and one.text.startswith(self.programme.library)]

    async def opens(self):
        """Tap the invitation, or ask for it where none came."""
        button = next((label for label in (common.START, common.CONTINUE) if label in self.person.buttons), None)
        await (self.says("/anketa") if button is None else self.taps(button))
        if self.diary is not None and not self.diary.finished:
            self.diary.opens()


async def opening(town, wave):
    """When the last of all is invited to this wave."""
    return await town.read(lambda c: c.execute(select(func.max(occasion.c.opens_at)).filter_by(wave=wave)).scalar_one())


async def written(who):
    """How many unasked messages the database says were sent, and how many may have been."""
    chat = who.town.services.keys.seal_id(who.person.id)
    found = dict(await who.town.read(lambda c: c.execute(WRITTEN, {"chat_ref": chat}).all()))
    return found.get(DeliveryState.SENT, 0), found.get(DeliveryState.UNCERTAIN, 0)


def told(person):
    """How often somebody was told that it has to wait."""
    said = [one.text or "" for one in (*person.messages, *person.toasts) if getattr(one, "by_bot", True)]
    return sum(texts.writing.HAS_TO_WAIT in text for text in said)
