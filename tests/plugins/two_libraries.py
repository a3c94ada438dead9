"""Two libraries in a small database: people, staff and something of everything in the first, staff in the second."""

from __future__ import annotations

import shutil
from datetime import UTC, date, datetime, timedelta
from itertools import count
from pathlib import Path

from plugins.consent_texts import text_read
from plugins.crawling import Crawler
from sqlalchemy import Connection, insert, select

from bot.actions import coordinator
from bot.consent import text_archive
from bot.conversation.declared import Rest
from bot.orders import placed
from bot.orders.cards import CardsOrder
from bot.participant import question_audio
from bot.runtime.services import Services, open_services_now
from bot.runtime.settings import Settings
from bot.views import participant as views
from storage import (
    access_links,
    attachments,
    cohorts,
    enrolments,
    occasions,
    participants,
    recordings,
    roster_imports,
    staff,
    staff_actions,
)
from storage.answers import responses, voice_answers
from storage.schema import DeliveryKind, Giver, Role, deed, story, voice
from storage.secrets.keys import create_key_file
from storage.staff_actions import Plans
from surveys.languages import SLOVENIAN
from surveys.model import Answer, Mode

NOW = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)
HERE, ELSEWHERE = "brezice-racunalnik", "kamnik-slovenscina"
STAFF = {
    "librarian": (Role.LIBRARIAN, HERE),
    "coordinator": (Role.COORDINATOR, HERE),
    "national coordinator": (Role.NATIONAL, None),
    "librarian elsewhere": (Role.LIBRARIAN, ELSEWHERE),
    "coordinator elsewhere": (Role.COORDINATOR, ELSEWHERE),
    "former librarian": (Role.LIBRARIAN, HERE),
}
OTHERS = ("stranger", "other participant", "librarian elsewhere", "coordinator elsewhere", "former librarian")
OWN = ("participant", "librarian", "coordinator", "national coordinator")
GROUP, TOLD, SAID = "Skrivnostna skupina", "Pisala sem vnuku v Patagonijo", "Prepevam kakor skrjanec"
_CHATS = count(9_000_000)


class World:
    """Who is there by role, and what there is of the first library."""

    def __init__(self, connection: Connection, services: Services) -> None:
        self.connection, self.services = connection, services
        self.chats = {role: services.keys.seal_id(next(_CHATS)) for role in (*OWN, *OTHERS)}
        self.here = services.programmes[HERE]
        for role, (kind, slug) in STAFF.items():
            library = None if slug is None else services.programmes[slug].code
            token = access_links.create_staff(connection, services.keys, kind, library, NOW, "operator")
            self.as_(role).says(f"/start {token}")
        self.group, self.next = self._cohort(GROUP), self._cohort("Druga skupina")
        self.mine = self._joins(self.group, "participant")
        self.paper_person = self._joins(self.group, None)  # has no telephone
        self.card = self._enrol(self.group)  # has a card, and has not consented
        self._joins(self.next, "other participant")
        self.code = participants.of_enrolment(connection, self.mine).code
        self.codes = [
            participants.of_enrolment(connection, one).code for one in (self.mine, self.paper_person, self.card)
        ]
        self.token = access_links.open_token(connection, services.keys, self.card, NOW)
        self.first, self.second = (one.id for one in occasions.of_enrolment(connection, self.mine)[:2])
        self.response = self._begins(self.first)
        self.voice = self._speaks()
        self.story = self._tells()
        self.deed = self._closes()
        self.roster = self._list()
        self.order = self._orders()
        self._reads_aloud()
        former = staff.by_chat(connection, self.chats["former librarian"])
        staff.remove(connection, former.id, NOW, "operator")

    def as_(self, role: str, days: int = 0) -> Crawler:
        return Crawler(self.connection, self.services, self.chats[role], NOW + timedelta(days=days))

    def _cohort(self, name):
        days = {"start": NOW.date(), "end": date(2026, 5, 4), "now": NOW, "actor": "operator"}
        return cohorts.add(self.connection, self.here, name=name, **days)

    def _enrol(self, cohort):
        found = enrolments.enrol(self.connection, self.services.keys, self.here, cohort, NOW, "operator")
        return found.enrolment

    def _joins(self, cohort, role):
        number = self._enrol(cohort)
        enrolment = participants.of_enrolment(self.connection, number)
        chat = None if role is None else self.chats[role]
        actor = f"participant:{enrolment.code}"
        participants.join(self.connection, enrolment, chat, Giver.SELF, Mode.SELF, text_read("v1"), NOW, actor)
        occasions.replan_one(self.connection, self.here, number, self.services.policy, NOW)
        return number

    def _begins(self, occasion: int) -> int:
        occasions.open_now(self.connection, occasion, NOW, invited=True)
        wave = next(one.wave for one in occasions.of_enrolment(self.connection, self.mine) if one.id == occasion)
        asked = self.here.questionnaire(next(one for one in self.here.waves if one.id == wave))
        return responses.begin(self.connection, occasion, asked.hash, Mode.SELF, NOW).id

    def _speaks(self) -> int:
        """An answer that was spoken in a questionnaire that is handed in."""
        run = self.handed_in = self._begins(self.second)
        said = {"outcome_words": Answer(text=SAID)}
        responses.store(self.connection, self.services.keys, run, said, "system", NOW)
        file = attachments.receive(self.connection, self.services.keys, "voice-9", NOW, seconds=3)
        voice_answers.answered(self.connection, run, "outcome_words", file)
        responses.finish(self.connection, run, NOW)
        return self.connection.execute(select(voice.c.id)).scalar_one()

    def _tells(self) -> int:
        values = {"enrolment": self.mine, "wave": "before", "text_sealed": self.services.keys.seal_text(TOLD)}
        values |= {"told_at": NOW, "handed_in_at": NOW, "publication_given_at": NOW, "publication_version": "p1"}
        return self.connection.execute(insert(story).returning(story.c.id), values).scalar_one()

    def _closes(self) -> int:
        """Something that staff did and can take back."""
        plans = Plans(self.services.programmes, self.services.policy)
        group = cohorts.find(self.connection, self.group.id)
        days = group.start, group.end + timedelta(days=1)
        staff_actions.redate(self.connection, plans, group, *days, NOW, "operator")
        return self.connection.execute(select(deed.c.id)).scalar_one()

    def _list(self) -> int:
        file = attachments.receive(self.connection, self.services.keys, "list-9", NOW, mime="text/csv")
        member = staff.by_chat(self.connection, self.chats["librarian"])
        return roster_imports.receive(self.connection, self.group.id, file, member.id, NOW)

    def _orders(self) -> str:
        """The number of an order of cards."""
        member = staff.by_chat(self.connection, self.chats["librarian"])
        order = CardsOrder(self.group.id, self.mine, self.paper_person)
        placed.plan(self.connection, order, "report:9:", DeliveryKind.REPORT, NOW, member.id)
        return "9"

    def _reads_aloud(self) -> None:
        """Consent in a kiosk can be heard."""
        file = attachments.receive(self.connection, self.services.keys, "voice-8", NOW, seconds=9)
        words = question_audio.key(text_archive.read_out(self.here, self.here.audiences[0], SLOVENIAN))
        recordings.keep(self.connection, HERE, SLOVENIAN, words, file, NOW, "operator")

    def known(self) -> dict[str, object]:
        """What arguments of cards are called, and what there is of the first library."""
        return {
            "enrolment_id": self.mine, "cohort_id": self.group.id, "cohort": self.group.id, "story_id": self.story,
            "story": self.story, "response_id": self.response, "occasion_id": self.first, "voice_id": self.voice,
            "roster_id": self.roster, "deed_id": self.deed, "library": self.here.code, "code": self.here.code,
            "programme": HERE, "slug": HERE, "subject": HERE, "wave": "before", "first": self.mine,
            "last": self.paper_person, "year": 2026, "page": 1, "extra": "", "language": "sl", "stamp": "1",
            "index": 0, "times": 0, "revision": 0, "place": 0, "audience": 0, "item": 0, "number": 1,
            "order_number": self.order,
            "token": self.token, "key": "c1", "count": 5, "whom": 0, "action": coordinator.show_status(),
            "asked": views.welcome(self.card), "before": views.question(self.response, 0),
        }  # fmt: skip


def services_in(folder: Path, migrated_file: Path, **settings: object) -> Services:
    """The services of a bot with an empty database."""
    shutil.copy(migrated_file, folder / "all.db")
    create_key_file(folder / "all.key")
    found = {"database": {"url": f"sqlite:///{folder}/all.db"}, "keys": {"file": str(folder / "all.key")}}
    return open_services_now(Settings.model_validate(found | settings), clock=lambda: NOW)


def written(view, known):
    """A card of what there is."""
    given = view(*(fits(known.get(name), kind) for name, kind, _ in view._parameters))
    assert view.arguments_of(given) is not None
    return given


def fits(value, kind):
    """A value if it is of a type, else one that is."""
    return value if value is not None and isinstance(value, getattr(kind, "__supertype__", kind)) else plain(kind)


def plain(kind):
    """A value of a type."""
    one = next((one for one in getattr(kind, "__args__", (kind,)) if one is not type(None)), kind)
    if one is date:
        return NOW.date()
    return {int: 1, bool: True, str: "x", Rest: ""}.get(one) if one in (int, bool, str, Rest) else next(iter(one))
