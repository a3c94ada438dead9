"""A person whose bot dies again and again while they answer, and who goes on from what the phone shows."""

import asyncio
import signal
import time

from sqlalchemy import bindparam, select

from storage import deliveries
from storage.schema import DeliveryKind, DeliveryState, delivery
from tests.bot.faults.journeys import LEASE_AND_MORE, PATIENCE, STEP, Participant, Steady
from tests.plugins.processes import Life

ANSWERING = [
    f"{point}:{name}:{number}"
    for number in (1, 2)
    for point, names in {
        "before commit": ("_commit",),
        "after commit": ("_commit",),
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
PROCESSES = 4  # on SQLite, where every so manieth life is a process, which is killed; the others break off within the
# test's own. Connections to PostgreSQL that break off there stay open until somebody collects them.
_ENDED = select(delivery.c.kind, delivery.c.state).where(
    delivery.c.ended_at >= bindparam("began", type_=delivery.c.ended_at.type)
)


class Mortal(Steady):
    """The bot of a town, which is born again whenever it dies, each time with another death ahead."""

    def __init__(self, town, seed):
        super().__init__(town, seed)
        self.life, self.kills, self.killed, self.cues = None, 0, 0, []
        self._cue, self.died_of = AT_ANY_MOMENT, set()
        self._executioner = None
        self._breaks_off = str(town.services.settings.database.url).startswith("sqlite")

    async def lives(self, cues):
        """See that the bot lives; what is dead is counted and born again."""
        if self.life is not None and not self.life.over:
            return
        if self.life is not None:
            assert await self.life.gone() == -signal.SIGKILL, self.town.log_text()
            self.kills += 1
            self.killed += isinstance(self.life, Life)
            self.died_of.add(self._cue)
        if not self.cues:
            self.cues = self.random.sample([*cues, AT_ANY_MOMENT, AT_ANY_MOMENT], len(cues) + 2)
        self._cue = self.cues.pop()
        apart = self._cue == AT_ANY_MOMENT or self.kills % PROCESSES == 0 or not self._breaks_off
        self.life = await self.town.start(dies=self._cue) if apart else self.town.start_within(dies=self._cue)
        if self._cue == AT_ANY_MOMENT:
            self._executioner = asyncio.create_task(self._kill_soon(self.life))

    async def _kill_soon(self, life):
        await asyncio.sleep(self.random.random() * 0.25)
        life.kill()

    async def dies(self):
        """Between two steps, whatever it is doing."""
        self.cues, self._cue = [], AT_ANY_MOMENT
        if self.life is not None:
            self.life.kill()
            await self.life.gone()

    async def until(self, condition, cues=ANSWERING):
        """Let the bot live and die until the condition holds; raises after a person's patience."""
        deadline = time.monotonic() + PATIENCE
        while True:
            await self.lives(cues)
            if await condition():
                return
            assert time.monotonic() < deadline, f"waited in vain; the log says: {self.town.log_text()[-3000:]}"
            await asyncio.sleep(STEP)

    async def ends(self):
        """The last life ends as an operator ends it."""
        if self._executioner is not None:
            self._executioner.cancel()
        if self.life is not None:
            self.life.kill()
            await self.life.gone()


class MortalParticipant(Participant):
    """Somebody whose invitations, too, come from a bot that dies."""

    async def travels(self):
        """To the next moment at which something comes by itself, and through all deaths until it is done.

        Gives how what was due there ended; it came at most once, and at least once where it is said to be sent.
        """
        await self.bot.dies()
        self.town.clock.now = await self.town.read(deliveries.next_due)
        began, before, self._kills_seen = self.town.clock.now, len(self.unasked()), self.bot.kills + 1
        await self.bot.until(self._all_sent, DELIVERING)
        await self.bot.dies()
        ended = await self.town.read(lambda c: c.execute(_ENDED, {"began": began}).all())
        states = [state for kind, state in ended if kind is not DeliveryKind.CLOSING]
        came = len(self.unasked()) - before
        sent, uncertain = states.count(DeliveryState.SENT), states.count(DeliveryState.UNCERTAIN)
        assert sent <= came <= sent + uncertain, (ended, came)
        return states

    async def is_invited(self):
        """Travel until something was sent, as far as anybody knows, or was cut off."""
        while not {DeliveryState.SENT, DeliveryState.UNCERTAIN} & set(await self.travels()):
            pass

    async def _all_sent(self):
        """Nothing is due any more and nobody is sending; the lease of who died meanwhile is over at once."""
        if await self.bot.nothing_is_due():
            return True
        if self.bot.kills > self._kills_seen:
            self._kills_seen = self.bot.kills
            self.town.clock.now += LEASE_AND_MORE
        return False
