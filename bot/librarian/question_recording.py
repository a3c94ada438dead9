"""/posnemi: questions are read aloud, one by one; a voice message becomes the recording of the words on the card."""

from __future__ import annotations

from dataclasses import dataclass, replace

from bot.actions import assistance as actions
from bot.consent import text_archive
from bot.conversation import permissions
from bot.conversation.declared import ActionData
from bot.conversation.permissions import Permission
from bot.conversation.request import Request, Sent, receive
from bot.conversation.screens import Button, Reply, Screen, Voice, column
from bot.librarian import questionnaire_preview
from bot.participant import question_audio
from bot.staff import staff_home
from bot.texts import recording as texts
from bot.texts.slovene import common
from bot.texts.spoken_consent import ALOUD
from bot.views import assistance as views
from storage import recordings
from storage.recordings import Recording
from surveys.languages import NAMES, localised
from surveys.locale_sl import day
from surveys.model import Item, Programme


@dataclass(frozen=True, slots=True)
class _Page:
    """One question of a questionnaire in a language: what the card is about."""

    programme: Programme
    place: int  # of the wave
    language: str
    items: tuple[Item, ...]  # those that exist in the language
    number: int

    @property
    def where(self) -> tuple[str, int, str, int]:
        """As actions and views say it."""
        return (self.programme.slug, self.place, self.language, self.number)

    def at(self, number: int) -> ActionData:
        """The action that shows another question of it."""
        return actions.read_aloud(self.programme.slug, self.place, self.language, number)

    @property
    def title(self) -> str:
        return _title(self.programme, self.place)

    @property
    def key(self) -> str:
        return question_audio.key(self.items[self.number])


def choose(request: Request, _rest: str = "") -> Reply:
    """/posnemi asks for the programme, where there are several, for the questionnaire and for the language."""
    programmes = permissions.programmes(request, Permission.RECORD)
    if not programmes:
        return staff_home.refuse(request)
    return _reply(request, programmes[0].slug if len(programmes) == 1 else "")


def turn_page(
    request: Request, slug: str, wave: int | None = None, language: str = "", number: int = 0
) -> Reply | None:
    """The questionnaires of a programme, the languages of one, or a question."""
    programme = _find(request, slug)
    if programme is None:
        return None
    if wave is None:
        return _reply(request, slug)
    if wave > len(programme.waves):
        return None
    languages = _tongues(programme, wave)
    if not language and len(languages) > 1:
        return _reply(request, slug, wave)
    page = _page(request, slug, wave, language or languages[0], number)
    return _reply(request, slug, wave) if page is None else _reply(request, *page.where)


def take(
    request: Request, sent: Sent, slug: str = "", wave: int | None = None, language: str = "", number: int = 0
) -> Reply | None:
    """A voice message: from now on the words on the card sound like this."""
    page = _page(request, slug, wave, language, number)
    if page is None or sent.kind != "voice":
        return None
    if sent.too_long:
        return _reply(request, *page.where).noted(texts.TOO_LONG)
    file = receive(request, sent)
    actor = permissions.actor(request)
    recordings.keep(request.connection, page.programme.slug, page.language, page.key, file, request.now, actor)
    heard = recordings.recorded(request.connection, page.programme.slug, page.language)
    done = sum(question_audio.key(item) in heard for item in page.items)
    return replace(_reply(request, *page.where).noted(texts.kept(done, len(page.items))), due=True)


def listen(request: Request, slug: str, wave: int, language: str, number: int) -> Reply | None:
    """»Poslušaj«: the recording above the card."""
    page = _page(request, slug, wave, language, number)
    if page is None:
        return None
    found = _recording(request, page)
    if found is None:
        return _reply(request, *page.where).toasted(texts.NOTHING_TO_HEAR)
    voice = Screen("", media=Voice(found.attachment, found.file, found.seconds), protect=True)
    return replace(_reply(request, *page.where), extras=(voice,))


def ask_drop(request: Request, recording_id: int) -> Reply | None:
    """»Izbriši posnetek«: once more, to be sure."""
    page = _on_screen(request)
    if page is None:
        return _left(request)
    return Reply(draw_drop(request, *page.where, recording_id), views.drop_recording(*page.where, recording_id))


def drop(request: Request, recording_id: int) -> Reply | None:
    """»Da, izbriši posnetek«, of just the recording that the card told of."""
    page = _on_screen(request)
    if page is None:
        return _left(request)
    found = _recording(request, page)
    if found is None or found.id != recording_id:
        return _reply(request, *page.where)
    recordings.drop(request.connection, found, request.now, permissions.actor(request))
    return _reply(request, *page.where).toasted(texts.DELETED)


def draw(request: Request, slug: str = "", wave: int | None = None, language: str = "", number: int = 0) -> Screen:
    """The programmes, the questionnaires of one, the languages of one of these, or a question."""
    programme = _find(request, slug)
    if programme is None:
        programmes = permissions.programmes(request, Permission.RECORD)
        buttons = [Button(one.name, actions.read_aloud(one.slug)) for one in programmes]
        return Screen(texts.CHOOSE_PROGRAMME, column(*buttons, staff_home.to_desk()))
    page = _page(request, slug, wave, language, number)
    if page is not None:
        return _card(request, page)
    if wave is not None and not language and wave <= len(programme.waves):
        return _languages(programme, wave)
    buttons = [Button(_title(programme, at), actions.read_aloud(slug, at)) for at in range(len(programme.waves) + 1)]
    several = len(permissions.programmes(request, Permission.RECORD)) > 1
    back = Button(common.BACK, actions.choose_reading()) if several else staff_home.to_desk()
    return Screen(texts.choose_questionnaire(programme.name), column(*buttons, back))


def draw_drop(request: Request, slug: str, wave: int, language: str, number: int, recording_id: int) -> Screen:
    """The question whether a recording is to be deleted."""
    page = _page(request, slug, wave, language, number)
    if page is None:
        return draw(request)
    rows = column(
        Button(texts.DELETE_YES, actions.drop_recording(recording_id)), Button(texts.DELETE_NO, page.at(page.number))
    )
    return Screen(texts.ask_delete(question_audio.words(page.items[page.number])), rows)


def _languages(programme: Programme, place: int) -> Screen:
    buttons = [Button(NAMES[one], actions.read_aloud(programme.slug, place, one)) for one in _tongues(programme, place)]
    back = Button(common.BACK, actions.read_aloud(programme.slug))
    return Screen(texts.choose_language(_title(programme, place)), column(*buttons, back))


def _card(request: Request, page: _Page) -> Screen:
    found = _recording(request, page)
    where = texts.place(page.title, NAMES[page.language], page.number + 1, len(page.items))
    told = texts.NO_RECORDING
    of_recording = []
    if found is not None:
        when = found.recorded_at.astimezone(request.services.policy.zone).date()
        told = texts.recorded(day(when), found.seconds)
        of_recording = [
            Button(texts.LISTEN, actions.hear_reading(*page.where)),
            Button(texts.DELETE, actions.ask_drop_recording(found.id)),
        ]
    ways = []
    if page.number + 1 < len(page.items):
        ways.append(Button(texts.NEXT, page.at(page.number + 1)))
    if page.number:
        ways.append(Button(texts.PREVIOUS, page.at(page.number - 1)))
    other = Button(texts.OTHER, actions.read_aloud(page.programme.slug))
    words = texts.card(where, question_audio.words(page.items[page.number]), told)
    return Screen(words, column(*of_recording, *ways, other, staff_home.to_desk()))


def _recording(request: Request, page: _Page) -> Recording | None:
    """The recording of the words in their language; that of another language, which may read alike, is another one."""
    if page.key not in recordings.recorded(request.connection, page.programme.slug, page.language):
        return None
    return recordings.find(request.connection, request.services.keys, page.programme.slug, page.language, page.key)


def _find(request: Request, slug: str) -> Programme | None:
    return next((one for one in permissions.programmes(request, Permission.RECORD) if one.slug == slug), None)


def _page(request: Request, slug: str, place: int | None, language: str, number: int) -> _Page | None:
    """The card of a question; None where none is chosen yet, and for what is not there (any more)."""
    programme = _find(request, slug)
    if programme is None or place is None or place > len(programme.waves):
        return None
    if language not in _tongues(programme, place):
        return None
    items = _items(programme, place, language)
    return _Page(programme, place, language, items, number) if number < len(items) else None


def _on_screen(request: Request) -> _Page | None:
    """The question on the screen, also where it is asked whether its recording is to be deleted."""
    shown = views.drop_recording.arguments_of(request.view) or views.record.arguments_of(request.view)
    return None if shown is None else _page(request, *shown[:4])


def _left(request: Request) -> Reply | None:
    """A button of a card that is no longer on the screen."""
    return choose(request) if permissions.programmes(request, Permission.RECORD) else None


def _title(programme: Programme, place: int) -> str:
    """What is read aloud: a questionnaire, and after all of them the text of consent."""
    return questionnaire_preview.name(programme.waves[place]) if place < len(programme.waves) else texts.CONSENT


def _tongues(programme: Programme, place: int) -> tuple[str, ...]:
    return programme.languages if place < len(programme.waves) else tuple(ALOUD)


def _items(programme: Programme, place: int, language: str) -> tuple[Item, ...]:
    """What is read aloud, one after the other; of consent a text for each audience that has its own."""
    if place < len(programme.waves):
        told = localised(programme.questionnaire(programme.waves[place]), language)
        return tuple(item for item in told.questionnaire.items if item.id not in told.missing)
    return tuple(dict.fromkeys(text_archive.read_out(programme, one, language) for one in programme.audiences))


def _reply(request: Request, slug: str, wave: int | None = None, language: str = "", number: int = 0) -> Reply:
    return Reply(draw(request, slug, wave, language, number), views.record(slug, wave, language, number))
