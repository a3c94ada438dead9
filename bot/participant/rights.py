"""/zasebnost, /moji_podatki, /stop, /izbris, /pomoc: what belongs to the person."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import datetime
from itertools import chain
from typing import Any

from bot import roles, staffroom
from bot.participant import home, receipt, sharing, stories
from bot.screens import Button, Document, Reply, Screen, Voice, column
from bot.texts import staff as staff_texts
from bot.visit import ForgedError, Visit, whole
from reports.slovenian import day
from storage import occasions, participants, privacy, staff, voices
from storage.participants import Place
from storage.schema import EnrolmentState
from storage.sharing import Person
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
    return _of_whom(visit, "data")


def ask_stop(visit: Visit, _rest: str) -> Reply:
    """/stop: ask whether the answers stay."""
    return _of_whom(visit, "stop")


def ask_erase(visit: Visit, _rest: str = "") -> Reply:
    """/izbris: once more, to be sure."""
    return _of_whom(visit, "erase")


def choose(visit: Visit, what: str, whom: str) -> Reply | None:
    """One of those who share the chat (by number), or all of them (0)."""
    chosen = {"data": _show_data, "stop": _ask_stop, "erase": _ask_erase}.get(what)
    return None if chosen is None else chosen(visit, whom)


def stop(visit: Visit, whom: str = "") -> Reply:
    """No more messages; the answers stay."""
    person = _person(visit, whom)
    if not whom and _several(visit):
        return ask_stop(visit, "")
    for place in _active(visit, whom):
        participants.leave(visit.connection, place, visit.now, f"participant:{place.code}")
        occasions.cancel_all(visit.connection, place.enrolment, visit.now)
    if person is not None:
        return home.home(visit, visit.words.sharing.stopped(person.name))
    return Reply(Screen(visit.words.STOPPED), "stopped:")


def erase(visit: Visit, whom: str = "") -> Reply:
    """Everything of this person is gone: as a participant, as staff, and the chat's own row.

    Of those who share a chat one may go alone; the chat stays for the others.
    """
    person = _person(visit, whom)
    if not whom and _several(visit):
        return ask_erase(visit)
    if not _held(visit, whom):
        return _nothing_held(visit)
    privacy.erase(visit.connection, _places(visit, whom), visit.now, "self")
    if person is not None:
        return replace(home.home(visit, visit.words.sharing.erased(person.name)), erased=True)
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


def draw_choice(visit: Visit, what: str) -> Screen:
    """The card of `whose:WHAT`: for whom of those who share the chat."""
    words = visit.words.sharing
    asked = {"data": words.SEE_DATA_OF, "stop": words.STOP_FOR, "erase": words.ERASE_OF}
    each = (Button(one.name, f"ws:{what}:{one.number}") for one in _several(visit))
    every, cancel = Button(words.ALL_OF_THEM, f"ws:{what}:0"), Button(visit.words.CANCEL, "home")
    return Screen(asked.get(what, words.SEE_DATA_OF), column(*each, every, cancel))


def draw_my_data(visit: Visit, whom: str) -> Screen:
    """The card of `my_data:WHOM`; the file is not sent again."""
    lines = [
        visit.words.my_enrolment(
            group_name(visit.house.programmes[place.programme], visit.language),
            place.code,
            _local_day(visit, place.joined_at),
            privacy.answered(visit.connection, place.enrolment),
        )
        for place in _places(visit, whom)
    ]
    member = roles.member(visit)
    if member is not None and _person(visit, whom) is None:
        lines.append(visit.words.my_role(staff_texts.ROLES[member.role]))
    said = _recordings(visit, whom)
    told = (
        *stories.lines(visit, _places(visit, whom)),
        *([visit.words.my_recordings(len(said))] if said else []),
        visit.words.MY_DATA_FILE,
    )
    names = [Button(visit.words.sharing.NAMES, "nma")] if _several(visit) else []
    buttons = column(receipt.button(visit), *stories.buttons(visit, _places(visit, whom)), *names)
    words = "\n\n".join((f"<b>{visit.words.MY_DATA_TITLE}</b>", *lines, *told))
    return _headed(visit, whom, Screen(words, (*buttons, *_home_row(visit))))


def draw_stop(visit: Visit, whom: str) -> Screen:
    """The card of `stop:WHOM`."""
    last = f":{whom}" if whom else ""
    rows = column(
        Button(visit.words.STOP_KEEP, f"stk{last}"),
        Button(visit.words.STOP_ERASE, f"ers{last}"),
        Button(visit.words.CANCEL, "home"),
    )
    return _headed(visit, whom, Screen(visit.words.STOP_ASK, rows))


def draw_erase(visit: Visit, whom: str) -> Screen:
    """The card of `erase:WHOM`."""
    yes = Button(visit.words.ERASE_YES, f"ers:{whom}" if whom else "ers")
    return _headed(visit, whom, Screen(visit.words.ERASE_ASK, column(yes, Button(visit.words.ERASE_NO, "home"))))


def _of_whom(visit: Visit, what: str) -> Reply:
    """Ask for whom, where several people share the chat; else go on."""
    if _several(visit):
        return Reply(draw_choice(visit, what), f"whose:{what}", fresh=visit.typed)
    return choose(visit, what, "") or go_home(visit)


def _show_data(visit: Visit, whom: str) -> Reply:
    held = _held(visit, whom)
    if not held:
        return _nothing_held(visit)
    file = Document(json.dumps(held, ensure_ascii=False, indent=2).encode(), visit.words.MY_DATA_FILE_NAME)
    extra = Screen(visit.words.MY_DATA_FILE, media=file, protect=True)
    said = (Screen("", media=Voice(one.attachment, one.file, one.seconds)) for one in _recordings(visit, whom))
    return Reply(draw_my_data(visit, whom), f"my_data:{whom}", fresh=True, extras=(extra, *said))


def _ask_stop(visit: Visit, whom: str) -> Reply:
    if not _active(visit, whom):
        return Reply(Screen(visit.words.NOTHING_TO_STOP, _home_row(visit)), "nothing_to_stop:", fresh=visit.typed)
    return Reply(draw_stop(visit, whom), f"stop:{whom}", fresh=visit.typed)


def _ask_erase(visit: Visit, whom: str) -> Reply:
    if not _held(visit, whom):
        return _nothing_held(visit)
    return Reply(draw_erase(visit, whom), f"erase:{whom}", fresh=visit.typed)


def _nothing_held(visit: Visit) -> Reply:
    return Reply(Screen(visit.words.NOTHING_HELD, _home_row(visit)), "nothing_held:", fresh=visit.typed)


def _several(visit: Visit) -> list[Person]:
    """Everybody who is or was asked here, if they are several."""
    here = sharing.everybody(visit)
    return here if len(here) > 1 else []


def _person(visit: Visit, whom: str) -> Person | None:
    """The one person of this chat that is meant; None where all of them are. Raises ForgedError for nobody of it."""
    number = whole(whom or "0")
    if not number:
        return None
    for one in sharing.everybody(visit):
        if one.number == number:
            return one
    raise ForgedError(whom)


def _places(visit: Visit, whom: str) -> list[Place]:
    """The places of that person, or of all."""
    person, places = _person(visit, whom), participants.of_chat(visit.connection, visit.chat)
    return [place for place in places if person is None or place.participant in person.participants]


def _held(visit: Visit, whom: str) -> list[dict[str, Any]]:
    """Everything held about this person, as a participant and as staff."""
    held = privacy.held(visit.connection, visit.house.keys, _places(visit, whom))
    member = roles.member(visit)
    if member is not None and _person(visit, whom) is None:
        role = {"role": member.role.value, "library": member.library, "joined_at": member.joined_at.isoformat()}
        held.append(role)
    return held


def _recordings(visit: Visit, whom: str) -> list[voices.Voice]:
    """What this person said, as far as it can be given back."""
    places = _places(visit, whom)
    said = (voices.of_enrolment(visit.connection, visit.house.keys, place.enrolment) for place in places)
    return [one for one in chain.from_iterable(said) if one.file]


def _headed(visit: Visit, whom: str, screen: Screen) -> Screen:
    """The screen, saying for whom it is where it is one of several."""
    person = _person(visit, whom)
    if person is None:
        return screen
    return replace(screen, text=f"<i>{visit.words.sharing.for_whom(person.name)}</i>\n\n{screen.text}")


def _local_day(visit: Visit, moment: datetime | None) -> str | None:
    return None if moment is None else day(moment.astimezone(visit.house.rhythm.zone).date())


def _active(visit: Visit, whom: str) -> list[Place]:
    return [place for place in _places(visit, whom) if place.state is EnrolmentState.ACTIVE]


def _home_row(visit: Visit) -> tuple[tuple[Button, ...], ...]:
    return column(Button(visit.words.HOME, "home"))
