"""/prepis: answers that were spoken are listened to, and their words typed in; what was typed is read back."""

from __future__ import annotations

from dataclasses import replace

from bot import roles, staffroom
from bot.librarian import paging
from bot.roles import Action
from bot.screens import Button, Reply, Screen, column
from bot.screens import Voice as Sound
from bot.texts import recording as texts
from bot.texts import staff as staff_texts
from bot.texts.slovene import participant
from bot.visit import Visit, whole
from reports.slovenian import day
from storage import runs, voices
from storage.voices import Voice
from surveys.model import Answer
from surveys.reading import Problem, read_text

_A_PAGE = 8


def show_all(visit: Visit, page: str = "") -> Reply:
    """/prepis: what waits longest first."""
    if not roles.programmes(visit, Action.WRITE_DOWN):
        return staffroom.refuse(visit)
    argument = paging.asked(page)
    return Reply(draw_all(visit, argument), f"voices:{argument}", fresh=visit.typed)


def show_one(visit: Visit, voice_id: str) -> Reply | None:
    """One recording: the sound, and the card below it."""
    one = _find(visit, voice_id)
    if one is None:
        return None
    sound = Screen("", media=Sound(one.attachment, one.file, one.seconds), protect=True)
    return Reply(draw_one(visit, voice_id), f"voice:{one.id}", fresh=True, extras=(sound,) if one.file else ())


def typed(visit: Visit, voice_id: str, text: str) -> Reply | None:
    """The words were typed: from now on they are the answer, and can be typed again until they are right."""
    one = _find(visit, voice_id, changing=True)
    if one is None or one.run is None or one.item is None:
        return None
    words = read_text(text)
    if isinstance(words, Problem):
        return _noted(_show(visit, one), participant.PROBLEMS[words])
    actor = roles.actor(visit)
    said = {one.item: Answer(text=words)}
    runs.store(visit.connection, visit.house.keys, one.run, said, actor, visit.now, same_voice=True)
    return _show(visit, one)


def confirm(visit: Visit, voice_id: str, revision: str) -> Reply | None:
    """»Tako je prav«, of just the words on the card."""
    one = _find(visit, voice_id, changing=True)
    if one is None:
        return None
    run, words = _run(visit, one), _words(visit, one)
    if words is None or run.revision != whole(revision):
        return _show(visit, one)
    voices.typed(visit.connection, one, visit.now, roles.actor(visit))
    return _noted(show_all(visit), texts.TYPED)


def draw_all(visit: Visit, argument: str) -> Screen:
    """The card of `voices:PAGE`."""
    slugs = [one.slug for one in roles.programmes(visit, Action.WRITE_DOWN)]
    if not slugs:
        return Screen(staff_texts.NOT_STAFF)
    waiting = voices.waiting(visit.connection, visit.house.keys, slugs)
    if not waiting:
        return Screen(texts.WAITING_NONE, column(staffroom.to_desk()))
    page = paging.turned(waiting, argument, _A_PAGE)
    lines = [texts.line(one.code, _question(visit, one), _day(visit, one)) for one in page.shown]
    parts = [f"<b>{texts.WAITING}</b>", *lines, texts.WAITING_ABOUT, page.words]
    buttons = [Button(texts.name(one.code, one.seconds), f"vos:{one.id}") for one in page.shown]
    rows = (*column(*buttons), *page.arrows("prep"), *column(staffroom.to_desk()))
    return Screen("\n\n".join(part for part in parts if part), rows)


def draw_one(visit: Visit, voice_id: str) -> Screen:
    """The card of `voice:VOICE`."""
    one = _find(visit, voice_id)
    ways = (Button(texts.TO_WAITING, "prep"), staffroom.to_desk())
    if one is None:
        return Screen(texts.GONE, column(*ways))
    words = _words(visit, one)
    right = () if words is None else (Button(texts.RIGHT, f"vor:{one.id}:{_run(visit, one).revision}"),)
    again = Button(texts.LISTEN, f"vos:{one.id}")
    text = texts.one(one.code, _question(visit, one), _day(visit, one), words)
    return Screen(text, column(*right, again, *ways))


def _show(visit: Visit, one: Voice) -> Reply:
    return Reply(draw_one(visit, str(one.id)), f"voice:{one.id}", fresh=visit.typed)


def _find(visit: Visit, voice_id: str, *, changing: bool = False) -> Voice | None:
    """A spoken answer of a programme of whoever is here."""
    get = voices.lock if changing else voices.load
    one = get(visit.connection, visit.house.keys, whole(voice_id))
    if one is None or one.run is None or not roles.may(visit, Action.WRITE_DOWN, one.programme):
        return None
    return one


def _run(visit: Visit, one: Voice) -> runs.Run:
    run = None if one.run is None else runs.load(visit.connection, one.run)
    if run is None:
        raise LookupError("a spoken answer belongs to a run")
    return run


def _words(visit: Visit, one: Voice) -> str | None:
    """What was typed in; None as long as the answer only says that there is a recording."""
    held = runs.answers(visit.connection, visit.house.keys, _run(visit, one).id).get(one.item or "")
    text = None if held is None else held.text
    return None if text == texts.spoken(one.seconds) else text


def _question(visit: Visit, one: Voice) -> str:
    item = _run(visit, one).questionnaire.item(one.item or "")
    return "" if item is None else item.text


def _day(visit: Visit, one: Voice) -> str:
    return day(one.received_at.astimezone(visit.house.rhythm.zone).date())


def _noted(reply: Reply, note: str) -> Reply:
    return replace(reply, card=replace(reply.card, text=f"<i>{note}</i>\n\n{reply.card.text}"))
