"""/prepis: answers that were spoken are listened to, and their words typed in; what was typed is read back."""

from __future__ import annotations

from dataclasses import replace

from bot.actions import assistance as actions
from bot.conversation import paging, permissions
from bot.conversation.permissions import Permission
from bot.conversation.request import Request
from bot.conversation.screens import Button, Reply, Screen, column
from bot.conversation.screens import Voice as Sound
from bot.staff import staff_home
from bot.texts import recording as texts
from bot.texts import staff as staff_texts
from bot.texts.slovene import participant
from bot.views import assistance as views
from storage.answers import responses, voice_answers
from storage.answers.voice_answers import VoiceAnswer
from surveys.locale_sl import day
from surveys.model import Answer
from surveys.reading import Problem, read_text

_A_PAGE = 8


def by_command(request: Request, rest: str = "") -> Reply:
    """/prepis."""
    return show_all(request, paging.of_command(rest))


def show_all(request: Request, page: int = 1) -> Reply:
    """What waits longest first."""
    if not permissions.programmes(request, Permission.TRANSCRIBE):
        return staff_home.refuse(request)
    return Reply(draw_all(request, page), views.voices(page))


def show_one(request: Request, voice_id: int) -> Reply | None:
    """One recording: the sound, and the card below it."""
    one = _find(request, voice_id)
    if one is None:
        return None
    sound = Screen("", media=Sound(one.attachment, one.file, one.seconds), protect=True)
    return Reply(draw_one(request, voice_id), views.voice(one.id), extras=(sound,) if one.file else ())


def typed(request: Request, text: str, voice_id: int) -> Reply | None:
    """The words were typed: from now on they are the answer, and can be typed again until they are right."""
    one = _find(request, voice_id, changing=True)
    if one is None or one.run is None or one.item is None:
        return None
    words = read_text(text)
    if isinstance(words, Problem):
        return _show(request, one).noted(participant.PROBLEMS[words])
    actor = permissions.actor(request)
    said = {one.item: Answer(text=words)}
    responses.store(request.connection, request.services.keys, one.run, said, actor, request.now, same_voice=True)
    return replace(_show(request, one), unread=True)  # what goes on with it must not take its place unseen


def confirm(request: Request, voice_id: int, revision: int) -> Reply | None:
    """»Tako je prav«, of just the words on the card."""
    one = _find(request, voice_id, changing=True)
    if one is None:
        return None
    response, words = _run(request, one), _words(request, one)
    if words is None or response.revision != revision:
        return _show(request, one)
    voice_answers.typed(request.connection, one, request.now, permissions.actor(request))
    return show_all(request).noted(texts.TYPED)


def draw_all(request: Request, page: int = 1) -> Screen:
    """A page of what waits."""
    slugs = [one.slug for one in permissions.programmes(request, Permission.TRANSCRIBE)]
    if not slugs:
        return Screen(staff_texts.NOT_STAFF)
    waiting = voice_answers.waiting(request.connection, request.services.keys, slugs)
    if not waiting:
        return Screen(texts.WAITING_NONE, column(staff_home.to_desk()))
    shown = paging.turned(waiting, page, _A_PAGE)
    lines = [texts.line(one.code, _question(request, one), _day(request, one)) for one in shown.shown]
    parts = [f"<b>{texts.WAITING}</b>", *lines, texts.WAITING_ABOUT, shown.words]
    buttons = [Button(texts.name(one.code, one.seconds), actions.hear_voice(one.id)) for one in shown.shown]
    rows = (*column(*buttons), *shown.arrows(actions.show_voices), *column(staff_home.to_desk()))
    return Screen("\n\n".join(part for part in parts if part), rows)


def draw_one(request: Request, voice_id: int) -> Screen:
    """One recording, with the words that were typed."""
    one = _find(request, voice_id)
    ways = (Button(texts.TO_WAITING, actions.show_voices()), staff_home.to_desk())
    if one is None:
        return Screen(texts.GONE, column(*ways))
    words = _words(request, one)
    right = (
        () if words is None else (Button(texts.RIGHT, actions.confirm_transcript(one.id, _run(request, one).revision)),)
    )
    again = Button(texts.LISTEN, actions.hear_voice(one.id))
    text = texts.one(one.code, _question(request, one), _day(request, one), words)
    return Screen(text, column(*right, again, *ways))


def _show(request: Request, one: VoiceAnswer) -> Reply:
    return Reply(draw_one(request, one.id), views.voice(one.id))


def _find(request: Request, voice_id: int, *, changing: bool = False) -> VoiceAnswer | None:
    """A spoken answer of a programme of whoever is here."""
    get = voice_answers.lock if changing else voice_answers.load
    one = get(request.connection, request.services.keys, voice_id)
    if one is None or one.run is None or not permissions.may(request, Permission.TRANSCRIBE, one.programme):
        return None
    return one


def _run(request: Request, one: VoiceAnswer) -> responses.Response:
    run = None if one.run is None else responses.load(request.connection, one.run)
    if run is None:
        raise LookupError("a spoken answer belongs to a run")
    return run


def _words(request: Request, one: VoiceAnswer) -> str | None:
    """What was typed in; None as long as the answer only says that there is a recording."""
    held = responses.answers(request.connection, request.services.keys, _run(request, one).id).get(one.item or "")
    text = None if held is None else held.text
    return None if text == texts.spoken(one.seconds) else text


def _question(request: Request, one: VoiceAnswer) -> str:
    item = _run(request, one).questionnaire.item(one.item or "")
    return "" if item is None else item.text


def _day(request: Request, one: VoiceAnswer) -> str:
    return day(one.received_at.astimezone(request.services.policy.zone).date())
