"""One journey of all three kinds of people, in which everything is said that a log must not repeat."""

import re
from dataclasses import dataclass, field
from datetime import timedelta

from sqlalchemy import select

from bot.actions import participant as actions
from bot.texts import story_desk
from bot.texts.slovene import common, stories
from bot.texts.slovene import participant as texts
from storage import access_links
from storage.answers import responses
from storage.schema import Role, participant
from storage.schema import run as runs_table
from surveys.model import CHOSEN, Kind
from tests.bot.faults.journeys import Participant

BREZICE = "brezice-racunalnik"
TYPED = "Kanarček Peregrin je zdaj na zaslonu."
OUT_OF_PLACE = "Ali je kakšen tečaj tudi v Globokem?"
TOLD = "Sraka Brezimena mi je pomagala pisati vnukinji."
EDITED = "Nekdo drug mi je pomagal pisati vnukinji."
LINK = re.compile(r"start=([\w-]+)")
TOGETHER = 120.0  # seconds for everything that one step may take


@dataclass
class Said:
    """Everything personal that went through the bot, by what it is."""

    names: list[str] = field(default_factory=list)
    chats: list[str] = field(default_factory=list)
    tokens: list[str] = field(default_factory=list)
    codes: list[str] = field(default_factory=list)
    typed: list[str] = field(default_factory=list)
    chosen: list[str] = field(default_factory=list)

    def found_in(self, text):
        """What of it stands in this text, by what it is."""
        lowered = text.casefold()
        return {
            what: [one for one in values if one.casefold() in lowered]
            for what, values in vars(self).items()
            if any(one.casefold() in lowered for one in values)
        }


class Everybody:
    """A librarian, a coordinator and participants in a town."""

    def __init__(self, steady):
        self.steady, self.town = steady, steady.town
        self.said = Said(tokens=[str(self.town.simulator.token), self.town.simulator.token.partition(":")[2]])

    def person(self, name):
        who = self.town.simulator.person(name)
        self.said.names.append(name)
        self.said.chats.append(str(who.id))
        return who

    async def says(self, who, words):
        await who.says(words)
        await who.settles(TOGETHER)

    async def taps(self, who, label, **how):
        await who.taps(label, **how)
        await who.settles(TOGETHER)

    async def staff(self, name, role):
        """Somebody who has followed a staff link."""
        token = await self.town.write(
            access_links.create_staff,
            keys=self.town.services.keys,
            role=role,
            library=self.town.programme(BREZICE).code,
            now=self.town.clock(),
            actor="operator",
        )
        self.said.tokens.append(token)
        who = self.person(name)
        await self.says(who, f"/start {token}")
        return who

    async def live(self):
        """The whole of it, from the staff links to the erasure."""
        librarian = await self.staff("Žaklina", Role.LIBRARIAN)
        await self.town.cohort(BREZICE)
        await self.enrols(librarian)
        who = await self.participates("Ksenofonta")
        await self.assists(librarian)
        await self.disturbs(who.person)
        for wave in ("after", "followup"):
            await self.steady.travels(self.town.clock.now + timedelta(days=95 if wave == "followup" else 64))
            await who.opens()
            await who.answers(wave)
        coordinator = await self.staff("Bogdanka", Role.COORDINATOR)
        await self.tells(who.person, coordinator)
        await self.asks_for_reports(coordinator)
        await self.notes_answers()
        await self.leaves(who.person)
        await self.steady.travels(self.town.clock.now + timedelta(days=8))  # another Monday
        return self.said

    async def enrols(self, librarian):
        await self.says(librarian, "/vpis")
        await self.taps(librarian, "Pomlad")
        await self.taps(librarian, "1\xa0oseba")
        await self.taps(librarian, "Še ena oseba")
        found = [LINK.search(message.text) for message in librarian.messages]
        self.links = [one[1] for one in found if one is not None]
        self.said.tokens += self.links
        codes = await self.town.read(
            lambda c: c.execute(select(participant.c.code).order_by(participant.c.id)).scalars().all()
        )
        self.said.codes += codes
        for command in ("/skupine", "/klici", "/pomoc", f"/udelezenec {codes[1]}"):
            await self.says(librarian, command)

    async def participates(self, name):
        who = Participant(self.steady, self.person(name), self.town.programme(BREZICE))
        await self.says(who.person, f"/start {self.links[0]}")
        await self.taps(who.person, texts.YES)
        await who.answers("before")
        for command in ("/anketa", "/zasebnost", "/moji_podatki", "/pomoc", "/neznano", OUT_OF_PLACE):
            await self.says(who.person, command)
        self.said.typed.append(OUT_OF_PLACE)
        return who

    async def assists(self, librarian):
        """The librarian answers for somebody who has no phone."""
        code = self.said.codes[1]
        await self.says(librarian, f"/udelezenec {code}")
        await self.taps(librarian, "Zapiši privolitev")
        await self.taps(librarian, "Oseba sama, s podpisom")
        await self.says(librarian, f"/izpolni {code}")
        await self.taps(librarian, "z nekaj pomoči")
        await self.taps(librarian, common.BACK)
        await self.taps(librarian, "precej dobro")

    async def tells(self, person, coordinator):
        """A story, from the first word to the approval of an edited copy."""
        await self.taps(person, stories.TELL)
        await self.says(person, TOLD)
        await self.taps(person, stories.RIGHT)
        await self.taps(person, stories.PUBLISH)
        await self.says(coordinator, "/zgodbe")
        await self.taps(coordinator, "Zgodba 1")
        await self.taps(coordinator, story_desk.EDIT)
        await self.says(coordinator, EDITED)
        await self.taps(coordinator, story_desk.APPROVE)
        self.said.typed += [TOLD, EDITED]

    async def asks_for_reports(self, coordinator):
        await self.says(coordinator, "/porocilo")
        await self.taps(coordinator, coordinator.buttons[0])
        await self.taps(coordinator, "Besedilo in slika")
        await self.says(coordinator, "/ucinek")
        await self.taps(coordinator, "Učinek programa")
        await self.taps(coordinator, "Spletna stran (HTML)")
        await self.says(coordinator, "/izvoz")
        await self.taps(coordinator, "CSV")
        reports = lambda: sum(one.media is not None for one in coordinator.messages) >= 3  # noqa: E731 - a condition
        await coordinator.waits(reports, TOGETHER)
        await self.says(coordinator, "/stanje")

    async def disturbs(self, person):
        """What goes wrong on the way: forged buttons, repeated taps, files, failures of Telegram, a block."""
        await person.taps_data(person.screen.id, f"answer_question:1:2:3:{TYPED}"[:60])
        await person.settles()
        await person.sends_document(b"anything", f"{TYPED}.txt", caption=TYPED)
        await person.settles()
        refusal = {"status": 400, "description": f"Bad Request: can't parse entities: {TYPED}"}
        for kind in ("too_many", "server_error", "cut_before", "cut_after", "refused"):
            given = refusal if kind == "refused" else {}
            self.town.simulator.faults.add("sendMessage", kind, **given)
            await self.says(person, "/anketa")
            self.town.simulator.faults.add("editMessageText", kind, **given)
            await person.taps_data(person.screen.id, actions.go_home())
            await person.settles(TOGETHER)
        self.town.simulator.faults.clear()
        person.blocks()
        await person.settles()
        person.unblocks()
        await self.says(person, "/anketa")
        self.said.typed.append(TYPED)

    async def leaves(self, person):
        await self.says(person, "/stop")
        await self.says(person, "/izbris")
        await self.taps(person, "Da, izbriši vse")

    async def notes_answers(self):
        """What was typed and chosen, from what is stored."""

        def read(connection):
            for number in connection.execute(select(runs_table.c.id)).scalars().all():
                response = responses.load(connection, number)
                for item, held in responses.answers(connection, self.town.services.keys, number).items():
                    yield next(one for one in response.questionnaire.items if one.id == item), held

        for item, held in await self.town.read(lambda c: list(read(c))):
            if held.text is not None:
                self.said.typed.append(held.text)
            elif held.value is not None and item.kind in CHOSEN - {Kind.MULTIPLE}:
                self.said.chosen.append(item.choice(held.value).label)
            elif held.value is not None and item.kind is Kind.MULTIPLE:
                self.said.chosen += [one.label for one in item.choices if held.value >> one.code & 1]
        short = 4  # »ne«, »da« and the like stand in any text
        self.said.chosen = sorted({label for label in self.said.chosen if len(label) > short})
