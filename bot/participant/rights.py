"""/zasebnost, /moji_podatki, /stop, /izbris, /pomoc: what belongs to the person."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import datetime
from itertools import chain
from typing import Any

from bot.actions import participant as actions
from bot.actions.participant import Right
from bot.conversation import permissions
from bot.conversation.declared import ForgedError
from bot.conversation.request import Request
from bot.conversation.screens import Button, Document, Reply, Screen, Voice, column
from bot.participant import home, library_contact, own_answers, own_data, shared_phone, stories
from bot.staff import staff_help, staff_home
from bot.texts import staff as staff_texts
from bot.views import participant as views
from bot.views.participant import LeftBehind
from storage import consents, occasions, participants, privacy, waiting_list_starts
from storage.answers import voice_answers
from storage.participants import Enrolment
from storage.schema import EnrolmentState
from storage.shared_phones import PersonOfChat
from storage.web import held as held_of_chats
from surveys.languages import group_name
from surveys.locale_sl import day


def show_privacy(request: Request) -> Reply:
    """/zasebnost and /privacy."""
    return Reply(draw_privacy(request), views.privacy())


def show_help(request: Request) -> Reply:
    """/pomoc: for staff their own."""
    if staff_home.is_member(request):
        return staff_help.show(request)
    return Reply(draw_help(request), views.help_())


def my_data(request: Request) -> Reply:
    """/moji_podatki: in words, and the same for programs."""
    return _of_whom(request, Right.SEE)


def ask_stop(request: Request) -> Reply:
    """/stop: ask whether the answers stay."""
    return _of_whom(request, Right.STOP)


def ask_erase(request: Request) -> Reply:
    """/izbris: once more, to be sure."""
    return _of_whom(request, Right.ERASE)


def ask_erase_of(request: Request, whom: int | None = None) -> Reply:
    """»Izbrišite vse« of /stop: once more, to be sure, and of whom, where nobody shared the chat when it was asked."""
    return ask_erase(request) if whom is None else _ask_erase(request, whom)


def choose(request: Request, what: Right, whom: int | None) -> Reply:
    """One of those who share the chat (by number), or all of them (0)."""
    return {Right.SEE: _show_data, Right.STOP: _ask_stop, Right.ERASE: _ask_erase}[what](request, whom)


def stop(request: Request, whom: int | None = None) -> Reply:
    """No more messages; the answers stay."""
    person = _person(request, whom)
    if whom is None and _several(request):
        return ask_stop(request)
    active = _active(request, whom)
    answered = any(privacy.answered(request.connection, enrolment.id) for enrolment in active)
    for enrolment in active:
        participants.leave(request.connection, enrolment, request.now, f"participant:{enrolment.code}")
        occasions.cancel_all(request.connection, enrolment.id, request.now)
    if person is not None:
        return home.home(request, request.words.sharing.stopped(person.name))
    left = LeftBehind.ANSWERS if answered else LeftBehind.NOTHING
    return Reply(draw_stopped(request, left), views.stopped(left))


def erase(request: Request, whom: int | None = None) -> Reply:
    """Everything of this person is gone: as a participant, as staff, and the chat's own row.

    Of those who share a chat one may go alone; the chat stays for the others.
    """
    person = _person(request, whom)
    if whom is None and _several(request):
        return ask_erase(request)
    if not _is_held(request, whom):
        return _nothing_held(request)
    privacy.erase(request.connection, _enrolments(request, whom), request.now, "self")
    if person is not None:
        return replace(home.home(request, request.words.sharing.erased(person.name)), erased=True)
    permissions.leave(request)
    return Reply(Screen(request.words.ERASED), "")


def go_home(request: Request) -> Reply:
    """Back from any of these screens."""
    return home.home(request)


def to_others(request: Request) -> Reply:
    """»Druga oseba«: what is open for those who share the chat."""
    return home.anyway(request)


def draw_privacy(request: Request) -> Screen:
    """/zasebnost again."""
    return Screen(request.words.read_in(request.lives_in, request.words.PRIVACY), _home_row(request))


def draw_help(request: Request) -> Screen:
    """/pomoc again."""
    text = "\n\n".join(part for part in (request.words.HELP, library_contact.whole(request)) if part)
    return Screen(
        text,
        (
            *library_contact.call_me(request),
            *column(Button(request.words.OTHER_LANGUAGE, actions.choose_language())),
            *_home_row(request),
        ),
    )


def draw_choice(request: Request, what: Right) -> Screen:
    """For whom of those who share the chat."""
    words = request.words.sharing
    asked = {Right.SEE: words.SEE_DATA_OF, Right.STOP: words.STOP_FOR, Right.ERASE: words.ERASE_OF}
    each = (Button(one.name, actions.choose_person(what, one.number)) for one in _several(request))
    every = Button(words.ALL_OF_THEM, actions.choose_person(what, 0))
    return Screen(asked[what], column(*each, every, Button(request.words.CANCEL, actions.go_home())))


def draw_my_data(request: Request, whom: int | None = None) -> Screen:
    """/moji_podatki again; the file is not sent again."""
    lines = [
        request.words.my_enrolment(
            group_name(request.services.programmes[enrolment.programme], request.language),
            enrolment.code,
            _local_day(request, consents.since(request.connection, enrolment.id) or enrolment.joined_at),
            privacy.answered(request.connection, enrolment.id),
            _which(request, enrolment),
        )
        for enrolment in _enrolments(request, whom)
    ]
    member = permissions.member(request)
    if member is not None and _person(request, whom) is None:
        lines.append(request.words.read_in(request.lives_in, request.words.my_role(staff_texts.ROLES[member.role])))
    said = _recordings(request, whom)
    told = (
        *stories.lines(request, _enrolments(request, whom)),
        *([request.words.my_recordings(len(said))] if said else []),
        request.words.MY_DATA_FILE,
    )
    names = [Button(request.words.sharing.NAMES, actions.show_names())] if _several(request) else []
    buttons = column(own_answers.answers(request), *stories.buttons(request, _enrolments(request, whom)), *names)
    words = "\n\n".join((f"<b>{request.words.MY_DATA_TITLE}</b>", *lines, *told))
    return _headed(request, whom, Screen(words, (*buttons, *_home_row(request))))


def _which(request: Request, enrolment: Enrolment) -> str:
    """Of two places of who waited, which one this is; nothing for everybody else."""
    if enrolment.waits:
        return request.words.waiting.WAITING
    waited = waiting_list_starts.beside(request.connection, enrolment)
    return request.words.waiting.in_group(enrolment.cohort_name) if waited else ""


def draw_stop(request: Request, whom: int | None = None) -> Screen:
    """Whether the answers stay, again."""
    rows = column(
        Button(request.words.STOP_KEEP, actions.stop_messages(whom)),
        Button(request.words.STOP_ERASE, actions.ask_to_erase(whom)),
        Button(request.words.CANCEL, actions.go_home()),
    )
    return _headed(request, whom, Screen(request.words.STOP_ASK, rows))


def draw_stopped(request: Request, left: LeftBehind = LeftBehind.ANSWERS) -> Screen:
    """That no more messages come."""
    return Screen(request.words.STOPPED_UNANSWERED if left is LeftBehind.NOTHING else request.words.STOPPED)


def draw_nothing_to_stop(request: Request) -> Screen:
    """That nobody is asked here."""
    return Screen(request.words.NOTHING_TO_STOP, _home_row(request))


def draw_nothing_held(request: Request) -> Screen:
    """That nothing is held about whoever is here."""
    return Screen(request.words.NOTHING_HELD, _home_row(request))


def draw_erase(request: Request, whom: int | None = None) -> Screen:
    """Whether to erase everything, again."""
    yes = Button(request.words.ERASE_YES, actions.erase_everything(whom))
    no = Button(request.words.ERASE_NO, actions.go_home())
    return _headed(
        request, whom, Screen(request.words.read_in(request.lives_in, request.words.ERASE_ASK), column(yes, no))
    )


def _of_whom(request: Request, what: Right) -> Reply:
    """Ask for whom, where several people share the chat; else go on."""
    if _several(request):
        return Reply(draw_choice(request, what), views.whose(what))
    return choose(request, what, None)


def _show_data(request: Request, whom: int | None) -> Reply:
    enrolments, role = _enrolments(request, whom), _role(request, whom)
    held = privacy.held(request.connection, request.services.keys, enrolments)
    if not held and not role:
        return _nothing_held(request)
    words = request.words.own_data
    page = own_data.as_file(request, list(zip(enrolments, held, strict=True)), role)
    record = json.dumps([*held, *([role] if role else [])], ensure_ascii=False, indent=2).encode()
    # Not protected: they are the person's own, to keep and to hand on.
    files = (
        Screen(words.TO_READ, media=Document(page, words.TO_READ_NAME)),
        Screen(words.FOR_MACHINES, media=Document(record, words.FOR_MACHINES_NAME)),
    )
    said = (Screen("", media=Voice(one.attachment, one.file, one.seconds)) for one in _recordings(request, whom))
    return Reply(draw_my_data(request, whom), views.my_data(whom), extras=(*files, *said))


def _ask_stop(request: Request, whom: int | None) -> Reply:
    if not _active(request, whom):
        return Reply(draw_nothing_to_stop(request), views.nothing_to_stop())
    return Reply(draw_stop(request, whom), views.stop(whom))


def _ask_erase(request: Request, whom: int | None) -> Reply:
    if not _is_held(request, whom):
        return _nothing_held(request)
    return Reply(draw_erase(request, whom), views.erase(whom))


def _nothing_held(request: Request) -> Reply:
    return Reply(draw_nothing_held(request), views.nothing_held())


def _several(request: Request) -> list[PersonOfChat]:
    """Everybody who is or was asked here, if they are several."""
    here = shared_phone.everybody(request)
    return here if len(here) > 1 else []


def _person(request: Request, whom: int | None) -> PersonOfChat | None:
    """The one person of this chat that is meant; None where all of them are. Raises ForgedError for nobody of it."""
    if not whom:
        return None
    for one in shared_phone.everybody(request):
        if one.number == whom:
            return one
    raise ForgedError(str(whom))


def _enrolments(request: Request, whom: int | None) -> list[Enrolment]:
    """The places of that person, or of all."""
    person, enrolments = _person(request, whom), participants.of_chat(request.connection, request.chat)
    return [enrolment for enrolment in enrolments if person is None or enrolment.participant in person.participants]


def _is_held(request: Request, whom: int | None) -> bool:
    """Whether anything is held about this person, as a participant or as staff."""
    return bool(_enrolments(request, whom) or _role(request, whom))


def _role(request: Request, whom: int | None) -> dict[str, Any]:
    """What the person is among staff; nothing for a participant, and for one of several who share the chat."""
    member = permissions.member(request)
    if member is None or _person(request, whom) is not None:
        return {}
    known = held_of_chats.of_chat(request.connection, request.services.keys, request.chat)
    return {"role": member.role.value, "library": member.library, "joined_at": member.joined_at.isoformat(), **known}


def _recordings(request: Request, whom: int | None) -> list[voice_answers.VoiceAnswer]:
    """What this person said, as far as it can be given back."""
    enrolments = _enrolments(request, whom)
    said = (
        voice_answers.of_enrolment(request.connection, request.services.keys, enrolment.id) for enrolment in enrolments
    )
    return [one for one in chain.from_iterable(said) if one.file]


def _headed(request: Request, whom: int | None, screen: Screen) -> Screen:
    """The screen, saying for whom it is where it is one of several."""
    person = _person(request, whom)
    return screen if person is None else screen.noted(request.words.sharing.for_whom(person.name))


def _local_day(request: Request, moment: datetime | None) -> str | None:
    return None if moment is None else day(moment.astimezone(request.services.policy.zone).date())


def _active(request: Request, whom: int | None) -> list[Enrolment]:
    return [enrolment for enrolment in _enrolments(request, whom) if enrolment.state is EnrolmentState.ACTIVE]


def _home_row(request: Request) -> tuple[tuple[Button, ...], ...]:
    return column(Button(request.words.HOME, actions.go_home()))
