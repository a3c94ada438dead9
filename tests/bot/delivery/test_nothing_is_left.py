"""What was erased, unlinked or made anonymous stands in no file of the folder any more: the raw bytes are searched."""

import json
import logging
import shutil
from datetime import timedelta
from functools import partial
from itertools import count

import pytest
from plugins.arriving import handle
from plugins.every_report import NOW
from sqlalchemy import insert, select

from bot.actions import participant as actions
from bot.delivery.retention import keep
from bot.runtime.services import open_services
from bot.runtime.settings import Settings
from storage import (
    attachments,
    call_requests,
    chats,
    cohorts,
    enrolments,
    occasions,
    participants,
    roster_imports,
    shared_phones,
    staff,
    staff_actions,
)
from storage.answers import responses, voice_answers
from storage.schema import CallOutcome, Giver, OccasionState, Role, metadata, story
from storage.secrets.keys import create_key_file
from surveys.model import Answer, Mode
from tests.plugins.consent_texts import text_read

SLUG = "brezice-racunalnik"
NAME, CHAT_NUMBER = "Ksenofonta Žlahtnič", 4_815_162_342
WORDS, BEFORE, STORY = "Prepevam kakor škrjanec.", "Nekoč sem molčala kakor riba.", "Pisala sem vnuku v Patagonijo."
VOICE = b"OggS" + bytes(range(256)) * 40
LONGEST_WAIT = timedelta(days=800)
_numbers = count(1)


class Moving:
    """A clock that a test moves."""

    def __init__(self):
        self.now = NOW

    def __call__(self):
        return self.now


@pytest.fixture
async def services(migrated_file, tmp_path, caplog):
    """A database with a key in a folder of their own, with everything logged."""
    caplog.set_level(logging.DEBUG)
    shutil.copy(migrated_file, tmp_path / "all.db")
    create_key_file(tmp_path / "all.key")
    found = {"database": {"url": f"sqlite:///{tmp_path}/all.db"}, "keys": {"file": str(tmp_path / "all.key")}}
    opened = await open_services(Settings.model_validate(found), clock=Moving())
    yield opened
    await opened.database.close()


def somebody(connection, services, chat, name, said, voice):
    """Somebody who takes part by telephone and stands wherever a person can; gives the enrolment."""
    keys, programme = services.keys, services.programmes[SLUG]
    days = {"start": NOW.date() - timedelta(days=30), "end": NOW.date() + timedelta(days=30)}
    group = cohorts.add(connection, programme, name=f"Skupina {chat[-1]}", now=NOW, actor="operator", **days)
    enrolled = enrolments.enrol(connection, keys, programme, group, NOW, "staff:1")
    enrolment = participants.of_enrolment(connection, enrolled.enrolment)
    actor = f"participant:{enrolment.code}"
    participants.join(connection, enrolment, chat, Giver.SELF, Mode.SELF, text_read("v1"), NOW, actor)
    shared_phones.call(connection, keys, chat, enrolment.participant, name, NOW)
    occasions.replan_one(connection, programme, enrolment.id, services.policy, NOW)
    first = occasions.of_enrolment(connection, enrolment.id)[0]
    occasions.open_now(connection, first.id, NOW, invited=True)
    run = responses.begin(connection, first.id, programme.questionnaire(programme.waves[0]).hash, Mode.SELF, NOW)
    for answer in ({"outcome_words": Answer(text=f"{said} ({BEFORE})")}, {"outcome_words": Answer(text=said)}):
        responses.store(connection, keys, run.id, answer, actor, NOW)
    file = attachments.receive(connection, keys, f"voice-of-{name}", NOW, seconds=3)
    list_ = attachments.receive(connection, keys, f"list-of-{name}", NOW)
    for waiting in attachments.claim(connection, keys, NOW, timedelta(minutes=1), 2):
        attachments.keep(connection, keys, waiting, voice, NOW)
    voice_answers.answered(connection, run.id, "outcome_words", file)
    told = {"enrolment": enrolment.id, "text_sealed": keys.seal_text(f"{STORY} {said}"), "told_at": NOW}
    connection.execute(insert(story), {**told, "wave": "before", "handed_in_at": NOW})
    number = roster_imports.receive(connection, group.id, list_, 1, NOW)
    roster_imports.mark_applied(connection, number, NOW)
    roster_imports.keep_names(connection, keys, roster_imports.find(connection, number), {enrolment.id: name})
    call_requests.ask(connection, enrolment, NOW)
    staff_actions.called(connection, enrolment, CallOutcome.REACHED, NOW, "staff:1")
    chats.show_next(connection, chat, "home:", NOW, asked="", said=keys.seal_text(said))
    return enrolment


@pytest.fixture
async def two(services):
    """A person, and another one who is not erased; with a librarian."""
    other = services.keys.seal_id(108)

    def unit(connection):
        staff.join(connection, Role.LIBRARIAN, "BRE", services.keys.seal_id(7), NOW)
        somebody(connection, services, other, "Bogomila", "Jaz pa plešem.", b"OggS" + b"b" * 999)
        return somebody(connection, services, services.keys.seal_id(CHAT_NUMBER), NAME, WORDS, VOICE)

    return await services.database.write(unit)


def cells(connection):
    """Every word and every sealed thing that the tables hold, as the file has it."""
    held = set()
    for table in metadata.tables.values():
        for row in connection.execute(select(table)):
            for cell in row:
                found = json.dumps(cell).encode() if isinstance(cell, dict) else cell
                held.add(found.encode() if isinstance(found, str) else found)
    return {cell for cell in held if isinstance(cell, bytes) and len(cell) >= 8}


def on_disk(folder):
    """The bytes of every file of the folder, the write-ahead log too; no other is there: the bot keeps no exports."""
    files = [path for path in folder.rglob("*") if path.is_file()]
    assert {"all.db", "all.key"} <= {path.name for path in files} <= {"all.db", "all.db-wal", "all.db-shm", "all.key"}
    return b"\0".join(path.read_bytes() for path in files)


def in_the_clear(code):
    """What names the person where nothing is sealed."""
    words = (NAME, WORDS, BEFORE, STORY, str(CHAT_NUMBER), code)
    numbers = [CHAT_NUMBER.to_bytes(8, order) for order in ("big", "little")]
    return [*(word.encode() for word in words), *numbers, VOICE, VOICE[100:160]]


def pieces(cell):
    """What is looked for of a cell, that does not stand in one piece where it is long."""
    found = (cell[place : place + 64] for place in range(0, len(cell), 64))
    return [piece for piece in found if len(piece) >= 8]


class Watched:
    """What the tables hold before something is erased, and what of it is left in the files afterwards."""

    def __init__(self, services, folder):
        self.services, self.folder = services, folder

    async def begins(self):
        self.before = await self.services.database.read(cells)
        await self.services.database.scrub()  # into the file itself
        raw = on_disk(self.folder)
        assert [cell for cell in self.before if not any(piece in raw for piece in pieces(cell))] == []

    async def left(self):
        after = await self.services.database.read(cells)
        gone = {cell for cell in self.before - after if not any(cell in one for one in after)}
        raw = on_disk(self.folder)
        return len(gone), [piece for cell in gone for piece in pieces(cell) if piece in raw]


@pytest.fixture
async def watched(services, two, tmp_path):
    watching = Watched(services, tmp_path)
    await watching.begins()
    return watching


async def erases(services):
    """/izbris and »Da, izbriši vse«, as Telegram brings them."""
    user = {"id": CHAT_NUMBER, "is_bot": False, "first_name": NAME}
    message = {
        "message_id": next(_numbers),
        "date": int(NOW.timestamp()),
        "chat": {"id": CHAT_NUMBER, "type": "private"},
    }
    written = {"message": {**message, "from": user, "text": "/izbris"}}
    tapped = {"callback_query": {"id": "1", "from": user, "data": actions.erase_everything(), "message": message}}
    for content in (written, tapped):
        handled = await handle(services, {"update_id": next(_numbers), **content})
    assert handled.forgotten


async def test_after_izbris_no_file_and_no_line_of_the_log_holds_anything_of_the_person(
    services, two, watched, tmp_path, caplog
):
    assert two.code.encode() in on_disk(tmp_path)
    await erases(services)
    number, left = await watched.left()
    assert (number > 15, left) == (True, [])
    raw = on_disk(tmp_path) + caplog.text.encode()
    assert [word for word in in_the_clear(two.code) if word in raw] == []


async def test_after_the_link_has_gone_no_file_holds_the_chat_or_the_voice(services, two, watched):
    def everything_ends(connection):
        for one in occasions.of_enrolment(connection, two.id):
            occasions.settle(connection, one.id, OccasionState.MISSED, NOW)
        return max(one.closes_at for one in occasions.of_enrolment(connection, two.id))

    services.clock.now = await services.database.write(everything_ends) + services.settings.privacy.unlink_after
    await keep(services)
    assert (await services.database.read(partial(participants.of_enrolment, enrolment_id=two.id))).chat is None
    number, left = await watched.left()
    assert (number > 5, left) == (True, [])


async def test_after_the_code_and_the_words_have_gone_no_file_holds_them(services, two, watched, tmp_path):
    services.clock.now = NOW + LONGEST_WAIT
    await keep(services)
    number, left = await watched.left()
    assert (number > 15, left) == (True, [])
    raw = on_disk(tmp_path)
    assert [word for word in in_the_clear(two.code) if word in raw] == []
