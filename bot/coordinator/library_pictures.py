"""The logo and the photograph on a library's page: sent in the chat, made ready by the tick, described, taken away."""

from __future__ import annotations

from dataclasses import replace

from bot.actions import coordinator as actions
from bot.conversation import permissions
from bot.conversation.request import Request, Sent, receive
from bot.conversation.screens import Button, Reply, Screen, column
from bot.coordinator import library_page
from bot.texts import library_page as texts
from bot.texts import staff as staff_texts
from bot.texts.slovene import common
from bot.views import coordinator as views
from storage import library_pages
from storage.schema import PagePicture
from surveys import short_words

MOST_BYTES = 8 * 2**20  # as `reports.render.raster`, which is too heavy to be loaded for a number
LONGEST = short_words.PICTURE


def ask(request: Request, library: str, picture: PagePicture) -> Reply | None:
    """A picture is to be sent; of a photograph what is to be seen is to be typed."""
    return _shown(request, library, picture) if library_page.of_library(request, library) else None


def draw(request: Request, library: str, picture: PagePicture) -> Screen:
    """A picture is to be sent."""
    if not library_page.of_library(request, library):
        return Screen(staff_texts.NOT_STAFF)
    there = library_pages.pictures(request.connection, library).get(picture)
    removable = there is not None and (there.png or there.waits)
    remove = [Button(texts.REMOVE, actions.remove_picture(library, picture))] if removable else []
    rows = column(*remove, Button(common.BACK, actions.show_page(library)))
    return Screen(texts.picture(picture, there, LONGEST), rows)


def sent(request: Request, file: Sent, library: str, picture: PagePicture) -> Reply | None:
    """A picture or a file came: it is fetched, and drawn anew before it is used."""
    member = permissions.member(request)
    if file.kind == "voice" or member is None or not library_page.of_library(request, library):
        return None
    if (file.size or 0) > MOST_BYTES:
        return _shown(request, library, picture, texts.FLAWS["too_many_bytes"])
    number = receive(request, file)
    library_pages.receive(
        request.connection, library, picture, number, member=member.id, now=request.now, actor=member.actor
    )
    return replace(_shown(request, library, picture), due=True)


def typed(request: Request, text: str, library: str, picture: PagePicture) -> Reply | None:
    """What is to be seen on the photograph was typed."""
    if not library_page.of_library(request, library):
        return None
    words = short_words.tidy(text)
    problem = _problem(request, library, picture, words)
    if problem:
        return _shown(request, library, picture, problem)
    library_pages.describe(
        request.connection, library, PagePicture.PHOTO, words, now=request.now, actor=permissions.actor(request)
    )
    return _shown(request, library, picture, texts.SAVED)


def _problem(request: Request, library: str, picture: PagePicture, words: str) -> str:
    """Why these words cannot stand for what is to be seen on the picture; empty where they can."""
    there = library_pages.pictures(request.connection, library).get(PagePicture.PHOTO)
    if picture is not PagePicture.PHOTO:
        return texts.NO_WORDS
    if there is not None and there.waits:
        return texts.DESCRIBE_LATER
    if there is None or there.png is None:
        return texts.SEND_FIRST
    return "" if words and len(words) <= LONGEST else texts.too_long(LONGEST, len(words))


def remove(request: Request, library: str, picture: PagePicture) -> Reply | None:
    """Whether the picture is to go is asked on the card that shows it; then it goes."""
    if not library_page.of_library(request, library):
        return None
    if request.view == views.page_picture(library, picture):
        return Reply(draw_remove(request, library, picture), views.page_unpicture(library, picture))
    if request.view != views.page_unpicture(library, picture):
        return library_page.shown(request, library)
    library_pages.remove(request.connection, library, picture, now=request.now, actor=permissions.actor(request))
    return library_page.shown(request, library, texts.REMOVED)


def draw_remove(request: Request, library: str, picture: PagePicture) -> Screen:
    """Whether a picture is to go."""
    if not library_page.of_library(request, library):
        return Screen(staff_texts.NOT_STAFF)
    yes = Button(texts.REMOVE_YES, actions.remove_picture(library, picture))
    no = Button(common.BACK, actions.send_picture(library, picture))
    return Screen(texts.ask_remove(picture), column(yes, no))


def _shown(request: Request, library: str, picture: PagePicture, note: str = "") -> Reply:
    """The card. Why an earlier picture was none has been said, and is not said again."""
    library_pages.forgive(request.connection, library, picture)
    return Reply(draw(request, library, picture), views.page_picture(library, picture)).noted(note)
