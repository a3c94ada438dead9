"""/zgodbe: coordinators read the stories of their programmes, edit a copy for publication, approve or decline."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from bot.actions import coordinator as actions
from bot.conversation import paging, permissions
from bot.conversation.permissions import Permission
from bot.conversation.request import Request
from bot.conversation.screens import Button, Reply, Screen, Voice, column
from bot.staff import staff_home
from bot.texts import recording as recording_texts
from bot.texts import staff as staff_texts
from bot.texts import story_desk as texts
from bot.texts.slovene import common
from bot.texts.slovene import stories as slovene_stories
from bot.texts.stories import LONGEST
from bot.views import coordinator as views
from storage import stories
from storage.answers import voice_answers
from storage.schema import Decision
from storage.stories import Story, StoryStanding
from surveys.locale_sl import day
from surveys.reading import readable
from surveys.wording import MAY_STAND, Edit, edit_of

_A_PAGE = 8


def show_all(request: Request, page: int = 1) -> Reply:
    """/zgodbe: those that wait for a decision first."""
    if not permissions.programmes(request, Permission.SEE_STORIES):
        return staff_home.refuse(request)
    return Reply(draw_all(request, page), views.stories(page))


def show_one(request: Request, story: int) -> Reply | None:
    """One story, with what can be done to it."""
    one = _find(request, story)
    return None if one is None else _show(request, one)


def ask_edit(request: Request, story: int) -> Reply | None:
    """»Uredi za objavo«."""
    one = _find(request, story)
    if one is None:
        return None
    if not one.publishable:
        return _show(request, one).toasted(texts.CHANGED_MEANWHILE)
    return Reply(draw_edit(request, one.id), views.edit_story(one.id))


def typed(request: Request, text: str, story: int) -> Reply | None:
    """The copy for publication was typed."""
    one = _find(request, story, changing=True)
    if one is None:
        return None
    if not one.publishable:
        return _show(request, one).noted(texts.CHANGED_MEANWHILE)
    words = readable(text)
    if len(words) > LONGEST:
        asked = Reply(draw_edit(request, one.id), views.edit_story(one.id), unread=True)
        return asked.noted(slovene_stories.too_long(len(words)))
    sound, done = _sound(request, one), edit_of(one.text, words)
    if done is Edit.NEW and sound is None:
        return Reply(draw_edit(request, one.id), views.edit_story(one.id)).noted(texts.NOT_A_QUOTATION)
    stories.edit(request.connection, request.services.keys, one, words, request.now, permissions.actor(request))
    if sound is not None:
        voice_answers.typed(request.connection, sound, request.now, permissions.actor(request))
    return _show(request, one).noted(texts.EDITED if done in MAY_STAND else texts.CHANGED)


def listen(request: Request, story: int) -> Reply | None:
    """»Poslušaj«: the recording of a story above its card."""
    one = _find(request, story)
    if one is None:
        return None
    sound = _sound(request, one)
    if sound is None or not sound.file:
        return _show(request, one).toasted(recording_texts.GONE)
    extra = Screen("", media=Voice(sound.attachment, sound.file, sound.seconds), protect=True)
    return replace(_show(request, one), extras=(extra,))


def approve(request: Request, story: int, revision: int) -> Reply | None:
    """»Odobri za objavo«: just what is on the card, and only while the person agrees."""
    return _decide(request, story, revision, Decision.APPROVED)


def decline(request: Request, story: int, revision: int) -> Reply | None:
    """»Ne objavi«, also of what was approved before."""
    return _decide(request, story, revision, Decision.DECLINED)


def draw_all(request: Request, page: int) -> Screen:
    """All stories."""
    programmes = {one.slug: one for one in permissions.programmes(request, Permission.SEE_STORIES)}
    if not programmes:
        return Screen(staff_texts.NOT_STAFF)
    told = stories.of_programmes(request.connection, request.services.keys, list(programmes))
    if not told:
        return Screen(texts.STORIES_EMPTY, column(staff_home.to_desk()))
    turned = paging.turned(told, page, _A_PAGE)
    waiting = sum(one.standing is StoryStanding.WAITING for one in told)
    parts = [
        f"<b>{texts.STORIES}</b>\n{texts.waiting(waiting)}",
        *(texts.line(one.id, programmes[one.programme].name, _handed_in(request, one), one.standing)
          for one in turned.shown),
        texts.STORIES_ABOUT,
        turned.words,
    ]  # fmt: skip
    buttons = [Button(texts.name(one.id), actions.show_story(one.id)) for one in turned.shown]
    rows = (*paging.pairs(buttons), *turned.arrows(actions.show_stories), *column(staff_home.to_desk()))
    return Screen("\n\n".join(part for part in parts if part), rows)


def draw_one(request: Request, story: int) -> Screen:
    """One story."""
    one = _find(request, story)
    return _gone() if one is None else _screen(request, one)


def draw_edit(request: Request, story: int) -> Screen:
    """A copy for publication is to be typed."""
    one = _find(request, story)
    if one is None:
        return _gone()
    cancel = Button(common.CANCEL, actions.show_story(one.id))
    return Screen(texts.ask_edit(one.id, one.edited or one.text), column(cancel))


def _decide(request: Request, story: int, revision: int, decision: Decision) -> Reply | None:
    one = _find(request, story, changing=True)
    if one is None:
        return None
    again = decision is Decision.APPROVED and _is_approved(one)
    without_words = decision is Decision.APPROVED and one.edited is None and _sound(request, one) is not None
    if not one.publishable or revision != one.revision or without_words or again:
        return _show(request, one).toasted(texts.CHANGED_MEANWHILE)
    stories.decide(request.connection, one, decision, request.now, permissions.actor(request))
    asks = decision is Decision.APPROVED and one.needs_author
    said = texts.APPROVED_AND_ASKED if asks else texts.APPROVED if decision is Decision.APPROVED else texts.DECLINED
    return replace(_show(request, one).toasted(said), due=asks)


def _is_approved(one: Story) -> bool:
    """Whether it was approved as it is, and its author was asked where that is needed."""
    if one.standing is StoryStanding.ASKED:
        return one.author_asked_at is not None
    return one.standing in {StoryStanding.APPROVED, StoryStanding.REFUSED}


def _show(request: Request, one: Story) -> Reply:
    """The story as it stands now."""
    return Reply(draw_one(request, one.id), views.story(one.id))


def _screen(request: Request, one: Story) -> Screen:
    sound = _sound(request, one)
    steps = [] if sound is None else [Button(recording_texts.LISTEN, actions.hear_story(one.id))]
    if one.publishable:
        if not _is_approved(one) and (sound is None or one.edited is not None):
            steps.append(Button(texts.APPROVE, actions.approve_story(one.id, one.revision)))
        steps.append(Button(texts.EDIT, actions.edit_story(one.id)))
        if one.standing is not StoryStanding.DECLINED:
            steps.append(Button(texts.DECLINE, actions.decline_story(one.id, one.revision)))
    where = (request.services.programmes[one.programme].name, one.cohort_name)
    words = texts.story(one.id, where, _handed_in(request, one), one.text, one.edited, one.standing)
    return Screen(words, column(*steps, Button(texts.TO_STORIES, actions.show_stories()), staff_home.to_desk()))


def _sound(request: Request, one: Story) -> voice_answers.VoiceAnswer | None:
    """The recording of a story that was spoken."""
    return voice_answers.of_story(request.connection, request.services.keys, one.id)


def _gone() -> Screen:
    """Deleted by the person, or no longer for whoever is here."""
    return Screen(texts.GONE, column(staff_home.to_desk()))


def _find(request: Request, story: int, *, changing: bool = False) -> Story | None:
    """A story that was handed in, of a programme of whoever is here."""
    get = stories.lock if changing else stories.load
    one = get(request.connection, request.services.keys, story)
    if one is None or one.handed_in_at is None or not permissions.may(request, Permission.SEE_STORIES, one.programme):
        return None
    return one


def _handed_in(request: Request, one: Story) -> str:
    moment: datetime = one.handed_in_at or one.told_at
    return day(moment.astimezone(request.services.policy.zone).date())
