"""What people do with their phones, at the right moment and at the wrong one, by what is on the screen."""

import asyncio
from random import Random

from bot.actions import participant as actions

WORDS = ("1", "2", "3", "5", "60", "ne vem", "Zdaj pišem vnukom.", "In še to.", "hvala", "da", "Ana")
COMMANDS = ("/anketa", "/pomoc", "/zasebnost", "/moji_odgovori", "/jezik", "/neznano", "/start")
GOES_ON = (
    actions.agree_to_join,
    actions.join_for_child,
    actions.begin_answering,
    actions.answer_question,
    actions.hand_in,
)
_SERVICE = (
    {"pinned_message": {"message_id": 1}},
    {"message_auto_delete_timer_changed": {"message_auto_delete_time": 1}},
)


class Somebody:
    """A person with a phone and what they are about."""

    def __init__(self, person, link):
        self.person, self._link = person, link
        self._last = None

    async def joins(self):
        await self.person.follows(self._link)
        await asyncio.sleep(5)
        await self._answers(Random(0))

    def _card(self):
        return next((one for one in reversed(self.person.messages) if one.by_bot and one.buttons), None)

    async def does(self, what, random):  # noqa: C901, PLR0912 - a case for each act
        person = self.person
        if person.account.blocked and what != "blocks":
            return
        match what:
            case "answers":
                await self._answers(random)
            case "taps":
                await self._taps(self._card(), random)
            case "taps old":
                await self._taps(random.choice(person.messages), random)
            case "taps twice":
                await self._taps(self._card(), random, again=True, new_query_id=random.random() < 0.5)
            case "types":
                self._last = await person.says(random.choice(WORDS))
            case "types a lot":
                for _ in range(3):
                    self._last = await person.says(random.choice(WORDS))
            case "edits" if self._last is not None:
                await person.edits(self._last, random.choice(WORDS))
            case "speaks":
                await person.sends_voice(b"recording", seconds=3)
            case "service":
                await person.causes(**random.choice(_SERVICE))
            case "commands":
                await person.says(random.choice(COMMANDS))
            case "stops":
                await person.says("/stop")
                await asyncio.sleep(5)
                await self._means_it()
            case "blocks" if person.account.blocked:
                person.unblocks()
            case "blocks":
                person.blocks()

    async def _answers(self, random):
        """Whatever leads on: consent, the next answer, handing in; words where nothing can be tapped."""
        card = self._card()
        data = [] if card is None else [button.data for row in card.buttons for button in row if button.data]
        ways = [one for one in data if any(action.is_name_of(one) for action in GOES_ON)]
        if len(ways) > 2 and random.random() < 0.9:
            ways = [one for one in ways if not one.endswith((":d", ":r", ":s"))] or ways
        if ways and random.random() < 0.85:
            await self.person.taps_data(card.id, ways[random.randrange(min(len(ways), 6))])
        elif data:
            self._last = await self.person.says(random.choice(WORDS))
        else:
            await self.person.says("/anketa")

    async def _means_it(self):
        """»Samo nehajte pisati«, where that is asked."""
        card = self._card()
        for button in () if card is None else (button for row in card.buttons for button in row):
            if button.data and actions.stop_messages.is_name_of(button.data):
                await self.person.taps_data(card.id, button.data)

    async def _taps(self, message, random, **how):
        data = [] if message is None else [button.data for row in message.buttons for button in row if button.data]
        if data:
            await self.person.taps_data(message.id, random.choice(data), **how)
