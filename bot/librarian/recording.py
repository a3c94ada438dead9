"""/posnemi: questions are read aloud, one by one; a voice message becomes the recording of the words on the card."""

from __future__ import annotations

from dataclasses import dataclass, replace

from bot import roles, staffroom
from bot.librarian import preview
from bot.participant import aloud
from bot.roles import Action
from bot.screens import Button, Reply, Screen, Voice, column
from bot.texts import recording as texts
from bot.texts.common import duration
from bot.texts.slovene import common
from bot.visit import Sent, Visit, receive, whole
from reports.slovenian import day
from storage import recordings
from storage.recordings import Recording
from surveys.languages import NAMES, localised
from surveys.model import Item, Programme, Wave


@dataclass(frozen=True, slots=True)
class _Page:
    """One question of a questionnaire in a language: what the card is about."""

    programme: Programme
    place: int  # of the wave
    language: str
    items: tuple[Item, ...]  # those that exist in the language
    number: int

    @property
    def argument(self) -> str:
        return f"{self.programme.slug}:{self.place}:{self.language}:{self.number}"

    @property
    def wave(self) -> Wave:
        return self.programme.waves[self.place]

    @property
    def key(self) -> str:
        return aloud.key(self.items[self.number])


def choose(visit: Visit, _rest: str = "") -> Reply:
    """/posnemi asks for the programme, where there are several, for the questionnaire and for the language."""
    programmes = roles.programmes(visit, Action.RECORD)
    if not programmes:
        return staffroom.refuse(visit)
    return _reply(visit, programmes[0].slug if len(programmes) == 1 else "")


def turn(visit: Visit, slug: str, wave: str = "", language: str = "", number: str = "0") -> Reply | None:
    """The questionnaires of a programme, the languages of one, or a question."""
    programme = _find(visit, slug)
    if programme is None:
        return None
    if not wave:
        return _reply(visit, slug)
    if whole(wave) >= len(programme.waves):
        return None
    languages = programme.languages
    if not language and len(languages) > 1:
        return _reply(visit, f"{slug}:{wave}")
    page = _page(visit, f"{slug}:{wave}:{language or languages[0]}:{number}")
    return _reply(visit, f"{slug}:{wave}" if page is None else page.argument)


def take(visit: Visit, argument: str, sent: Sent) -> Reply | None:
    """A voice message: from now on the words on the card sound like this."""
    page = _page(visit, argument)
    if page is None or sent.kind != "voice":
        return None
    if sent.too_long:
        return _noted(_reply(visit, argument), texts.TOO_LONG)
    file = receive(visit, sent)
    actor = roles.actor(visit)
    recordings.keep(visit.connection, page.programme.slug, page.language, page.key, file, visit.now, actor)
    heard = recordings.recorded(visit.connection, page.programme.slug, page.language)
    done = sum(aloud.key(item) in heard for item in page.items)
    return replace(_noted(_reply(visit, argument), texts.kept(done, len(page.items))), due=True)


def listen(visit: Visit, slug: str, wave: str, language: str, number: str) -> Reply | None:
    """»Poslušaj«: the recording above the card."""
    page = _page(visit, f"{slug}:{wave}:{language}:{number}")
    if page is None:
        return None
    found = _recording(visit, page)
    if found is None:
        return _reply(visit, page.argument).toasted(texts.NOTHING_TO_HEAR)
    voice = Screen("", media=Voice(found.attachment, found.file, found.seconds), protect=True)
    return replace(_reply(visit, page.argument), fresh=True, extras=(voice,))


def drop(visit: Visit, slug: str, wave: str, language: str, number: str, recording_id: str) -> Reply | None:
    """»Izbriši posnetek«, of just the recording that the card told of."""
    page = _page(visit, f"{slug}:{wave}:{language}:{number}")
    if page is None:
        return None
    found = _recording(visit, page)
    if found is None or found.id != whole(recording_id):
        return _reply(visit, page.argument)
    recordings.drop(visit.connection, found, visit.now, roles.actor(visit))
    return _reply(visit, page.argument).toasted(texts.DELETED)


def draw(visit: Visit, argument: str) -> Screen:
    """The card of `record:`, `record:SLUG`, `record:SLUG:WAVE` and `record:SLUG:WAVE:LANGUAGE:QUESTION`."""
    slug, _, place = argument.partition(":")
    programme = _find(visit, slug)
    if programme is None:
        buttons = [Button(one.name, f"rec:{one.slug}") for one in roles.programmes(visit, Action.RECORD)]
        return Screen(texts.CHOOSE_PROGRAMME, column(*buttons, staffroom.to_desk()))
    page = _page(visit, argument)
    if page is not None:
        return _card(visit, page)
    if place and ":" not in place and whole(place) < len(programme.waves):
        return _languages(programme, whole(place))
    buttons = [Button(preview.name(wave), f"rec:{slug}:{at}") for at, wave in enumerate(programme.waves)]
    several = len(roles.programmes(visit, Action.RECORD)) > 1
    back = Button(common.BACK, "posn") if several else staffroom.to_desk()
    return Screen(texts.choose_questionnaire(programme.name), column(*buttons, back))


def _languages(programme: Programme, place: int) -> Screen:
    buttons = [Button(NAMES[one], f"rec:{programme.slug}:{place}:{one}") for one in programme.languages]
    back = Button(common.BACK, f"rec:{programme.slug}")
    return Screen(texts.choose_language(preview.name(programme.waves[place])), column(*buttons, back))


def _card(visit: Visit, page: _Page) -> Screen:
    found = _recording(visit, page)
    where = texts.place(preview.name(page.wave), NAMES[page.language], page.number + 1, len(page.items))
    told = texts.NO_RECORDING
    of_recording = []
    if found is not None:
        when = found.recorded_at.astimezone(visit.house.rhythm.zone).date()
        told = texts.recorded(day(when), duration(found.seconds))
        of_recording = [
            Button(texts.LISTEN, f"rel:{page.argument}"),
            Button(texts.DELETE, f"red:{page.argument}:{found.id}"),
        ]
    ways = []
    if page.number + 1 < len(page.items):
        ways.append(Button(texts.NEXT, f"rec:{replace(page, number=page.number + 1).argument}"))
    if page.number:
        ways.append(Button(texts.PREVIOUS, f"rec:{replace(page, number=page.number - 1).argument}"))
    other = Button(texts.OTHER, f"rec:{page.programme.slug}")
    words = texts.card(where, aloud.words(page.items[page.number]), told)
    return Screen(words, column(*of_recording, *ways, other, staffroom.to_desk()))


def _recording(visit: Visit, page: _Page) -> Recording | None:
    """The recording of the words in their language; that of another language, which may read alike, is another one."""
    if page.key not in recordings.recorded(visit.connection, page.programme.slug, page.language):
        return None
    return recordings.find(visit.connection, visit.house.keys, page.programme.slug, page.language, page.key)


def _find(visit: Visit, slug: str) -> Programme | None:
    return next((one for one in roles.programmes(visit, Action.RECORD) if one.slug == slug), None)


def _page(visit: Visit, argument: str) -> _Page | None:
    """What an argument of four parts says; None for others, and for what is not there (any more)."""
    parts = argument.split(":")
    programme = _find(visit, parts[0])
    if programme is None or len(parts) != 4 or whole(parts[1]) >= len(programme.waves):  # noqa: PLR2004 - see above
        return None
    place, language, number = whole(parts[1]), parts[2], whole(parts[3])
    if language not in programme.languages:
        return None
    told = localised(programme.questionnaire(programme.waves[place]), language)
    items = tuple(item for item in told.questionnaire.items if item.id not in told.missing)
    return _Page(programme, place, language, items, number) if number < len(items) else None


def _reply(visit: Visit, argument: str) -> Reply:
    return Reply(draw(visit, argument), f"record:{argument}", fresh=visit.typed)


def _noted(reply: Reply, note: str) -> Reply:
    return replace(reply, card=replace(reply.card, text=f"<i>{note}</i>\n\n{reply.card.text}"))
