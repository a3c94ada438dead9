"""A person whose bot dies again and again while they answer, and who goes on from what the phone shows."""

import asyncio
import random
import signal
import time
from datetime import timedelta

from sqlalchemy import bindparam, select

from bot.texts import common
from bot.texts import participant as texts
from storage import deliveries
from storage.schema import DeliveryKind, DeliveryState, delivery
from tests.bot.faults import diary as diaries
from tests.bot.faults.diary import Diary

PATIENCE = 20.0
STEP = 0.01
LEASE_AND_MORE = timedelta(minutes=11)
ANSWERING = [
    f"{point}:{name}:{number}"
    for number in (1, 2)
    for point, names in {
        "before commit": ("take_turn",),
        "after commit": ("take_turn",),
        "before sending": ("editMessageText", "answerCallbackQuery", "*", "getUpdates"),
        "after sending": ("editMessageText", "answerCallbackQuery", "*", "getUpdates"),
    }.items()
    for name in names
] + ["before sending:sendMessage:1", "after sending:sendMessage:1"]
"""Where a bot dies that answers people."""
DELIVERING = [
    f"{point}:{name}:1"
    for point, names in {
        "before commit": ("plan", "claim", "prepare", "record_sent"),
        "after commit": ("plan", "claim", "prepare", "record_sent"),
        "before sending": ("sendMessage", "editMessageReplyMarkup"),
        "after sending": ("sendMessage", "editMessageReplyMarkup"),
    }.items()
    for name in names
]
"""Where a bot dies that sends what is due."""
AT_ANY_MOMENT = ""
_ENDED = select(delivery.c.kind, delivery.c.state).where(
    delivery.c.ended_at >= bindparam("began", type_=delivery.c.ended_at.type)
)


class Mortal:
    """The bot of a town, which is born again whenever it dies, each time with another death ahead."""

    def __init__(self, town, seed):
        self.town, self.random = town, random.Random(seed)
        self.life, self.kills, self.cues = None, 0, []
        self._executioner = None

    async def lives(self, cues):
        """See that a process of the bot is there; what is dead is counted and born again."""
        if self.life is not None and not self.life.over:
            return
        if self.life is not None:
            assert await self.life.gone() == -signal.SIGKILL, self.town.log.read_text()
            self.kills += 1
        if not self.cues:
            self.cues = self.random.sample([*cues, AT_ANY_MOMENT, AT_ANY_MOMENT], len(cues) + 2)
        cue = self.cues.pop()
        self.life = await self.town.start(dies=cue)
        if cue == AT_ANY_MOMENT:
            self._executioner = asyncio.create_task(self._kill_soon(self.life))

    async def _kill_soon(self, life):
        await asyncio.sleep(self.random.random() * 0.25)
        life.kill()

    async def dies(self):
        """Between two steps, whatever it is doing."""
        self.cues = []
        if self.life is not None:
            self.life.kill()
            await self.life.gone()

    async def until(self, condition, cues):
        """Let the bot live and die until the condition holds; raises after a person's patience."""
        deadline = time.monotonic() + PATIENCE
        while True:
            await self.lives(cues)
            if await condition():
                return
            assert time.monotonic() < deadline, f"waited in vain; the log says: {self.town.log.read_text()[-3000:]}"
            await asyncio.sleep(STEP)

    async def ends(self):
        """The last life ends as an operator ends it."""
        if self._executioner is not None:
            self._executioner.cancel()
        if self.life is not None:
            self.life.kill()
            await self.life.gone()


class Participant:
    """Somebody who answers everything that they are asked."""

    def __init__(self, mortal, person, programme):
        self.mortal, self.town, self.person, self.programme = mortal, mortal.town, person, programme
        self.random = mortal.random
        self.diary = None
        self._kills_seen = 0

    def _idle(self):
        desk = self.town.simulator.desk
        return not (self.town.simulator.world.updates.waiting_for(self.person.id) or desk.running[self.person.id])

    async def sees(self):
        """Whether all that this person did has arrived, and the phone shows what is stored."""
        if not self._idle():
            return False
        wanted = await self.town.read(lambda c: diaries.should_be_seen(c, self.town.house, self.person))
        screen = self.person.screen
        return wanted == (screen.text, screen.labels)

    async def joins(self, cohort):
        enrolled = await self.town.enrol(cohort)
        await self.person.follows(self.town.link(enrolled.token))
        await self.mortal.until(self._welcomed, ANSWERING)
        await self.person.taps(texts.YES)
        await self.mortal.until(self._asked, ANSWERING)

    async def _welcomed(self):
        return self._wrote() and texts.YES in self.person.buttons and await self.sees()

    async def _asked(self):
        return texts.YES not in self.person.buttons and await self.sees()

    def _wrote(self):
        return any(message.by_bot for message in self.person.messages)

    async def answers(self, wave, moves=None):
        """From the open question on the phone to the thanks, or so many moves."""
        if self.diary is None or self.diary.finished:
            self.diary = Diary(self.programme.questionnaire(self.programme.wave(wave)))
        self.diary.opens()
        while not self.diary.finished and moves != 0:
            await self.moves(wave)
            moves = None if moves is None else moves - 1

    async def moves(self, wave):
        """One tap or message, and whatever deaths it takes until the phone shows the right screen."""
        assert diaries.place_on(self.diary.questionnaire, self.person.screen) == self.diary.place
        move = diaries.decide(self.diary, self.person.buttons, self.random)
        await (self.person.says(move.words) if move.typed else self.person.taps(move.words))
        self.diary.takes(move)
        await self.mortal.until(self.sees, ANSWERING)
        held = await self.town.read(lambda c: diaries.stored(c, self.town.house, self.person, wave))
        assert self.diary.stored_as_held(held), (move, held, self.diary.answers, self.diary.before, self.diary.revision)

    async def travels(self):
        """To the next moment at which something comes by itself, and through all deaths until it is done.

        Gives how what was due there ended; it came at most once, and at least once where it is said to be sent.
        """
        await self.mortal.dies()
        self.town.clock.now = await self.town.read(deliveries.next_due)
        began, before, self._kills_seen = self.town.clock.now, len(self._unasked()), self.mortal.kills + 1
        await self.mortal.until(self._all_sent, DELIVERING)
        await self.mortal.dies()
        ended = await self.town.read(lambda c: c.execute(_ENDED, {"began": began}).all())
        states = [state for kind, state in ended if kind is not DeliveryKind.CLOSING]
        came = len(self._unasked()) - before
        sent, uncertain = states.count(DeliveryState.SENT), states.count(DeliveryState.UNCERTAIN)
        assert sent <= came <= sent + uncertain, (ended, came)
        return states

    async def is_invited(self):
        """Travel until something was sent, as far as anybody knows, or was cut off."""
        while not {DeliveryState.SENT, DeliveryState.UNCERTAIN} & set(await self.travels()):
            pass

    def _unasked(self):
        """The invitations and reminders that this person has got."""
        return [one for one in self.person.history if one.by_bot and one.text.startswith(self.programme.library)]

    async def _all_sent(self):
        """Nothing is due any more and nobody is sending; the lease of who died meanwhile is over at once."""
        soon = self.town.clock.now + LEASE_AND_MORE
        working = select(delivery.c.id).where(
            delivery.c.state.in_([DeliveryState.DUE, DeliveryState.SENDING]), delivery.c.due_at <= soon
        )
        if not await self.town.read(lambda c: c.execute(working).all()):
            return True
        if self.mortal.kills > self._kills_seen:
            self._kills_seen, self.town.clock.now = self.mortal.kills, soon
        return False

    async def opens(self):
        """Tap the invitation, or ask for it where none came."""
        button = next((label for label in (common.START, common.CONTINUE) if label in self.person.buttons), None)
        await (self.person.says("/anketa") if button is None else self.person.taps(button))
        await self.mortal.until(self._opened, ANSWERING)

    async def _opened(self):
        return not {common.START, common.CONTINUE} & set(self.person.buttons) and await self.sees()
