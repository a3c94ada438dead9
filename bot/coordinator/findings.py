"""/izvedeli: coordinators write what was learned from a closed questionnaire, read it back, approve or stop it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from functools import partial

from bot.actions import coordinator as actions
from bot.actions import librarian
from bot.conversation import paging, permissions
from bot.conversation.permissions import Permission
from bot.conversation.request import Request
from bot.conversation.screens import Button, Reply, Screen, column
from bot.staff import staff_home
from bot.texts import findings as texts
from bot.texts import staff as staff_texts
from bot.texts.slovene import common, participant
from bot.views import coordinator as views
from storage import findings
from storage.findings import Closed, FindingsStanding
from surveys import short_words
from surveys.plan import feedback as feedback_on_time
from surveys.plan import feedback_from

_A_PAGE = 6


def show_all(request: Request, page: int = 1, cohort: int | None = None) -> Reply:
    """/izvedeli: the closed questionnaires, the last closed first; those of one cohort from its card."""
    if not permissions.programmes(request, Permission.TELL_GROUP):
        return staff_home.refuse(request)
    return Reply(draw_all(request, page, cohort), views.all_feedback(page, cohort))


def show_one(request: Request, cohort: int, wave: str) -> Reply | None:
    """One closed questionnaire, with the text as the group reads it."""
    one = _find(request, cohort, wave)
    return None if one is None else _show(request, one)


def ask(request: Request, cohort: int, wave: str) -> Reply | None:
    """»Napiši besedilo«, »Spremeni besedilo«."""
    one = _find(request, cohort, wave)
    if one is None:
        return None
    if one.standing is FindingsStanding.SENT:
        return _show(request, one, texts.TOO_LATE)
    return Reply(draw_ask(request, cohort, wave), views.write_feedback(cohort, wave))


def typed(request: Request, text: str, cohort: int, wave: str) -> Reply | None:
    """The text was typed."""
    one = _find(request, cohort, wave, changing=True)
    if one is None:
        return None
    words = short_words.tidy_lines(text)
    if len(words) > texts.LONGEST:
        asked = Reply(draw_ask(request, cohort, wave), views.write_feedback(cohort, wave), unread=True)
        return asked.noted(texts.too_long(len(words)))
    kept = findings.write(
        request.connection, request.services.keys, one, words, request.now, permissions.actor(request)
    )
    return _show(request, one, texts.SAVED if kept else texts.TOO_LATE)


def approve(request: Request, cohort: int, wave: str, revision: int) -> Reply | None:
    """»Pošlji skupini«: just what is on the card."""
    one = _find(request, cohort, wave, changing=True)
    if one is None:
        return None
    if one.standing is not FindingsStanding.DRAFT or revision != one.revision:
        return _show(request, one).toasted(texts.CHANGED_MEANWHILE)
    findings.approve(request.connection, one, _moment(request, one), request.now, permissions.actor(request))
    return _show(request, one).toasted(texts.APPROVED)


def stop(request: Request, cohort: int, wave: str, revision: int) -> Reply | None:
    """»Ustavi pošiljanje«: it is a draft again."""
    one = _find(request, cohort, wave, changing=True)
    if one is None:
        return None
    if one.standing is FindingsStanding.SENT:
        return _show(request, one, texts.TOO_LATE)
    if revision != one.revision:
        return _show(request, one).toasted(texts.CHANGED_MEANWHILE)
    findings.stop(request.connection, one, request.now, permissions.actor(request))
    return _show(request, one).toasted(texts.STOPPED)


def draw_all(request: Request, page: int, cohort: int | None) -> Screen:
    """The closed questionnaires, or those of one cohort."""
    slugs = [one.slug for one in permissions.programmes(request, Permission.TELL_GROUP)]
    if not slugs:
        return Screen(staff_texts.NOT_STAFF)
    closed = findings.of_programmes(request.connection, request.services.keys, slugs)
    shown = [one for one in closed if cohort in {None, one.cohort}]
    back = [] if cohort is None else [Button(staff_texts.TO_GROUP, librarian.show_cohort(cohort))]
    if not shown:
        return Screen(texts.EMPTY, column(*back, staff_home.to_desk()))
    turned = paging.turned(shown, page, _A_PAGE)
    found = [
        findings.find(request.connection, request.services.keys, one.cohort, one.wave) or one for one in turned.shown
    ]
    buttons = [
        Button(texts.name(one.cohort_name, _wave(request, one)), actions.show_finding(one.cohort, one.wave))
        for one in found
    ]
    arrows = turned.arrows(partial(actions.show_findings, cohort=cohort))
    return Screen(
        _listed(request, found, turned.words), (*column(*buttons), *arrows, *column(*back, staff_home.to_desk()))
    )


def _listed(request: Request, found: Sequence[Closed], page: str) -> str:
    lines = [_line(request, one) for one in found]
    return "\n\n".join(part for part in (f"<b>{participant.LEARNED}</b>", *lines, texts.ABOUT, page) if part)


def draw_one(request: Request, cohort: int, wave: str) -> Screen:
    """One closed questionnaire."""
    one = _find(request, cohort, wave)
    if one is None:
        return Screen(texts.GONE, column(staff_home.to_desk()))
    programme = request.services.programmes[one.programme]
    closed = _day(request, one.closed_at)
    parts = [
        texts.head(one.cohort_name, _wave(request, one), closed, one.people, one.standing),
        texts.read_back(participant.learned(programme.library, programme.group, one.text)) if one.text else "",
        _stands(request, one),
    ]
    ways = (Button(texts.TO_ALL, actions.show_findings()), staff_home.to_desk())
    return Screen("\n\n".join(part for part in parts if part), column(*_steps(one), *ways))


def draw_ask(request: Request, cohort: int, wave: str) -> Screen:
    """What was learned is to be typed."""
    one = _find(request, cohort, wave)
    if one is None:
        return Screen(texts.GONE, column(staff_home.to_desk()))
    words = texts.ask(one.cohort_name, _wave(request, one), one.text, one.standing)
    numbers = Button(texts.NUMBERS, actions.tell_of_impact())
    return Screen(words, column(numbers, Button(common.CANCEL, actions.show_finding(cohort, wave))))


def _line(request: Request, one: Closed) -> str:
    told = one.due_at or feedback_on_time(one.closed_at, request.services.policy)
    days = _day(request, one.closed_at), _day(request, told)
    return texts.line(one.cohort_name, _wave(request, one), *days, one.standing)


def _stands(request: Request, one: Closed) -> str:
    """How it stands, and when it goes out."""
    zone = request.services.policy.zone
    match one.standing:
        case FindingsStanding.SENT:
            return texts.sent(one.sent)
        case FindingsStanding.APPROVED:
            return texts.NOBODY_WAITS if one.due_at is None else texts.approved(texts.moment(one.due_at, zone))
        case _ if not one.people:
            return texts.NOBODY
        case FindingsStanding.DRAFT:
            return texts.draft(texts.moment(_moment(request, one), zone))
        case FindingsStanding.UNWRITTEN:
            return texts.unwritten(texts.moment(_moment(request, one), zone))


def _steps(one: Closed) -> list[Button]:
    write = actions.write_finding(one.cohort, one.wave)
    match one.standing:
        case FindingsStanding.SENT:
            return []
        case FindingsStanding.UNWRITTEN:
            return [Button(texts.WRITE, write), Button(texts.NUMBERS, actions.tell_of_impact())]
        case FindingsStanding.DRAFT:
            send = Button(texts.SEND, actions.approve_finding(one.cohort, one.wave, one.revision))
            return [*([send] if one.people else []), Button(texts.CHANGE, write)]
        case FindingsStanding.APPROVED:
            stop = Button(texts.STOP, actions.stop_finding(one.cohort, one.wave, one.revision))
            return [Button(texts.CHANGE, write), stop]


def _show(request: Request, one: Closed, note: str = "") -> Reply:
    """As it stands now."""
    return Reply(draw_one(request, one.cohort, one.wave), views.feedback(one.cohort, one.wave)).noted(note)


def _find(request: Request, cohort: int, wave: str, *, changing: bool = False) -> Closed | None:
    """A closed questionnaire of a programme of whoever is here."""
    one = findings.find(request.connection, request.services.keys, cohort, wave, changing=changing)
    return one if one is not None and permissions.may(request, Permission.TELL_GROUP, one.programme) else None


def _wave(request: Request, one: Closed) -> str:
    """The wave's name; its id where the programme has it no longer."""
    wave = request.services.programmes[one.programme].wave(one.wave)
    return one.wave if wave is None else wave.name


def _day(request: Request, moment: datetime) -> str:
    return common.day(moment, request.services.policy.zone)


def _moment(request: Request, one: Closed) -> datetime:
    """When it goes out if it is approved now."""
    return feedback_from(one.closed_at, request.now, request.services.policy)
