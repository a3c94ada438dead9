"""Telegram in this process: its state is the stand-in's, and whoever watches is told what it did and what it let go."""

import asyncio
import json

from bot.simulator.faults import Faults
from bot.simulator.people import Person
from bot.simulator.refusals import too_fast
from bot.simulator.state import Account, World
from bot.simulator.updates import UpdateQueue
from tests.simulation import line

USERNAME = "povezujejo_bot"
TOKEN = "123456789:AAsimulation"


class _Queue(UpdateQueue):
    """Says what comes in and what is confirmed."""

    def __init__(self, watch):
        super().__init__()
        self.watch = watch

    def add(self, kind, body, chat_id, now):
        number = super().add(kind, body, chat_id, now)
        if number is not None:
            self.watch.asks(number, kind, body, chat_id)
        return number

    def confirm(self, update_ids):
        ids = set(update_ids)
        for update in self.pending:
            if update.update_id in ids:
                self.watch.is_acknowledged(update)
        super().confirm(ids)


class Telegram:
    """The surroundings of people with phones (`bot.simulator.people.Surroundings`), and where the line leads."""

    bot = desk = None

    def __init__(self, clock, troubles, watch):
        self.world = World(123456789, USERNAME, clock)
        self.world.updates = _Queue(watch)
        self.troubles, self.watch = troubles, watch
        self.faults, self.people, self._polls = Faults(), {}, line.Polls(self.world)

    def person(self, name):
        account = Account(self.world.next_person_id, name)
        self.world.next_person_id += 1
        self.world.accounts[account.id] = account
        self.people[account.id] = Person(self, account)
        return self.people[account.id]

    def act(self, call):
        """Do what a request asks for; the status and the answer."""
        status, body = line.act(self.world, call)
        if status == 200 and call.method in line.SHOWS:
            self.watch.shows(call, body["result"])
        return status, body

    async def updates(self, call):
        return await self._polls.poll(call)

    def too_many(self):
        return too_fast(self.troubles.random.choice((1, 2, 30))).body()

    def file(self, path):
        return line.content_of(self.world, path)

    def waits(self):
        """Whether somebody's update waits for the bot."""
        return bool(self.world.updates.pending)

    def comes_again(self):
        """The last confirmation got lost: what was handled comes once more."""
        self.world.updates.lose_confirmation()


class _Given:
    """An update as aiohttp hands it to the webhook."""

    def __init__(self, headers, body):
        self.headers, self._body = headers, body

    async def read(self):
        return self._body


class Pushing:
    """Telegram brings updates to the webhooks of several processes: chats side by side, what fails again."""

    def __init__(self, telegram, lives, secret):
        self._telegram, self._lives, self._secret = telegram, lives, secret
        self._under_way = set()

    async def run(self):
        queue = self._telegram.world.updates
        while True:
            queue.pushed.clear()
            queue.forget_old(self._telegram.world.now())
            for update in list(queue.pending):
                if update.lane not in self._under_way:
                    self._under_way.add(update.lane)
                    asyncio.create_task(self._bring(update))  # noqa: RUF006 - ended with the loop
            await queue.pushed.wait()

    async def _bring(self, update):
        queue, random = self._telegram.world.updates, self._telegram.troubles.random
        await asyncio.sleep(self._telegram.troubles.sending_takes())
        try:
            taken, lives = False, [life for life in self._lives() if life.webhook is not None and not life.over]
            if lives:
                given = _Given({"X-Telegram-Bot-Api-Secret-Token": self._secret}, json.dumps(update.wire()).encode())
                taken = await random.choice(lives).is_given(given) == 200
            if taken and random.random() > 0.05:  # else the answer got lost
                queue.confirm([update.update_id])
            else:
                await asyncio.sleep(1)
        finally:
            self._under_way.discard(update.lane)
            queue.pushed.set()
