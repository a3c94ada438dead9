"""/zgodbe: coordinators read the stories of their programmes, edit a copy for publication, approve or decline."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from bot import roles, staffroom
from bot.librarian import paging
from bot.roles import Action
from bot.screens import Button, Reply, Screen, Voice, column
from bot.texts import recording as recording_texts
from bot.texts import staff as staff_texts
from bot.texts import story_desk as texts
from bot.texts.slovene import common
from bot.texts.slovene import stories as slovene_stories
from bot.texts.stories import LONGEST
from bot.visit import Visit, whole
from reports.slovenian import day
from storage import stories, voices
from storage.schema import Decision
from storage.stories import Standing, Story

_A_PAGE = 8


def show_all(visit: Visit, page: str = "") -> Reply:
    """/zgodbe: those that wait for a decision first."""
    if not roles.programmes(visit, Action.SEE_STORIES):
        return staffroom.refuse(visit)
    argument = paging.asked(page)
    return Reply(draw_all(visit, argument), f"stories:{argument}", fresh=visit.typed)


def show_one(visit: Visit, story_id: str) -> Reply | None:
    """One story, with what can be done to it."""
    one = _find(visit, story_id)
    return None if one is None else _show(visit, one)


def ask_edit(visit: Visit, story_id: str) -> Reply | None:
    """»Uredi za objavo«."""
    one = _find(visit, story_id)
    if one is None:
        return None
    if not one.publishable:
        return _show(visit, one).toasted(texts.CHANGED_MEANWHILE)
    return Reply(draw_edit(visit, story_id), f"edit_story:{one.id}", fresh=visit.typed)


def typed(visit: Visit, story_id: str, text: str) -> Reply | None:
    """The copy for publication was typed."""
    one = _find(visit, story_id, changing=True)
    if one is None:
        return None
    if not one.publishable:
        return _noted(_show(visit, one), texts.CHANGED_MEANWHILE)
    words = text.strip()
    if len(words) > LONGEST:
        asked = Reply(draw_edit(visit, story_id), f"edit_story:{one.id}", fresh=True)
        return _noted(asked, slovene_stories.too_long(len(words)))
    stories.edit(visit.connection, visit.house.keys, one, words, visit.now, roles.actor(visit))
    sound = _sound(visit, one)
    if sound is not None:
        voices.typed(visit.connection, sound, visit.now, roles.actor(visit))
    return _noted(_show(visit, one), texts.EDITED)


def listen(visit: Visit, story_id: str) -> Reply | None:
    """»Poslušaj«: the recording of a story above its card."""
    one = _find(visit, story_id)
    if one is None:
        return None
    sound = _sound(visit, one)
    if sound is None or not sound.file:
        return _show(visit, one).toasted(recording_texts.GONE)
    extra = Screen("", media=Voice(sound.attachment, sound.file, sound.seconds), protect=True)
    return replace(_show(visit, one), fresh=True, extras=(extra,))


def approve(visit: Visit, story_id: str, revision: str) -> Reply | None:
    """»Odobri za objavo«: just what is on the card, and only while the person agrees."""
    return _decide(visit, story_id, revision, Decision.APPROVED)


def decline(visit: Visit, story_id: str, revision: str) -> Reply | None:
    """»Ne objavi«, also of what was approved before."""
    return _decide(visit, story_id, revision, Decision.DECLINED)


def draw_all(visit: Visit, argument: str) -> Screen:
    """The card of `stories:PAGE`."""
    programmes = {one.slug: one for one in roles.programmes(visit, Action.SEE_STORIES)}
    if not programmes:
        return Screen(staff_texts.NOT_STAFF)
    told = stories.of_programmes(visit.connection, visit.house.keys, list(programmes))
    if not told:
        return Screen(texts.STORIES_EMPTY, column(staffroom.to_desk()))
    page = paging.turned(told, argument, _A_PAGE)
    waiting = sum(one.standing is Standing.WAITING for one in told)
    parts = [
        f"<b>{texts.STORIES}</b>\n{texts.waiting(waiting)}",
        *(texts.line(one.id, programmes[one.programme].name, _handed_in(visit, one), one.standing)
          for one in page.shown),
        texts.STORIES_ABOUT,
        page.words,
    ]  # fmt: skip
    buttons = [Button(texts.name(one.id), f"zgs:{one.id}") for one in page.shown]
    rows = (*paging.pairs(buttons), *page.arrows("zgod"), *column(staffroom.to_desk()))
    return Screen("\n\n".join(part for part in parts if part), rows)


def draw_one(visit: Visit, story_id: str) -> Screen:
    """The card of `story:STORY`."""
    one = _find(visit, story_id)
    return _gone() if one is None else _screen(visit, one)


def draw_edit(visit: Visit, story_id: str) -> Screen:
    """The card of `edit_story:STORY`."""
    one = _find(visit, story_id)
    if one is None:
        return _gone()
    return Screen(texts.ask_edit(one.id, one.edited or one.text), column(Button(common.CANCEL, f"zgs:{one.id}")))


def _decide(visit: Visit, story_id: str, revision: str, decision: Decision) -> Reply | None:
    one = _find(visit, story_id, changing=True)
    if one is None:
        return None
    without_words = decision is Decision.APPROVED and one.edited is None and _sound(visit, one) is not None
    if not one.publishable or whole(revision) != one.revision or without_words:
        return _show(visit, one).toasted(texts.CHANGED_MEANWHILE)
    stories.decide(visit.connection, one, decision, visit.now, roles.actor(visit))
    return _show(visit, one).toasted(texts.APPROVED if decision is Decision.APPROVED else texts.DECLINED)


def _show(visit: Visit, one: Story) -> Reply:
    """The story as it stands now."""
    return Reply(draw_one(visit, str(one.id)), f"story:{one.id}", fresh=visit.typed)


def _screen(visit: Visit, one: Story) -> Screen:
    sound = _sound(visit, one)
    steps = [] if sound is None else [Button(recording_texts.LISTEN, f"zgp:{one.id}")]
    if one.publishable:
        if one.standing is not Standing.APPROVED and (sound is None or one.edited is not None):
            steps.append(Button(texts.APPROVE, f"zga:{one.id}:{one.revision}"))
        steps.append(Button(texts.EDIT, f"zge:{one.id}"))
        if one.standing is not Standing.DECLINED:
            steps.append(Button(texts.DECLINE, f"zgn:{one.id}:{one.revision}"))
    where = (visit.house.programmes[one.programme].name, one.cohort_name)
    words = texts.story(one.id, where, _handed_in(visit, one), one.text, one.edited, one.standing)
    return Screen(words, column(*steps, Button(texts.TO_STORIES, "zgod"), staffroom.to_desk()))


def _sound(visit: Visit, one: Story) -> voices.Voice | None:
    """The recording of a story that was spoken."""
    return voices.of_story(visit.connection, visit.house.keys, one.id)


def _gone() -> Screen:
    """Deleted by the person, or no longer for whoever is here."""
    return Screen(texts.GONE, column(staffroom.to_desk()))


def _find(visit: Visit, story_id: str, *, changing: bool = False) -> Story | None:
    """A story that was handed in, of a programme of whoever is here."""
    get = stories.lock if changing else stories.load
    one = get(visit.connection, visit.house.keys, whole(story_id))
    if one is None or one.handed_in_at is None or not roles.may(visit, Action.SEE_STORIES, one.programme):
        return None
    return one


def _handed_in(visit: Visit, one: Story) -> str:
    moment: datetime = one.handed_in_at or one.told_at
    return day(moment.astimezone(visit.house.rhythm.zone).date())


def _noted(reply: Reply, note: str) -> Reply:
    return replace(reply, card=replace(reply.card, text=f"<i>{note}</i>\n\n{reply.card.text}"))
