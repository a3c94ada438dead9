"""How a story is played: on the real bot, step by step, with a look at what must hold after each."""

import asyncio
from datetime import timedelta
from random import Random

from sqlalchemy import text

from storage import access_links, cohorts, deliveries, enrolments
from surveys.model import EnrolmentRole
from tests.simulation import crowd, deaths, desk, loop, people, screens
from tests.simulation.bot_api import Pushing, Telegram
from tests.simulation.ground import SECRET
from tests.simulation.life import Life
from tests.simulation.plan import ACTS
from tests.simulation.rate import SharedRate
from tests.simulation.seams import closed
from tests.simulation.troubles import LINE, Troubles
from tests.simulation.watch import Broken, Watch

ENOUGH_TICKS = 12
STARTING = (
    1.0  # seconds, nearly; what a process has sent just before it died counts for Telegram, and nobody remembers it
)
SEASON = timedelta(days=91)
MOST_IN_A_SEASON = 30  # travels
_CODES = text("SELECT code FROM participant ORDER BY id")
_UNSHOWN = text("SELECT count(*) FROM chat WHERE shown < wanted")


class World:
    """A story that is being played."""

    def __init__(self, story, ground):
        self.story, self.ground = story, ground
        self.random = Random(f"play {story.seed}")
        self.engines, self.troubles = ground.engines, Troubles(self.random)
        self._rate = SharedRate(self.troubles)
        self.watch = Watch(self.clock, ground.engines)
        self.telegram = Telegram(self.clock, self.troubles, self.watch)
        self.services = ground.services(self.clock, "webhook" if story.processes > 1 else "polling")
        self.watch.programmes = self.services.programmes
        self.lives, self.folk, self.staff, self._opened = [], {}, [], set()

    def shared_rate(self):
        """What several processes keep together."""
        return self._rate if self.story.processes > 1 else None

    def clock(self):
        return self.story.begins + timedelta(seconds=asyncio.get_running_loop().time())

    def write(self, function, **arguments):
        connection = self.engines.writer()
        with connection.begin():
            return function(connection, **arguments)

    def settle(self):
        """The groups and the people, before anybody does anything."""
        now, today = self.clock(), self.clock().date()
        groups = []
        for slug, after, length in self.story.groups:
            start = today + timedelta(days=after)
            groups.append(
                self.write(
                    cohorts.add,
                    programme=self.services.programmes[slug],
                    name=f"Skupina {len(groups) + 1}",
                    start=start,
                    end=start + timedelta(days=length),
                    now=now,
                    actor="operator",
                )
            )
        phones = {}
        for member in self.story.members:
            person = phones.setdefault(member.phone, None) or self.telegram.person(f"Oseba {member.phone}")
            phones[member.phone] = person
            self.folk[member.number] = people.Somebody(person, self._enrolled(member, groups[member.group], now))
        if self.story.crowd:
            programme = self.services.programmes[crowd.SLUG]
            self.write(crowd.has_answered, programme=programme, people=self.story.crowd, random=self.random)
        for role, slug in self.story.staff:
            self._comes_to_work(role, slug, now)

    def _enrolled(self, member, group, now):
        programme = self.services.programmes[group.programme]
        waits = member.waits and any(wave.waiting for wave in programme.waves)
        role = EnrolmentRole.WAITING if waits else EnrolmentRole.PARTICIPANT
        enrolled = self.write(
            enrolments.enrol,
            keys=self.services.keys,
            programme=programme,
            cohort=group,
            now=now,
            actor="operator",
            role=role,
        )
        return self.services.link(enrolled.token)

    def _comes_to_work(self, role, slug, now):
        token = self.write(
            access_links.create_staff,
            keys=self.services.keys,
            role=role,
            library=self.services.programmes[slug].code,
            now=now,
            actor="operator",
        )
        person = self.telegram.person(f"Zaposlena {len(self.staff)}")
        self.staff.append(desk.Staff(person, self.services.link(token), slug, self._codes, self.clock))

    def _codes(self):
        return [row.code for row in self.watch.read(_CODES)]

    async def plays(self):
        running = asyncio.get_running_loop()
        running.set_task_factory(deaths.task_factory)
        running.set_exception_handler(lambda *_: None)  # who dies leaves futures behind
        self.settle()
        pushing = None
        if self.story.processes > 1:
            pushing = asyncio.create_task(Pushing(self.telegram, lambda: self.lives, SECRET).run())
        try:
            for _ in range(self.story.processes):
                await self.is_born()
            for somebody in self.everybody():
                await somebody.joins()
                await self.passes(5)
            for step in self.story.steps:
                self.watch.notes("step", step)
                running.begins_step()
                await self.happens(step)
                self.holds()
            await self.is_calm()
            self.holds()
        finally:
            if pushing is not None:
                pushing.cancel()
            for life in self.lives:
                await life.dies()

    def everybody(self):
        return [*self.folk.values(), *self.staff]

    def holds(self):
        if self.watch.broken:
            raise self.watch.broken[0]

    async def is_born(self, point="", number=0):
        life = Life(self, point, number)
        self.lives.append(life)
        await life.is_ready()

    async def is_born_again(self, point="", number=0):
        """In the place of one that has ended."""
        await asyncio.sleep(STARTING)
        await self.is_born(point, number)

    async def passes(self, seconds):
        """Time; who died meanwhile is born again."""
        await asyncio.sleep(seconds)
        for life in [life for life in self.lives if life.over]:
            self.lives.remove(life)
            await life.dies()
            await self.is_born_again()

    async def happens(self, step):
        random = Random(step.number)
        if step.kind in ACTS:
            if step.who in self.folk:
                await self.folk[step.who].does(step.kind, random)
                await self.passes(random.choice((0, 1.1, 1.1, 5, 20)))
            return
        if step.kind in desk.FOR_COORDINATORS:
            await self.staff[step.who].does(step.kind, random)
            await self.passes(10)
            await self.newcomers_join(random)
            return
        await self.befalls(step.kind, random)

    async def befalls(self, kind, random):
        """What happens to all of them."""
        match kind:
            case "wait":
                await self.passes(random.choice((60, 3600, 86400 * random.random())))
                self.ticks()
            case "travel":
                await self.travels()
            case "rush":
                for somebody in self.folk.values():
                    await somebody.does("answers", random)
                await self.passes(30)
            case "season":
                await self.season_passes()
            case "calm":
                await self.is_calm()
            case "line":
                self.troubles.befall(random.choices(LINE, k=random.randrange(1, 5)))
            case "database":
                await self.database_fails(random)
            case "dies":
                await self.someone_dies(random)
            case "restarts":
                life = self.lives.pop(random.randrange(len(self.lives)))
                await life.ends()
                await self.is_born_again()
            case "comes again":
                self.telegram.comes_again()

    async def newcomers_join(self, random):
        """Who has been given a link meanwhile opens it, mostly; two in a story are enough."""
        links = {link for staff in self.staff for link in staff.links()}
        for link in sorted(links - self._opened)[: 2 - len(self._opened)]:
            self._opened.add(link)
            newcomer = people.Somebody(self.telegram.person(f"Nova oseba {len(self._opened)}"), link)
            self.folk[-len(self._opened)] = newcomer
            await newcomer.joins()
            for _ in range(3):
                await newcomer.does("answers", random)
                await self.passes(2)

    async def database_fails(self, random):
        """While somebody answers, and while what is due is sent."""
        self.troubles.database = random.choice(("full", "locked", "broken", "read-only"))
        for somebody in self.folk.values():
            await somebody.does("answers", random)
        self.ticks()
        await self.passes(random.choice((1, 5, 40)))
        self.troubles.database = ""

    async def someone_dies(self, random):
        life = self.lives.pop(random.randrange(len(self.lives)))
        await life.dies()
        point = random.choice(deaths.POINTS)
        await self.is_born_again(point, random.randrange(1, 400 if point in {"await", "statement"} else 20))

    def ticks(self):
        for life in self.lives:
            life.ticks()

    def next_due(self):
        with self.engines.watching.connect() as connection:
            return deliveries.next_due(connection)

    async def travels(self):
        """To the next moment at which something comes by itself."""
        due = self.next_due()
        if due is None:
            return
        days = (due - self.clock()) / timedelta(days=1)
        await self.passes(max(0.0, (due - self.clock()).total_seconds()) + self.random.random() * 15)
        self.ticks()
        if days > 1:
            for life in self.lives:
                life.ticks(1)
        await self.passes(20)

    async def season_passes(self):
        """Three months, and what comes by itself in them."""
        ends = self.clock() + SEASON
        for _ in range(MOST_IN_A_SEASON):
            due = self.next_due()
            if due is None or due > ends:
                break
            await self.travels()
        await self.passes(max(0.0, (ends - self.clock()).total_seconds()))
        self.ticks()
        for life in self.lives:
            life.ticks(1)
        await self.passes(20)

    async def is_calm(self):
        """Nothing fails any more: soon everything is handled, sent and shown."""
        self.troubles.are_over()
        for _ in range(ENOUGH_TICKS):
            await self.passes(40)
            self.ticks()
            await self.passes(5)
            if self.is_quiet():
                break
        else:
            raise Broken("it becomes quiet", self.why())
        await self.passes(2)
        screens.agree(self)

    def is_quiet(self):
        return not self.telegram.waits() and not self.watch.read(_UNSHOWN)[0][0]

    def why(self):
        waiting, behind = len(self.telegram.world.updates.pending), self.watch.read(_UNSHOWN)[0][0]
        return f"{waiting} updates wait, {behind} chats are behind"


def play(story, ground):
    """What breaks in it: a `Broken`, another exception, or None; and its log."""
    world = None

    async def within():
        nonlocal world
        world = World(story, ground)
        await world.plays()

    try:
        with closed(story.seed):
            loop.run(within())
    except Exception as problem:  # noqa: BLE001 - whatever it is, the seed has found it
        return problem, world
    return None, world
