"""/zasebnost, /moji_podatki, /stop, /izbris, /pomoc: what belongs to the person."""

from __future__ import annotations

import json
from datetime import datetime
from typing import Any

from bot import roles, staffroom
from bot.participant import home, receipt, stories
from bot.screens import Button, Document, Reply, Screen, column
from bot.texts import common, participant
from bot.texts import staff as staff_texts
from bot.visit import Visit
from reports.slovenian import day
from storage import occasions, participants, privacy, staff
from storage.participants import Place
from storage.schema import EnrolmentState


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
        return Reply(Screen(participant.NOTHING_HELD, _home_row()), "nothing_held:", fresh=visit.typed)
    file = Document(json.dumps(held, ensure_ascii=False, indent=2).encode(), participant.MY_DATA_FILE_NAME)
    card = draw_my_data(visit, "")
    extra = Screen(participant.MY_DATA_FILE, media=file, protect=True)
    return Reply(card, "my_data:", fresh=True, extras=(extra,))


def ask_stop(visit: Visit, _rest: str) -> Reply:
    """/stop: ask whether the answers stay."""
    if not _active(visit):
        return Reply(Screen(participant.NOTHING_TO_STOP, _home_row()), "nothing_to_stop:", fresh=visit.typed)
    return Reply(draw_stop(visit, ""), "stop:", fresh=visit.typed)


def stop(visit: Visit) -> Reply:
    """No more messages; the answers stay."""
    for place in _active(visit):
        participants.leave(visit.connection, place, visit.now, f"participant:{place.code}")
        occasions.cancel_all(visit.connection, place.enrolment, visit.now)
    return Reply(Screen(participant.STOPPED), "stopped:")


def ask_erase(visit: Visit, _rest: str = "") -> Reply:
    """/izbris: once more, to be sure."""
    if not _held(visit):
        return Reply(Screen(participant.NOTHING_HELD, _home_row()), "nothing_held:", fresh=visit.typed)
    return Reply(draw_erase(visit, ""), "erase:", fresh=visit.typed)


def erase(visit: Visit) -> Reply:
    """Everything of this person is gone: as a participant, as staff, and the chat's own row."""
    if not _held(visit):
        return Reply(Screen(participant.NOTHING_HELD, _home_row()), "nothing_held:")
    places = participants.of_chat(visit.connection, visit.chat)
    privacy.erase(visit.connection, places, visit.now, "self")
    while (member := roles.member(visit)) is not None:
        staff.remove(visit.connection, member.id, visit.now, member.actor)
    return Reply(Screen(participant.ERASED), "")


def go_home(visit: Visit) -> Reply:
    """Back from any of these screens."""
    return home.home(visit)


def draw_privacy(_visit: Visit, _argument: str) -> Screen:
    """The card of `privacy:`."""
    return Screen(participant.PRIVACY, _home_row())


def draw_help(_visit: Visit, _argument: str) -> Screen:
    """The card of `help:`."""
    return Screen(participant.HELP, _home_row())


def draw_my_data(visit: Visit, _argument: str) -> Screen:
    """The card of `my_data:`; the file is not sent again."""
    lines = [
        participant.my_enrolment(
            visit.house.programmes[place.programme].group,
            place.code,
            _local_day(visit, place.joined_at),
            privacy.answered(visit.connection, place.enrolment),
        )
        for place in participants.of_chat(visit.connection, visit.chat)
    ]
    member = roles.member(visit)
    if member is not None:
        lines.append(participant.my_role(staff_texts.ROLES[member.role]))
    told = stories.lines(visit)
    words = "\n\n".join((f"<b>{participant.MY_DATA_TITLE}</b>", *lines, *told, participant.MY_DATA_FILE))
    return Screen(words, (*column(receipt.button(), *stories.buttons(visit)), *_home_row()))


def draw_stop(_visit: Visit, _argument: str) -> Screen:
    """The card of `stop:`."""
    rows = column(
        Button(participant.STOP_KEEP, "stk"), Button(participant.STOP_ERASE, "ers"), Button(common.CANCEL, "home")
    )
    return Screen(participant.STOP_ASK, rows)


def draw_erase(_visit: Visit, _argument: str) -> Screen:
    """The card of `erase:`."""
    return Screen(
        participant.ERASE_ASK, column(Button(participant.ERASE_YES, "ers"), Button(participant.ERASE_NO, "home"))
    )


def _held(visit: Visit) -> list[dict[str, Any]]:
    """Everything held about this person, as a participant and as staff."""
    held = privacy.held(visit.connection, visit.house.keys, participants.of_chat(visit.connection, visit.chat))
    member = roles.member(visit)
    if member is not None:
        role = {"role": member.role.value, "library": member.library, "joined_at": member.joined_at.isoformat()}
        held.append(role)
    return held


def _local_day(visit: Visit, moment: datetime | None) -> str | None:
    return None if moment is None else day(moment.astimezone(visit.house.rhythm.zone).date())


def _active(visit: Visit) -> list[Place]:
    places = participants.of_chat(visit.connection, visit.chat)
    return [place for place in places if place.state is EnrolmentState.ACTIVE]


def _home_row() -> tuple[tuple[Button, ...], ...]:
    return column(Button(common.HOME, "home"))
