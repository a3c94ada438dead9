"""Random walks: words, recordings and files at any moment, also while the bot is away and before cards are shown.

Whatever happens, what somebody sends is stored under the question that they had on the screen, or under none.
"""

import asyncio
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, timedelta
from functools import partial
from itertools import count

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from plugins.arriving import handle

from bot.actions import participant as actions
from bot.conversation.arrivals import ConfirmedCard
from bot.runtime.services import open_services_now
from bot.runtime.settings import Settings
from storage import chats, cohorts, enrolments, occasions, participants, shared_phones
from storage.answers import responses
from storage.engine.database import Database
from storage.engine.migrate import upgrade
from storage.schema import Giver
from storage.secrets.keys import create_key_file
from surveys import engine
from surveys.model import Mode, NonAnswer
from surveys.reading import Problem, read_text
from tests.plugins.consent_texts import text_read

START = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)
SLUG = "brezice-racunalnik"
WORDS = ("1", "2", "3", "3", "5", "ne vem", "Zdaj pišem vnukom.", "In še to.", "1, 2", "hvala", "/pomoc", "/anketa")
_numbers = count(1)

STEPS = st.one_of(
    st.tuples(st.just("write"), st.sampled_from(WORDS)),
    st.tuples(st.just("write"), st.sampled_from(WORDS)),
    st.tuples(st.just("speak"), st.just("")),
    st.tuples(st.just("send"), st.just("")),
    st.tuples(st.just("edit"), st.sampled_from(WORDS)),
    st.tuples(st.just("tap"), st.integers(0, 9)),
    st.tuples(st.just("tap"), st.integers(0, 4)),
    st.tuples(st.just("fetch"), st.just("")),
    st.tuples(st.just("handle"), st.just("")),
    st.tuples(st.just("handle"), st.just("")),
    st.tuples(st.just("show"), st.just("")),
    st.tuples(st.just("show"), st.just("")),
    st.tuples(st.just("record"), st.just("")),
    st.tuples(st.just("restart"), st.just("")),
    st.tuples(st.just("all"), st.just("")),
)


@dataclass
class Sent:
    """An update on its way, with the item that was on the screen as it was made."""

    raw: dict
    item: str | None
    words: str | None = None
    known: ConfirmedCard | None = None


@dataclass
class Phone:
    """Telegram and its person: what was sent, what is on the screen, and what the bot has been told of it."""

    services: object
    run: int
    questionnaire: object
    user: int
    chat: bytes
    now: datetime = START
    screen: str = ""  # the view that the person sees
    card: object = None  # with these buttons
    message: int = 0  # the card's number
    waiting: list = field(default_factory=list)  # at Telegram
    accepted: list = field(default_factory=list)  # by the bot, not handled yet
    undrawn: object = None  # the turn that is to be shown
    memory: ConfirmedCard | None = None  # an edit that is not recorded yet
    last: dict | None = None  # the last message of the person
    items: dict = field(default_factory=dict)  # message → the item that was on the screen as it was written

    async def write(self, function, **arguments):
        return await self.services.database.write(partial(function, **arguments))

    async def answers(self):
        return await self.services.database.read(
            partial(responses.answers, keys=self.services.keys, response_id=self.run)
        )

    def item_on_screen(self):
        name, _, argument = self.screen.partition(":")
        return self.questionnaire.items[int(argument.split(":")[1])].id if name == "question" else None

    def sends(self, *, words=None, **content):
        kind = "edited_message" if content.pop("edited", False) else "message"
        message = {"message_id": next(_numbers), "date": int(self.now.timestamp())} | content
        message |= {"from": {"id": self.user}, "chat": {"id": self.user, "type": "private"}}
        self.last = message
        item = self.items.setdefault(message["message_id"], self.item_on_screen())
        self.waiting.append(Sent({"update_id": next(_numbers), kind: message}, item, words))

    def edits(self, words):
        """Change the last message: it still belongs to what was on the screen when it was written first."""
        self.sends(text=words, edited=True, message_id=self.last["message_id"], date=self.last["date"])

    def taps(self, which):
        actions = [] if self.card is None else [button.action for row in self.card.rows for button in row]
        if actions:
            query = {"id": "1", "from": {"id": self.user}, "data": actions[which % len(actions)]}
            query["message"] = {"message_id": self.message}
            self.waiting.append(Sent({"update_id": next(_numbers), "callback_query": query}, None))

    def fetches(self):
        for sent in self.waiting:
            sent.known = self.memory
        self.accepted += self.waiting
        self.waiting = []

    async def handles(self):
        if not self.accepted:
            return
        sent = self.accepted.pop(0)
        before = await self.answers()
        turn = await handle(self.services, sent.raw, sent.known)
        after = await self.answers()
        if turn is not None:
            if self.undrawn is not None and self.undrawn.reply.fresh:
                turn = replace(turn, reply=replace(turn.reply, fresh=True))
            self.undrawn = turn
        if "callback_query" not in sent.raw:
            changed = {item for item in before | after if before.get(item) != after.get(item)}
            meant = {item for item in changed if after[item].non_answer is not NonAnswer.NOT_ASKED}
            assert meant <= {sent.item}, (sent, before, after)
            if "message" in sent.raw and sent.words is not None:
                self.loses_nothing(sent, before, after)

    def loses_nothing(self, sent, before, after):
        """More words never take the place of a text unseen, and the first words at an open question are its answer."""
        held, holds = before.get(sent.item), after.get(sent.item)
        if sent.item is None or not engine.is_open(held):
            return
        item = self.questionnaire.item(sent.item)
        outcome = engine.answer(self.questionnaire, before, sent.item, engine.Typed(sent.words))
        if isinstance(outcome, engine.Accepted) and item.kind == "text":
            assert isinstance(read_text(sent.words), Problem) or sent.words in (holds.text or sent.words)

    async def shows(self):
        turn, self.undrawn = self.undrawn, None
        if turn is None:
            return
        self.screen, self.card = turn.reply.view, turn.reply.card
        if turn.reply.fresh or not self.message:
            self.message, self.memory = next(_numbers), None
            shown = {"chat_ref": self.chat, "revision": turn.revision, "card": self.message}
            await self.write(chats.record_shown, **shown)
        else:
            self.memory = ConfirmedCard(turn.revision, at=self.now)

    async def records(self):
        if self.memory is not None:
            edit, self.memory = self.memory, None
            await self.write(
                chats.record_edited, chat_ref=self.chat, revision=edit.revision, told_at=edit.at, at=edit.at
            )

    async def does(self, what, which):
        self.now += timedelta(seconds=1)
        match what:
            case "write" | "speak" | "send" | "edit" | "tap":
                self.acts(what, which)
            case "fetch":
                self.fetches()
            case "handle":
                await self.handles()
            case "show":
                await self.shows()
            case "record":
                await self.records()
            case "restart":
                self.waiting, self.accepted, self.memory = self.accepted + self.waiting, [], None
            case "all":
                self.fetches()
                while self.accepted:
                    await self.handles()
                await self.shows()

    def acts(self, what, which):
        match what:
            case "write":
                self.sends(text=which, words=which)
            case "speak":
                self.sends(voice={"file_id": f"voice-{next(_numbers)}", "duration": 7})
            case "send":
                self.sends(document={"file_id": f"file-{next(_numbers)}", "file_name": "a.csv"})
            case "edit" if self.last is not None and "text" in self.last:
                self.edits(which)
            case "tap":
                self.taps(which)


@pytest.fixture(scope="module")
def services(tmp_path_factory):
    folder = tmp_path_factory.mktemp("moments")
    url = f"sqlite:///{folder}/moments.db"
    upgrade(url)
    create_key_file(folder / "moments.key")
    return open_services_now(
        Settings.model_validate({"database": {"url": url}, "keys": {"file": str(folder / "moments.key")}}),
        clock=lambda: START,
    )


@pytest.fixture(scope="module")
def walks(services):
    """A function: somebody does these steps in a wave; gives the phone and what is stored."""
    dates = {"start": date(2026, 3, 2), "end": date(2026, 5, 4), "now": START, "actor": "operator"}
    group = services.database.write_now(
        lambda connection: cohorts.add(connection, services.programmes[SLUG], name="Pomlad", **dates)
    )
    return lambda wave, steps: asyncio.run(walk(services, group, wave, steps))


async def joins(services, group, wave):
    """Somebody with the first question of a wave on the screen."""
    programme, user = services.programmes[SLUG], next(_numbers) + 10_000
    chat = services.keys.seal_id(user)

    def unit(connection):
        enrolled = enrolments.enrol(connection, services.keys, programme, group, START, "operator")
        enrolment = participants.of_enrolment(connection, enrolled.enrolment)
        participants.join(connection, enrolment, chat, Giver.SELF, Mode.SELF, text_read("v1"), START, "system")
        shared_phones.arrive(connection, services.keys, chat, enrolment, 0)
        occasions.replan_one(connection, programme, enrolment.id, services.policy, START)
        mine = next(one for one in occasions.of_enrolment(connection, enrolment.id) if one.wave == wave)
        occasions.open_now(connection, mine.id, START, invited=True)
        return mine.id

    occasion = await services.database.write(unit)
    query = {"id": "1", "from": {"id": user}, "data": actions.begin_answering(occasion), "message": {"message_id": 1}}
    turn = await handle(services, {"update_id": next(_numbers), "callback_query": query})
    response = await services.database.read(partial(responses.of_occasion, occasion_id=occasion))
    phone = Phone(services, response.id, response.questionnaire, user, chat, undrawn=turn)
    await phone.shows()
    return phone


async def walk(services, group, wave, steps):
    services = replace(services, database=Database.open(services.settings.database.url))
    try:
        phone = await joins(services, group, wave)
        for step in steps:
            await phone.does(*step)
        await phone.does("all", "")
        return phone, await phone.answers()
    finally:
        await services.database.close()


WALKS = st.lists(STEPS, min_size=20, max_size=80)


@settings(
    max_examples=16,
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow],
    phases=[Phase.explicit, Phase.reuse, Phase.generate],
)
@given(steps=WALKS, wave=st.sampled_from(("before", "after", "after")))
def test_nothing_is_stored_under_a_question_that_was_not_on_the_screen(walks, steps, wave):
    walks(wave, steps)


def test_such_walks_answer_questions(walks):
    """Nothing of the model stands in the way: who waits for each card answers with words alone."""
    acts = (("write", "3"), ("tap", 0), ("write", "1"), ("write", "Zdaj pišem vnukom."))
    phone, held = walks("after", [step for act in acts for step in (act, ("all", ""))] * 12)
    assert engine.current(phone.questionnaire, held) is None
