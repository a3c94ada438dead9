"""/izvedeli: coordinators write what was learned from a closed questionnaire, read it back, approve or stop it."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from sqlalchemy import Connection

from bot import roles, staffroom
from bot.house import House
from bot.librarian import paging
from bot.roles import Action
from bot.screens import Button, Reply, Screen, column
from bot.texts import feedback as texts
from bot.texts import staff as staff_texts
from bot.texts.slovene import common, participant
from bot.visit import Visit, whole
from storage import feedback
from storage.feedback import Closed, Standing
from surveys.plan import feedback as feedback_on_time
from surveys.plan import feedback_from, feedback_is_asked_for

_A_PAGE = 6


def show_all(visit: Visit, page: str = "", group: str = "") -> Reply:
    """/izvedeli: the closed questionnaires, the last closed first; those of one `group` from its card."""
    if not roles.programmes(visit, Action.TELL_GROUP):
        return staffroom.refuse(visit)
    argument = f"{paging.asked(page)}:{whole(group)}" if group else paging.asked(page)
    return Reply(draw_all(visit, argument), f"all_feedback:{argument}", fresh=visit.typed)


def show_one(visit: Visit, group: str, wave: str) -> Reply | None:
    """One closed questionnaire, with the text as the group reads it."""
    one = _find(visit, group, wave)
    return None if one is None else _show(visit, one)


def ask(visit: Visit, group: str, wave: str) -> Reply | None:
    """»Napiši besedilo«, »Spremeni besedilo«."""
    one = _find(visit, group, wave)
    if one is None:
        return None
    if one.standing is Standing.SENT:
        return _show(visit, one, texts.TOO_LATE)
    return Reply(draw_ask(visit, _key(one)), f"write_feedback:{_key(one)}", fresh=visit.typed)


def typed(visit: Visit, argument: str, text: str) -> Reply | None:
    """The text was typed."""
    one = _find(visit, *argument.split(":"), changing=True)
    if one is None:
        return None
    words = text.strip()
    if len(words) > texts.LONGEST:
        asked = Reply(draw_ask(visit, argument), f"write_feedback:{argument}", fresh=True)
        return _noted(asked, texts.too_long(len(words)))
    kept = feedback.write(visit.connection, visit.house.keys, one, words, visit.now, roles.actor(visit))
    return _show(visit, one, texts.SAVED if kept else texts.TOO_LATE)


def approve(visit: Visit, group: str, wave: str, revision: str) -> Reply | None:
    """»Pošlji skupini«: just what is on the card."""
    one = _find(visit, group, wave, changing=True)
    if one is None:
        return None
    if one.standing is not Standing.DRAFT or whole(revision) != one.revision:
        return _show(visit, one).toasted(texts.CHANGED_MEANWHILE)
    feedback.approve(visit.connection, one, _moment(visit, one), visit.now, roles.actor(visit))
    return _show(visit, one).toasted(texts.APPROVED)


def stop(visit: Visit, group: str, wave: str, revision: str) -> Reply | None:
    """»Ustavi pošiljanje«: it is a draft again."""
    one = _find(visit, group, wave, changing=True)
    if one is None:
        return None
    if one.standing is Standing.SENT:
        return _show(visit, one, texts.TOO_LATE)
    if whole(revision) != one.revision:
        return _show(visit, one).toasted(texts.CHANGED_MEANWHILE)
    feedback.stop(visit.connection, one, visit.now, roles.actor(visit))
    return _show(visit, one).toasted(texts.STOPPED)


def draw_all(visit: Visit, argument: str) -> Screen:
    """The card of `all_feedback:PAGE` and of `all_feedback:PAGE:GROUP`."""
    number, _, group = argument.partition(":")
    slugs = [one.slug for one in roles.programmes(visit, Action.TELL_GROUP)]
    if not slugs:
        return Screen(staff_texts.NOT_STAFF)
    closed = feedback.of_programmes(visit.connection, visit.house.keys, slugs)
    shown = [one for one in closed if not group or one.cohort == whole(group)]
    back = [Button(staff_texts.TO_GROUP, f"sku:{whole(group)}")] if group else []
    if not shown:
        return Screen(texts.EMPTY, column(*back, staffroom.to_desk()))
    page = paging.turned(shown, number, _A_PAGE)
    found = [feedback.find(visit.connection, visit.house.keys, one.cohort, one.wave) or one for one in page.shown]
    lines = [_line(visit, one) for one in found]
    buttons = [Button(texts.name(one.cohort_name, _wave(visit, one)), f"iz:{_key(one)}") for one in found]
    words = "\n\n".join(part for part in (f"<b>{participant.LEARNED}</b>", *lines, texts.ABOUT, page.words) if part)
    return Screen(words, (*column(*buttons), *page.arrows("izve"), *column(*back, staffroom.to_desk())))


def draw_one(visit: Visit, argument: str) -> Screen:
    """The card of `feedback:GROUP:WAVE`."""
    one = _find(visit, *argument.split(":"))
    if one is None:
        return Screen(texts.GONE, column(staffroom.to_desk()))
    programme = visit.house.programmes[one.programme]
    closed = _day(visit, one.closed_at)
    parts = [
        texts.head(one.cohort_name, _wave(visit, one), closed, one.people, one.standing),
        texts.read_back(participant.learned(programme.library, programme.group, one.text)) if one.text else "",
        _stands(visit, one),
    ]
    ways = (Button(texts.TO_ALL, "izve"), staffroom.to_desk())
    return Screen("\n\n".join(part for part in parts if part), column(*_steps(one), *ways))


def draw_ask(visit: Visit, argument: str) -> Screen:
    """The card of `write_feedback:GROUP:WAVE`."""
    one = _find(visit, *argument.split(":"))
    if one is None:
        return Screen(texts.GONE, column(staffroom.to_desk()))
    words = texts.ask(one.cohort_name, _wave(visit, one), one.text, one.standing)
    return Screen(words, column(Button(texts.NUMBERS, "ucin"), Button(common.CANCEL, f"iz:{_key(one)}")))


def reminders(connection: Connection, house: House, slug: str, now: datetime) -> str:
    """What a Monday's summary says once of every text that is still to be written or approved; mostly nothing."""
    visit = Visit(connection, house, b"", now)
    return "\n".join(
        texts.reminder(one.cohort_name, _wave(visit, one), texts.moment(_moment(visit, one), house.rhythm.zone))
        for one in feedback.of_programmes(connection, house.keys, [slug])
        if one.people and one.approved_at is None and feedback_is_asked_for(one.closed_at, now, house.rhythm)
    )


def _line(visit: Visit, one: Closed) -> str:
    told = one.due_at or feedback_on_time(one.closed_at, visit.house.rhythm)
    days = _day(visit, one.closed_at), _day(visit, told)
    return texts.line(one.cohort_name, _wave(visit, one), *days, one.standing)


def _stands(visit: Visit, one: Closed) -> str:
    """How it stands, and when it goes out."""
    zone = visit.house.rhythm.zone
    match one.standing:
        case Standing.SENT:
            return texts.sent(one.sent)
        case Standing.APPROVED:
            return texts.NOBODY_WAITS if one.due_at is None else texts.approved(texts.moment(one.due_at, zone))
        case _ if not one.people:
            return texts.NOBODY
        case Standing.DRAFT:
            return texts.draft(texts.moment(_moment(visit, one), zone))
        case Standing.UNWRITTEN:
            return texts.unwritten(texts.moment(_moment(visit, one), zone))


def _steps(one: Closed) -> list[Button]:
    key = _key(one)
    match one.standing:
        case Standing.SENT:
            return []
        case Standing.UNWRITTEN:
            return [Button(texts.WRITE, f"ize:{key}"), Button(texts.NUMBERS, "ucin")]
        case Standing.DRAFT:
            send = [Button(texts.SEND, f"iza:{key}:{one.revision}")] if one.people else []
            return [*send, Button(texts.CHANGE, f"ize:{key}")]
        case Standing.APPROVED:
            return [Button(texts.CHANGE, f"ize:{key}"), Button(texts.STOP, f"izx:{key}:{one.revision}")]


def _show(visit: Visit, one: Closed, note: str = "") -> Reply:
    """As it stands now."""
    key = _key(one)
    return _noted(Reply(draw_one(visit, key), f"feedback:{key}", fresh=visit.typed), note)


def _noted(reply: Reply, note: str) -> Reply:
    return replace(reply, card=replace(reply.card, text=f"<i>{note}</i>\n\n{reply.card.text}")) if note else reply


def _find(visit: Visit, group: str, wave: str, *, changing: bool = False) -> Closed | None:
    """A closed questionnaire of a programme of whoever is here."""
    one = feedback.find(visit.connection, visit.house.keys, whole(group), wave, changing=changing)
    return one if one is not None and roles.may(visit, Action.TELL_GROUP, one.programme) else None


def _key(one: Closed) -> str:
    return f"{one.cohort}:{one.wave}"


def _wave(visit: Visit, one: Closed) -> str:
    """The wave's name; its id where the programme has it no longer."""
    wave = visit.house.programmes[one.programme].wave(one.wave)
    return one.wave if wave is None else wave.name


def _day(visit: Visit, moment: datetime) -> str:
    return common.day(moment, visit.house.rhythm.zone)


def _moment(visit: Visit, one: Closed) -> datetime:
    """When it goes out if it is approved now."""
    return feedback_from(one.closed_at, visit.now, visit.house.rhythm)
