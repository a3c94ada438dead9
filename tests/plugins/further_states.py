"""What of the first of two libraries comes to be besides, in turn, and the card below which a step is taken then."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta

from plugins.two_libraries import HERE, NOW, OWN, World
from sqlalchemy import update

from bot.actions import librarian
from bot.actions.choices import ReportForm, ReportKind
from bot.conversation.declared import Rest
from bot.coordinator.cohort_draft import CohortDraft
from bot.rosters.lists import LISTS
from bot.views import assistance, coordinator, participant
from bot.views import librarian as librarian_views
from bot.workbooks import file
from storage import access_links, attachments, findings, occasions, participants, shared_phones
from storage.answers import double_entry, responses
from storage.schema import OccasionState, metadata, run
from storage.secrets.addresses import WEB, Address
from storage.web import email_addresses
from storage.web.email_addresses import EmailConsent
from surveys.days import Day
from surveys.languages import SLOVENIAN
from surveys.model import Kind, Mode
from surveys.weeks import week_of

Given = dict[str, object]
AT_HOME = participant.home()


def states(world: World) -> Iterator[tuple[Given, str]]:
    """What the arguments of steps are called and stand for, with what is on the screen."""
    yield {}, AT_HOME
    for other in ({"response_id": world.handed_in}, {"enrolment_id": world.card}, {"enrolment_id": world.paper_person}):
        yield other, AT_HOME
    yield from _other_cards(world)
    yield from _a_list_with_a_mistake(world)
    yield from _a_sheet_entered_twice(world)
    yield from _what_was_learned(world)
    yield from _another_telephone(world)
    yield from _two_on_one_telephone(world)
    yield from _everybody_in_a_browser(world)


def _other_cards(world: World) -> Iterator[tuple[Given, str]]:
    yield {}, assistance.kiosk_start(1)
    yield {}, assistance.preview(HERE)
    yield {}, participant.language(Rest(participant.privacy()))
    yield {}, librarian_views.import_(world.roster, "1")
    yield {}, librarian_views.import_into(world.roster, "1", 1)
    yield {"action": librarian.show_cohort(world.group.id, 1)}, AT_HOME
    first, last = Day(date(2026, 5, 11)), Day(date(2026, 6, 8))
    draft = CohortDraft(HERE, 0, first, last, "Poletje").written
    yield {"draft": draft}, coordinator.group_of(draft)
    week = str(week_of(NOW))
    report = {"kind": ReportKind.WEEKLY, "subject": HERE, "extra": week, "form": ReportForm.CHAT}
    yield report, coordinator.form(ReportKind.WEEKLY, HERE, week)
    items = responses.load(world.connection, world.handed_in).questionnaire.items
    text = next(place for place, item in enumerate(items) if item.kind is Kind.TEXT)
    yield {"response_id": world.handed_in, "index": text}, AT_HOME


def _a_list_with_a_mistake(world: World) -> Iterator[tuple[Given, str]]:
    """The list of the librarian was read: more is wrong with it than fits on its card."""
    connection, keys = world.connection, world.services.keys
    listed = file.packed(b"Ime;Telefon\n" + b"".join(b"%d;x\n" % one for one in range(300)), LISTS)
    waiting = attachments.claim(connection, keys, NOW, timedelta(0), 99)
    sent = next(one for one in waiting if attachments.is_list(connection, one.id))
    attachments.keep(connection, keys, sent, listed, NOW)
    yield {}, librarian_views.import_(world.roster, "1")


def _a_sheet_entered_twice(world: World) -> Iterator[tuple[Given, str]]:
    """A questionnaire from paper is handed in; then it is being entered once more."""
    connection, keys = world.connection, world.services.keys
    connection.execute(update(run).where(run.c.id == world.handed_in).values(mode=Mode.PAPER))
    sheet = {"response_id": world.handed_in}
    yield sheet, AT_HOME
    double_entry.begin(connection, keys, world.handed_in, NOW, "operator")
    yield sheet, AT_HOME


def _what_was_learned(world: World) -> Iterator[tuple[Given, str]]:
    """A questionnaire of the second group is closed, and a text about it is written."""
    connection, keys = world.connection, world.services.keys
    for one in participants.of_cohort(connection, world.next.id):
        first = occasions.of_enrolment(connection, one.id)[0]
        occasions.settle(connection, first.id, OccasionState.MISSED, NOW)
    found = findings.find(connection, keys, world.next.id, "before")
    findings.write(connection, keys, found, "Hvala vsem.", NOW, "operator")
    found = findings.find(connection, keys, world.next.id, "before")
    yield {"cohort": found.cohort, "wave": found.wave, "revision": found.revision}, AT_HOME


def _another_telephone(world: World) -> Iterator[tuple[Given, str]]:
    """Somebody has asked for a new link."""
    yield (
        {"token": access_links.create_participant(world.connection, world.services.keys, world.mine, NOW).token},
        AT_HOME,
    )


def _two_on_one_telephone(world: World) -> Iterator[tuple[Given, str]]:
    """The person from paper has joined on the first one's telephone."""
    enrolment = participants.of_enrolment(world.connection, world.paper_person)
    chat = world.chats["participant"]
    participants.move(world.connection, enrolment, chat, NOW)
    shared_phones.arrive(world.connection, world.services.keys, chat, enrolment, 0)
    number = participants.of_enrolment(world.connection, world.mine).participant
    yield {"number": number}, AT_HOME


def _everybody_in_a_browser(world: World) -> Iterator[tuple[Given, str]]:
    """All came by a link of the pages, not by Telegram: who they are is known by other addresses."""
    for number, (role, before) in enumerate(world.chats.items()):
        now = world.services.keys.seal_address(Address(WEB, b"browser %d" % number))
        for table in metadata.tables.values():
            if "chat" in table.c:
                world.connection.execute(update(table).where(table.c.chat == before).values(chat=now))
        world.chats[role] = now
    yield {}, AT_HOME
    consent = EmailConsent("m1", SLOVENIAN, "0" * 64)
    for role in OWN:
        email_addresses.ask(world.connection, world.services.keys, world.chats[role], "ana@example.si", consent, NOW)
    yield {}, participant.mail()
