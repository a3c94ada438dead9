"""One person with the chat on a phone and the same chat in a browser, in whatever order: both show what is true.

The model is the engine: an answer is stored under the question that stood where it was given, or under none.
"""

import html
import random
import re
from functools import partial

import pytest
from plugins.engine_inputs import reply_of, words_of
from plugins.web_village import run_web_village

from bot.actions import participant as actions
from bot.actions.participant import Right
from bot.routing.looking import look
from bot.texts import languages
from storage import chats, participants
from storage.answers import responses
from surveys import engine
from surveys.languages import localised

pytestmark = [pytest.mark.slow, pytest.mark.timeout(900)]

STEPS = 35
REMEMBERED = 6  # pages to which somebody goes back
GOES_BACK = 0.3
BY_SCRIPT = 0.5
WORDS = ("1", "2", "3", "60", "ne vem", "Ne vem.", "hvala lepa", "-4", "1, 2", "Zdaj pišem <vnukom> & drugim.")
COMMANDS = ("/anketa", "/osebe", "/moji_podatki", "/jezik", "/zasebnost", "/neznano")
ENDINGS = (
    *(actions.erase_everything.name, actions.stop_messages.name),
    *(actions.choose_person(what, 0).removesuffix("0") for what in (Right.ERASE, Right.STOP)),
)  # what ends taking part has journeys of its own
_SPACE, _TAG, _COMMAND = re.compile(r"\s+"), re.compile(r"<[^>]+>"), re.compile(r"(?<![\w/<:.])/([a-z_]+)")
_ENTRANCE = re.compile(r"https?://\S+/v/\S+")


class TwoDoors:
    """Somebody with both open, and what the engine says of each thing that they do."""

    def __init__(self, web, phone, browser, seed):
        self.web, self.phone, self.browser, self.random = web, phone, browser, random.Random(seed)
        self.chat = web.services.keys.seal_id(phone.id)
        self.pages, self.sent, self.done = [], None, set()

    async def read(self, unit, **how):
        return await self.web.services.database.read(partial(unit, **how))

    def stored(self, connection):
        """What the chat wants to be seen, and every questionnaire of this person by its number."""
        runs = [run.id for one in participants.of_chat(connection, self.chat)
                for run in responses.of_enrolment(connection, one.id)]  # fmt: skip
        row = chats.load(connection, self.chat)
        return row, {run: self._run(connection, run) for run in runs}

    def _run(self, connection, run):
        found = responses.load(connection, run)
        over = found.finished_at is not None and not found.reopened_at
        return found.questionnaire, responses.answers(connection, self.web.services.keys, run), found.revision, over

    async def steps(self):
        """One thing at random, and everything that has to hold after it."""
        row, runs = await self.read(self.stored)
        ways = (self.taps, self.taps, self.says, self.presses, self.presses, self.types, self.commands,
                self.sends_again)  # fmt: skip
        way = self.random.choice(ways)
        meant = await way(row)
        await self.phone.settles()
        expected = {run: held[1] for run, held in runs.items()}
        if meant is not None:
            expected = after(runs, row, *meant)
        _, now = await self.read(self.stored)
        assert {run: held[1] for run, held in now.items()} == expected, (way.__name__, meant)
        await self.shows_what_is_true()

    async def taps(self, _row):
        shown = [one.data for line in self.phone.screen.buttons for one in line if self._harmless(one.data)]
        if not shown:
            return None
        action = self.random.choice(shown)
        await self.phone.taps_data(self.phone.screen.id, action)
        return "tap", action

    async def says(self, row):
        words = self.random.choice(WORDS + COMMANDS)
        await self.phone.says(words)
        return None if words.startswith("/") else ("words", words, row.wanted)

    async def presses(self, _row):
        self._goes_back()
        shown = [one for one in self.browser.page.xpath("//button[@name='action']") if self._harmless(one.get("value"))]
        if not shown:
            return None
        button = self.random.choice(shown)
        await self._sends(button)
        return "tap", button.get("value")

    async def types(self, _row):
        self._goes_back()
        fields = self.browser.page.xpath("//*[@id='words']")
        if not fields:
            return None
        (button,) = fields[0].getparent().xpath("./button")
        words = self.random.choice(WORDS)
        sent = await self._sends(button, words=words)
        return "words", words, int(sent["revision"])

    async def commands(self, _row):
        self._goes_back()
        shown = self.browser.page.xpath("//nav//button[@name='command']")
        await self._sends(self.random.choice(shown))

    async def sends_again(self, _row):
        """The very same form, as a browser does after a lost answer."""
        if self.sent is not None:
            await self._posts(*self.sent)

    def _goes_back(self):
        """Sometimes the browser shows an earlier page, as it was, and what is done is done there."""
        if self.random.random() < GOES_BACK:
            self.browser.page = self.random.choice(self.pages)

    def _harmless(self, action):
        return action is not None and not action.startswith(ENDINGS)

    async def _sends(self, button, **more):
        action, data = self.browser.form(button, **more)
        self.sent = (action, data)
        self.done.add("fresh" if self.browser.page is self.pages[-1] else "stale")
        await self._posts(action, data)
        return data

    async def _posts(self, action, data):
        headers = {"X-Card": "1"} if self.random.random() < BY_SCRIPT else {}
        await self.browser._arrives(await self.browser.client.post(action, data=data, headers=headers))
        assert (self.browser.status, self.browser.address) == (200, "/")
        self.browser.page.get_element_by_id("card")

    async def shows_what_is_true(self):
        """Phone and page show the card that is stored: its words, its buttons, what these ask for."""
        how = {"services": self.web.services, "chat": self.chat, "now": self.web.clock(), "channel": "web"}
        stored = await self.read(look, **how)
        on_page = languages.words(stored.language).on_page
        told, read = (html.unescape(_TAG.sub("", text)) for text in (stored.screen.text, on_page(stored.screen.text)))
        buttons = [(one.label, one.link or one.action) for line in stored.screen.rows for one in line]
        card = self.phone.screen
        assert without_note(card, told) == told
        on_phone = [(one.label, one.url or one.data) for line in card.buttons for one in line]
        assert without_once(on_phone) == without_once(buttons)
        await self.browser.opens("/")
        assert self.browser.status == 200
        named = {one.get("value"): one.text for one in self.browser.page.xpath("//nav//button[@name='command']")}
        written = _COMMAND.sub(lambda found: named.get(found[1], found[0]), read)
        assert _SPACE.sub("", self.browser.question) == _SPACE.sub("", written)
        rows = self.browser.page.xpath("//*[@class='row']/*")
        assert [(one.text, one.get("href") or one.get("value")) for one in rows] == [
            (on_page(label), leads) for label, leads in buttons
        ]
        self.pages = [*self.pages, self.browser.page][-REMEMBERED:]


def without_note(card, told):
    """The text of a card on the phone without what is said once above it, which no look draws again."""
    note = card.text.removesuffix(told)
    italic = [one for one in card.entities if (one["type"], one["offset"]) == ("italic", 0)]
    return told if italic and note.endswith("\n\n") and card.text.endswith(told) else card.text


def without_once(buttons):
    """Without »Pokličite me«, which stands below words that were not understood, once."""
    return [one for one in buttons if not actions.ask_for_call.is_name_of(one[1])]


def after(runs, row, kind, said, revision=None):
    """The answers that the engine leaves, where `said` was tapped, or written on a page of this revision."""
    left = {run: held[1] for run, held in runs.items()}
    verb, *rest = said.split(":") if kind == "tap" else row.view.split(":")
    run = int(rest[0]) if rest and rest[0].isdecimal() else None
    if run not in runs:
        return left
    questionnaire, answers, revised, finished = runs[run]
    if kind == "tap" and verb == actions.hand_in.name:
        if not finished and int(rest[1]) == revised and engine.current(questionnaire, answers) is None:
            left[run] = {**answers, **engine.close(questionnaire, answers)}
        return left
    item = questionnaire.items[int(rest[1])] if len(rest) > 1 and int(rest[1]) < len(questionnaire.items) else None
    if kind == "tap" and verb == actions.answer_question.name and int(rest[2]) == revised:
        reply = reply_of(rest[3])
    elif kind == "words" and verb == "question" and revision == row.wanted:
        reply = words_of(item, said, row.language)
    else:
        return left
    spoken = localised(questionnaire, row.language).questionnaire
    outcome = engine.answer(spoken, answers, item.id, reply, finished=finished)
    if isinstance(outcome, engine.Accepted):
        left[run] = {**answers, **outcome.changes}
    return left


async def both_doors(web, slug, seed):
    """Somebody who has joined in the chat and has opened it in a browser by /splet."""
    enrolled = await web.enrol(await web.cohort(slug))
    phone, browser = web.simulator.person("Marija"), web.surfer()
    await phone.follows(web.village.link(enrolled.token))
    await phone.settles()
    await phone.taps("Da")
    await phone.settles()
    await phone.says("/splet")
    await phone.settles()
    entrance = next(found for one in reversed(phone.messages) if (found := _ENTRANCE.search(one.text)))
    await browser.opens(entrance[0].removeprefix(web.address))
    await browser.presses("Naprej")
    await phone.taps("‹ Nazaj")
    await phone.settles()
    return TwoDoors(web, phone, browser, seed)


@pytest.mark.parametrize(
    ("kind", "slug", "seed"),
    [
        ("sqlite", "brezice-racunalnik", 1),
        ("sqlite", "kamnik-slovenscina", 2),
        ("sqlite", "ljutomer-branje", 3),
        ("postgresql", "ljubljana-karierni-coaching", 4),
    ],
)
async def test_a_phone_and_a_browser_show_the_truth_whatever_is_done_on_either(request, tmp_path, kind, slug, seed):
    async with run_web_village(request.getfixturevalue(f"{kind}_url"), tmp_path) as web:
        both = await both_doors(web, slug, seed)
        await both.shows_what_is_true()
        for _ in range(STEPS):
            await both.steps()
        assert {"fresh", "stale"} <= both.done


async def test_who_has_telegram_reads_in_a_browser_what_is_held_of_their_account(sqlite_url, tmp_path):
    async with run_web_village(sqlite_url, tmp_path) as web:
        both = await both_doors(web, "brezice-racunalnik", 1)
        await both.browser.commands("zasebnost")
        assert "številko vašega računa Telegram" in both.browser.question
        await both.phone.settles()
        await both.shows_what_is_true()
