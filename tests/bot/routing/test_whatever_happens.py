"""Whatever is tapped, typed, repeated, forged, said in another language or cut off by a restart: what is stored is
what the engine says of the inputs that were meant for each person, and of nothing else.

The model here is a plain fold of `surveys.engine`; whom a typed word is for it reads off the card, as people do.
"""

import asyncio
import shutil
from collections import Counter
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime
from functools import partial
from itertools import count

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from plugins.arriving import handle
from plugins.engine_inputs import reply_of, words_of

from bot.actions import participant as actions
from bot.actions.participant import Right
from bot.conversation.request import Request
from bot.routing import routes
from bot.runtime.services import open_services_now
from bot.runtime.settings import Settings
from bot.texts import languages
from storage import chats, cohorts, enrolments, occasions, participants, shared_phones
from storage.answers import responses
from storage.engine.database import Database
from storage.schema import Giver
from storage.secrets.keys import create_key_file, load_keys
from surveys import engine
from surveys.languages import NAMES, localised
from surveys.model import Mode
from tests.plugins.consent_texts import text_read

NOW = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)
ADULT, CHILD = "brezice-racunalnik", "novo-mesto-branje"
WORDS = ("1", "2", "3", "5", "60", "ne vem", "Preskoči", "I don't know", "Ana", "hvala lepa", "-4", " ", "1, 2")
COMMANDS = ("/anketa", "/osebe", "/moji_podatki", "/jezik", "/zasebnost", "/neznano")
KEYS = ("c1", "c3", "+1", "-1", "k", "o", "d", "r", "s")
ENDINGS = (
    *(actions.erase_everything.name, actions.stop_messages.name),
    *(actions.choose_person(what, 0).removesuffix("0") for what in (Right.ERASE, Right.STOP)),
)  # what ends taking part has journeys of its own
ANSWERING = (actions.answer_question, actions.hand_in, actions.begin_answering)
_numbers = count(1)

STEPS = st.one_of(
    st.tuples(st.just("tap"), st.integers(0, 11)),
    st.tuples(st.just("tap"), st.integers(0, 4)),
    st.tuples(st.just("answer"), st.integers(0, 5)),
    st.tuples(st.just("answer"), st.integers(0, 5)),
    st.tuples(st.just("old"), st.integers(0, 200)),
    st.tuples(st.just("again"), st.booleans()),
    st.tuples(st.just("type"), st.sampled_from(WORDS)),
    st.tuples(st.just("type"), st.sampled_from(COMMANDS)),
    st.tuples(st.just("switch"), st.integers(0, 2)),
    st.tuples(st.just("speak"), st.sampled_from(["sl", "sl-x-lahko", "en", "xx"])),
    st.tuples(
        st.just("forge"), st.tuples(st.integers(0, 3), st.integers(0, 13), st.integers(0, 9), st.sampled_from(KEYS))
    ),
    st.tuples(st.just("restart"), st.none()),
)


@dataclass
class Answering:
    """What the engine says of one person's questionnaire, given the inputs that were meant for it."""

    name: str
    enrolment: int
    run: int
    questionnaire: object
    answers: dict = field(default_factory=dict)
    revision: int = 0
    finished: bool = False
    thanked: bool = False  # and perhaps reopened since

    def takes(self, item, reply, language):
        spoken = localised(self.questionnaire, language).questionnaire
        outcome = engine.answer(spoken, self.answers, item.id, reply, finished=self.finished)
        if isinstance(outcome, engine.Accepted):
            self.answers = {**self.answers, **outcome.changes}
            self.revision += 1

    def hands_in(self):
        added = engine.close(self.questionnaire, self.answers)
        self.answers, self.finished, self.thanked = {**self.answers, **added}, True, True
        self.revision += bool(added)


class Phone:
    """A phone on which some people answer, and the bot behind it, which may be started anew between any two inputs."""

    def __init__(self, services, names):
        self.services, self.names = services, names
        self.user = next(_numbers) + 10_000
        self.chat = services.keys.seal_id(self.user)
        self.language, self.seen, self.turn, self.last, self.card = "sl", [], None, None, 1
        self.people = {}

    async def write(self, function, **arguments):
        return await self.services.database.write(partial(function, **arguments))

    async def restarts(self):
        """The bot is started anew: nothing that its process remembered is left."""
        await self.services.database.close()
        responses._versions.clear()
        keys = load_keys(self.services.settings.keys.file)
        self.services = replace(self.services, keys=keys, database=Database.open(self.services.settings.database.url))

    async def joins(self, cohort, name):
        programme = self.services.programmes[cohort.programme]

        def unit(connection):
            enrolled = enrolments.enrol(connection, self.services.keys, programme, cohort, NOW, "operator")
            enrolment = participants.of_enrolment(connection, enrolled.enrolment)
            participants.join(connection, enrolment, self.chat, Giver.SELF, Mode.SELF, text_read("v1"), NOW, "system")
            shared_phones.arrive(connection, self.services.keys, self.chat, enrolment, 0)
            if len(self.names) > 1:
                shared_phones.call(connection, self.services.keys, self.chat, enrolment.participant, name, NOW)
            occasions.replan_one(connection, programme, enrolment.id, self.services.policy, NOW)
            first = occasions.of_enrolment(connection, enrolment.id)[0]
            occasions.open_now(connection, first.id, NOW, invited=True)
            return enrolment.id, first.id

        enrolment_id, occasion = await self.write(unit)
        await self.taps(actions.begin_answering(occasion))
        response = await self.services.database.read(partial(responses.of_occasion, occasion_id=occasion))
        self.people[response.id] = Answering(name, enrolment_id, response.id, response.questionnaire)

    async def sends(self, update):
        """What arrives is answered, and the card that answers it is seen before anything else is done."""
        self.last = update
        message = {"message_id": next(_numbers), "date": int(NOW.timestamp())}
        message |= {"chat": {"id": self.user, "type": "private"}}
        user = {"id": self.user, "is_bot": False, "first_name": "X"}
        kind, words = update[1:]
        if kind == "tap":
            card = {**message, "message_id": self.card}
            content = {"callback_query": {"id": "1", "from": user, "data": words, "message": card}}
        else:
            content = {"message": {**message, "from": user, "text": words}}
        self.turn = await handle(self.services, {"update_id": update[0], **content})
        self.seen += [button.action for row in self.turn.reply.card.rows for button in row]
        self.card = next(_numbers)
        shown = {"chat_ref": self.chat, "revision": self.turn.revision, "card": self.card}
        await self.write(chats.record_shown, **shown)

    async def taps(self, action):
        if action.startswith(ENDINGS):
            return
        self.means(action)
        await self.sends((next(_numbers), "tap", action))

    async def types(self, words):
        if not words.startswith("/"):
            self.says(words)
        await self.sends((next(_numbers), "say", words))

    def means(self, action):
        """What a tap is to do, by the run that its button names."""
        verb, *rest = action.split(":")
        person = self.people.get(int(rest[0])) if rest and rest[0].isdecimal() else None
        if verb == actions.read_in_language.name and rest[0] in NAMES:
            self.language = rest[0]
        elif verb == actions.hand_in.name and person and not person.finished and int(rest[1]) == person.revision:
            if engine.current(person.questionnaire, person.answers) is None:
                person.hands_in()
        elif verb == actions.correct_answers.name and person:
            person.finished = False  # reopened: it takes answers until it is handed in again
        elif (
            verb == actions.answer_question.name
            and person
            and int(rest[2]) == person.revision
            and int(rest[1]) < len(person.questionnaire.items)
        ):
            person.takes(person.questionnaire.items[int(rest[1])], reply_of(rest[3]), self.language)

    def says(self, words):
        """What typed words are to do: they answer what is on the screen, for whom it says."""
        name, _, argument = self.turn.reply.view.partition(":")
        if name != "question":
            return
        line = languages.words(self.language).sharing.for_whom("")
        text = self.turn.reply.card.text.removeprefix("<i>")
        named = text.partition("\n")[0].removesuffix("</i>").removeprefix(line) if text.startswith(line) else None
        run, index = map(int, argument.split(":")[:2])
        person = next((one for one in self.people.values() if one.name == named), None) if named else self.people[run]
        item = person.questionnaire.items[index]
        person.takes(item, words_of(item, words, self.language), self.language)

    async def agrees(self):
        """What is stored is what the model says, and the card is what stored state draws."""
        await self.services.database.read(self._agrees)

    def _agrees(self, connection):
        here = shared_phones.of_chat(connection, self.services.keys, self.chat)
        for person in self.people.values():
            response = responses.load(connection, person.run)
            assert responses.answers(connection, self.services.keys, person.run) == person.answers
            assert (response.finished_at is not None and not response.reopened_at, response.revision) == (
                person.finished,
                person.revision,
            )
            person.name = next(one.name for one in here if response.code in one.codes)
        row = chats.load(connection, self.chat)
        assert (row.view, row.language) == (self.turn.reply.view, self.language)
        how = {"view": row.view, "language": row.language, "aloud": row.aloud}
        request = Request(connection, self.services, self.chat, NOW, **how)
        drawn, card = routes.draw(request, row.view), self.turn.reply.card
        assert (ways(drawn), body(drawn.text)) == (ways(card), body(card.text))
        name, _, argument = row.view.partition(":")
        if name in ("question", "summary", "thanks") and len(self.people) > 1:
            person = self.people[int(argument.partition(":")[0])]
            assert drawn.text.startswith("<i>" + languages.words(self.language).sharing.for_whom(person.name))

    async def does(self, what, which):
        """One step of a walk; what it cannot do now it leaves."""
        shown = [button.action for row in self.turn.reply.card.rows for button in row]
        answers = [action for action in shown if any(one.is_name_of(action) for one in ANSWERING)]
        match what:
            case "tap" if shown:
                await self.taps(shown[which % len(shown)])
            case "answer" if answers:
                await self.taps(answers[which % len(answers)])
            case "old" if self.seen:
                await self.taps(self.seen[which % len(self.seen)])
            case "again":
                kind, words = self.last[1:]
                if which:
                    await self.sends(self.last)
                else:
                    await (self.taps(words) if kind == "tap" else self.types(words))
            case "type":
                await self.types(which)
            case "switch":
                await self.taps(actions.answer_for_others())
            case "speak":
                await self.taps(actions.read_in_language(which))
            case "forge":
                run, index, revision, key = which
                number = [*self.people, 999][run % (len(self.people) + 1)]
                await self.taps(actions.answer_question(number, index, revision, key))
            case "restart":
                await self.restarts()


def ways(screen):
    """Its buttons, without »Pokličite me«, which stands below words that were not understood, once."""
    return [button for row in screen.rows for button in row if not actions.ask_for_call.is_name_of(button.action)]


def body(text):
    """What a card says below the notes above it."""
    return text.rpartition("</i>\n\n")[2]


@pytest.fixture(scope="module")
def services(migrated_file, tmp_path_factory):
    """A house on a database that all walks of this module share."""
    folder = tmp_path_factory.mktemp("walks")
    shutil.copy(migrated_file, folder / "walks.db")
    create_key_file(folder / "walks.key")
    settings_ = Settings.model_validate(
        {"database": {"url": f"sqlite:///{folder}/walks.db"}, "keys": {"file": str(folder / "walks.key")}}
    )
    return open_services_now(settings_, clock=lambda: NOW)


@pytest.fixture(scope="module")
def walks(services):
    """A function: these people do these steps on one phone; gives the phone."""

    def add(connection):
        dates = {"start": date(2026, 3, 2), "end": date(2026, 5, 4), "now": NOW, "actor": "operator"}
        return [cohorts.add(connection, services.programmes[slug], name="Pomlad", **dates) for slug in (ADULT, CHILD)]

    groups = services.database.write_now(add)
    return lambda names, steps: asyncio.run(walk(services, groups, names, steps))


async def walk(services, groups, names, steps):
    adults, children = groups
    phone = Phone(replace(services, database=Database.open(services.settings.database.url)), names)
    try:
        for name in names:
            await phone.joins(children if name == "Bor" else adults, name)
            await phone.agrees()
        for step in steps:
            await phone.does(*step)
            await phone.agrees()
    finally:
        await phone.services.database.close()
    return phone


WALKS = st.lists(STEPS, min_size=10, max_size=60)
ALWAYS = {
    "deadline": None,
    "suppress_health_check": [HealthCheck.too_slow],
    "phases": [Phase.explicit, Phase.reuse, Phase.generate],  # to make a walk shorter takes longer than to read it
}


@settings(max_examples=8, **ALWAYS)
@given(steps=WALKS)
def test_what_is_stored_is_what_the_engine_says(walks, steps):
    walks(("Marija",), steps)


@settings(max_examples=8, **ALWAYS)
@given(steps=WALKS)
def test_no_answer_lands_with_another_person_of_the_phone(walks, steps):
    walks(("Marija", "Jože", "Bor"), steps)


@pytest.mark.parametrize("names", [("Marija",), ("Bor", "Marija")])
def test_a_walk_with_the_first_answers_ends_in_thanks(walks, names):
    """The walks above can get to the end: nothing of the model stands in the way."""
    steps = [("answer", 0), ("answer", 0), ("type", "1"), ("tap", 0), ("switch", 0)] * 60
    phone = walks(names, steps)
    assert Counter(person.thanked for person in phone.people.values())[True] == len(names)
