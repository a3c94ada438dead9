"""»Ali se strinjate?«: the author of a story says whether the library's edited copy may stand for it.

The question comes by itself (`bot.delivery.edited_stories`), and stands in »Moja zgodba« until it is answered.
"""

from __future__ import annotations

from bot.actions import participant as actions
from bot.conversation.request import Request
from bot.conversation.screens import Button, Reply, Screen, column
from bot.participant import shared_phone, stories
from bot.views import participant as views
from storage import stories as stored
from storage.schema import EnrolmentState
from storage.stories import Story, StoryStanding


def agree(request: Request, story_id: int, revision: int) -> Reply | None:
    """»Strinjam se«."""
    return _answered(request, story_id, revision, agrees=True)


def refuse(request: Request, story_id: int, revision: int) -> Reply | None:
    """»Ne strinjam se«."""
    return _answered(request, story_id, revision, agrees=False)


def typed(request: Request, _text: str, story_id: int) -> Reply | None:
    """Words where only buttons help: the same card below them."""
    return Reply(draw(request, story_id), views.edited_story(story_id)).noted(request.words.stories.BY_BUTTON)


def draw(request: Request, story_id: int) -> Screen:
    """The question again; of one that waits for nothing more, the story as it stands."""
    one = stories.mine(request, story_id)
    if one is None or one.standing is not StoryStanding.ASKED or one.edited is None:
        return stories.draw_own(request, story_id)
    return card(request, one)


def card(request: Request, one: Story) -> Screen:
    """The question itself."""
    library = request.services.programmes[one.programme].library
    text = request.words.stories.ask_agreement(library, one.text, one.edited or "")
    rows = column(*stories.agreement(request, one), Button(request.words.HOME, actions.go_home()))
    return shared_phone.headed(request.services, request.words, one, Screen(text, rows))


def _answered(request: Request, story_id: int, revision: int, *, agrees: bool) -> Reply | None:
    one = stories.mine(request, story_id, changing=True)
    if one is None or one.enrolment_state is not EnrolmentState.ACTIVE:
        return None
    if revision != one.revision or one.standing not in stories.COPY_OPEN:
        return stories.as_it_stands(request, one).toasted(request.words.WHERE_YOU_ARE)
    stored.answer(request.connection, one, request.now, agrees=agrees)
    return stories.as_it_stands(request, one)
