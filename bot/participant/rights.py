"""/zasebnost, /moji_podatki, /stop, /izbris, /pomoc: what belongs to the person."""

from __future__ import annotations

import json
from datetime import datetime
from itertools import chain
from typing import Any

from bot import roles, staffroom
from bot.participant import home, receipt, stories
from bot.screens import Button, Document, Reply, Screen, Voice, column
from bot.texts import staff as staff_texts
from bot.visit import Visit
from reports.slovenian import day
from storage import occasions, participants, privacy, staff, voices
from storage.participants import Place
from storage.schema import EnrolmentState
from surveys.languages import group_name


def show_privacy(visit: Visit, _rest: str) -> Reply:
    """/zasebnost and /privacy."""
    return Reply(draw_privacy(visit, ""), "privacy:", fresh=visit.typed)


def show_help(visit: Visit, _rest: str) -> Reply:
    """/pomoc: for staff the desk, which says what they may do."""
    if staffroom.is_member(visit):
        return staffroom.desk(visit)
    return Reply(draw_help(visit, ""), "help:", fresh=visit.typed)


def my_data(visit: Visit, _rest: str) -> Reply:
    """/moji_podatki: readable, and everything as JSON."""
    held = _held(visit)
    if not held:
        return Reply(Screen(visit.words.NOTHING_HELD, _home_row(visit)), "nothing_held:", fresh=visit.typed)
    file = Document(json.dumps(held, ensure_ascii=False, indent=2).encode(), visit.words.MY_DATA_FILE_NAME)
    card = draw_my_data(visit, "")
    extra = Screen(visit.words.MY_DATA_FILE, media=file, protect=True)
    said = (Screen("", media=Voice(one.attachment, one.file, one.seconds)) for one in _recordings(visit))
    return Reply(card, "my_data:", fresh=True, extras=(extra, *said))


def ask_stop(visit: Visit, _rest: str) -> Reply:
    """/stop: ask whether the answers stay."""
    if not _active(visit):
        return Reply(Screen(visit.words.NOTHING_TO_STOP, _home_row(visit)), "nothing_to_stop:", fresh=visit.typed)
    return Reply(draw_stop(visit, ""), "stop:", fresh=visit.typed)


def stop(visit: Visit) -> Reply:
    """No more messages; the answers stay."""
    for place in _active(visit):
        participants.leave(visit.connection, place, visit.now, f"participant:{place.code}")
        occasions.cancel_all(visit.connection, place.enrolment, visit.now)
    return Reply(Screen(visit.words.STOPPED), "stopped:")


def ask_erase(visit: Visit, _rest: str = "") -> Reply:
    """/izbris: once more, to be sure."""
    if not _held(visit):
        return Reply(Screen(visit.words.NOTHING_HELD, _home_row(visit)), "nothing_held:", fresh=visit.typed)
    return Reply(draw_erase(visit, ""), "erase:", fresh=visit.typed)


def erase(visit: Visit) -> Reply:
    """Everything of this person is gone: as a participant, as staff, and the chat's own row."""
    if not _held(visit):
        return Reply(Screen(visit.words.NOTHING_HELD, _home_row(visit)), "nothing_held:")
    places = participants.of_chat(visit.connection, visit.chat)
    privacy.erase(visit.connection, places, visit.now, "self")
    while (member := roles.member(visit)) is not None:
        staff.remove(visit.connection, member.id, visit.now, member.actor)
    return Reply(Screen(visit.words.ERASED), "")


def go_home(visit: Visit) -> Reply:
    """Back from any of these screens."""
    return home.home(visit)


def draw_privacy(visit: Visit, _argument: str) -> Screen:
    """The card of `privacy:`."""
    return Screen(visit.words.PRIVACY, _home_row(visit))


def draw_help(visit: Visit, _argument: str) -> Screen:
    """The card of `help:`."""
    return Screen(visit.words.HELP, (*column(Button(visit.words.OTHER_LANGUAGE, "jez")), *_home_row(visit)))


def draw_my_data(visit: Visit, _argument: str) -> Screen:
    """The card of `my_data:`; the file is not sent again."""
    lines = [
        visit.words.my_enrolment(
            group_name(visit.house.programmes[place.programme], visit.language),
            place.code,
            _local_day(visit, place.joined_at),
            privacy.answered(visit.connection, place.enrolment),
        )
        for place in participants.of_chat(visit.connection, visit.chat)
    ]
    member = roles.member(visit)
    if member is not None:
        lines.append(visit.words.my_role(staff_texts.ROLES[member.role]))
    told = stories.lines(visit)
    said = _recordings(visit)
    heard = [visit.words.my_recordings(len(said))] if said else []
    words = "\n\n".join((f"<b>{visit.words.MY_DATA_TITLE}</b>", *lines, *told, *heard, visit.words.MY_DATA_FILE))
    return Screen(words, (*column(receipt.button(visit), *stories.buttons(visit)), *_home_row(visit)))


def draw_stop(visit: Visit, _argument: str) -> Screen:
    """The card of `stop:`."""
    rows = column(
        Button(visit.words.STOP_KEEP, "stk"), Button(visit.words.STOP_ERASE, "ers"), Button(visit.words.CANCEL, "home")
    )
    return Screen(visit.words.STOP_ASK, rows)


def draw_erase(visit: Visit, _argument: str) -> Screen:
    """The card of `erase:`."""
    return Screen(
        visit.words.ERASE_ASK, column(Button(visit.words.ERASE_YES, "ers"), Button(visit.words.ERASE_NO, "home"))
    )


def _held(visit: Visit) -> list[dict[str, Any]]:
    """Everything held about this person, as a participant and as staff."""
    held = privacy.held(visit.connection, visit.house.keys, participants.of_chat(visit.connection, visit.chat))
    member = roles.member(visit)
    if member is not None:
        role = {"role": member.role.value, "library": member.library, "joined_at": member.joined_at.isoformat()}
        held.append(role)
    return held


def _recordings(visit: Visit) -> list[voices.Voice]:
    """What this person said, as far as it can be given back."""
    places = participants.of_chat(visit.connection, visit.chat)
    said = (voices.of_enrolment(visit.connection, visit.house.keys, place.enrolment) for place in places)
    return [one for one in chain.from_iterable(said) if one.file]


def _local_day(visit: Visit, moment: datetime | None) -> str | None:
    return None if moment is None else day(moment.astimezone(visit.house.rhythm.zone).date())


def _active(visit: Visit) -> list[Place]:
    places = participants.of_chat(visit.connection, visit.chat)
    return [place for place in places if place.state is EnrolmentState.ACTIVE]


def _home_row(visit: Visit) -> tuple[tuple[Button, ...], ...]:
    return column(Button(visit.words.HOME, "home"))
