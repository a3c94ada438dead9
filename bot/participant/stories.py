"""A story at the end of a questionnaire: told, read back, handed in with or without consent for publication; one's own.

Once for each enrolment and wave, only to adults who answer for themselves, and never asked twice.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace

from bot.actions import participant as actions
from bot.conversation.request import Request, Sent, receive
from bot.conversation.screens import Button, EntryField, Reply, Screen, column
from bot.participant import shared_phone
from bot.texts.recording import spoken
from bot.texts.stories import LONGEST, PUBLICATION_VERSION
from bot.views import participant as views
from storage import stories
from storage.answers import responses, voice_answers
from storage.answers.responses import Response
from storage.participants import Enrolment
from storage.schema import EnrolmentState
from storage.stories import Story, StoryStanding
from surveys.locale_sl import day

COPY_OPEN = frozenset(
    {StoryStanding.ASKED, StoryStanding.REFUSED}
)  # the author has not agreed to the copy, and still may
AT_THE_END = "end"  # the anchor of waves after which somebody has something to tell


def invitation(request: Request, response: Response) -> Button | None:
    """The button that invites to tell a story after this response; None where nobody is invited."""
    if not _may_tell(request, response) or stories.of_wave(
        request.connection, request.services.keys, response.enrolment, response.wave
    ):
        return None
    return Button(request.words.stories.TELL, actions.tell_story(response.id))


def begin(request: Request, response_id: int) -> Reply | None:
    """»Povem svojo zgodbo«, and »Povem znova«."""
    response = _run(request, response_id)
    if response is None:
        return None
    held = stories.of_wave(request.connection, request.services.keys, response.enrolment, response.wave)
    if held is not None and held.standing is not StoryStanding.DRAFT:
        return as_it_stands(request, held)
    return Reply(draw_ask(request, response_id), views.tell(response.id))


def typed(request: Request, text: str, response_id: int) -> Reply | None:
    """The story was typed; it takes the place of what was typed before."""
    response = _run(request, response_id)
    if response is None:
        return None
    held = stories.of_wave(request.connection, request.services.keys, response.enrolment, response.wave)
    if held is not None and held.standing is not StoryStanding.DRAFT:
        return as_it_stands(request, held)
    words = text.strip()
    if len(words) > LONGEST:
        asked = Reply(draw_ask(request, response_id), views.tell(response.id), unread=True)
        return asked.noted(request.words.stories.too_long(len(words)))
    number = stories.tell(
        request.connection, request.services.keys, response.enrolment, response.wave, words, request.now
    )
    return _read_back(request, number)


def typed_more(request: Request, text: str, story_id: int) -> Reply | None:
    """Words below the story that is read back go on with it: many tell in several messages."""
    one = mine(request, story_id)
    if one is None or one.wave is None:
        return None
    if one.standing is not StoryStanding.DRAFT:
        return as_it_stands(request, one)
    words = f"{one.text}\n{text.strip()}"
    if len(words) > LONGEST:
        return _read_back(request, one.id).noted(request.words.stories.too_long(len(words)))
    return _read_back(
        request,
        stories.tell(request.connection, request.services.keys, one.enrolment, one.wave, words, request.now, more=True),
    )


def said(request: Request, sent: Sent, response_id: int) -> Reply | None:
    """The story was spoken; it takes the place of what was told before."""
    response = _run(request, response_id)
    if response is None or sent.kind != "voice":
        return None
    held = stories.of_wave(request.connection, request.services.keys, response.enrolment, response.wave)
    if held is not None and held.standing is not StoryStanding.DRAFT:
        return as_it_stands(request, held)
    if sent.too_long:
        return Reply(draw_ask(request, response_id), views.tell(response.id)).noted(request.words.VOICE_TOO_LONG)
    return _keep_said(request, response.enrolment, response.wave, spoken(sent.seconds), sent)


def said_more(request: Request, sent: Sent, story_id: int) -> Reply | None:
    """A recording below the story that is read back goes on with it; there is one at most."""
    one = mine(request, story_id)
    if one is None or one.wave is None or sent.kind != "voice":
        return None
    if one.standing is not StoryStanding.DRAFT:
        return as_it_stands(request, one)
    if sent.too_long:
        return _read_back(request, one.id).noted(request.words.VOICE_TOO_LONG)
    if voice_answers.of_story(request.connection, request.services.keys, one.id) is not None:
        return _read_back(request, one.id).noted(request.words.stories.ONE_RECORDING)
    words = f"{one.text}\n{spoken(sent.seconds)}"
    return _keep_said(request, one.enrolment, one.wave, words, sent)


def _keep_said(request: Request, enrolment_id: int, wave: str, words: str, sent: Sent) -> Reply:
    number = stories.tell(request.connection, request.services.keys, enrolment_id, wave, words, request.now)
    voice_answers.told(request.connection, number, receive(request, sent))
    return replace(_read_back(request, number), due=True)


def typed_at_buttons(request: Request, _text: str, story_id: int) -> Reply | None:
    """Words where only buttons help: the same card below them."""
    return Reply(draw_publish(request, story_id), views.publish(story_id)).noted(request.words.stories.BY_BUTTON)


def read_back(request: Request, story_id: int) -> Reply | None:
    """»Nadaljuj zgodbo«: what was told so far."""
    one = mine(request, story_id)
    if one is None:
        return None
    return _read_back(request, one.id) if one.standing is StoryStanding.DRAFT else as_it_stands(request, one)


def ask_publication(request: Request, story_id: int) -> Reply | None:
    """»Tako je prav«, or »Dovolim objavo« of a story that is not for publication."""
    one = mine(request, story_id)
    if one is None or one.enrolment_state is not EnrolmentState.ACTIVE:
        return None
    if one.publishable:
        return as_it_stands(request, one)
    return Reply(draw_publish(request, story_id), views.publish(story_id))


def publish(request: Request, story_id: int, revision: int) -> Reply | None:
    """»Da, lahko objavite«."""

    def agree(one: Story) -> None:
        stories.agree(request.connection, one, PUBLICATION_VERSION, request.now)

    one = mine(request, story_id, changing=True)
    if one is None or one.enrolment_state is not EnrolmentState.ACTIVE:
        return None
    return _changed(request, one, revision, agree)


def keep_private(request: Request, story_id: int, revision: int) -> Reply | None:
    """»Ne, samo za knjižnico«, and »Prekličem dovoljenje«."""
    one = mine(request, story_id, changing=True)
    if one is None:
        return None
    return _changed(request, one, revision, lambda held: stories.keep_private(request.connection, held, request.now))


def show(request: Request, story_id: int) -> Reply | None:
    """One's own story, from /moji_podatki."""
    one = mine(request, story_id)
    return None if one is None else as_it_stands(request, one)


def ask_drop(request: Request, story_id: int) -> Reply | None:
    """»Izbriši zgodbo«: once more, to be sure."""
    one = mine(request, story_id)
    return None if one is None else Reply(draw_drop(request, story_id), views.drop_story(story_id))


def drop(request: Request, story_id: int) -> Reply | None:
    """The story is gone, as if it had never been told."""
    one = mine(request, story_id)
    if one is None:
        return None
    stories.drop(request.connection, one, request.now)
    return Reply(draw_dropped(request), views.story_gone())


def lines(request: Request, enrolments: Sequence[Enrolment]) -> list[str]:
    """The stories of somebody with these places as /moji_podatki lists them."""
    own = _told(request, enrolments)
    return [
        request.words.stories.own_line(
            request.words.stories.own_name(number, len(own)), _day(request, one), one.standing
        )
        for number, one in enumerate(own, start=1)
    ]


def buttons(request: Request, enrolments: Sequence[Enrolment]) -> list[Button]:
    """The buttons that lead to them."""
    own = _told(request, enrolments)
    return [
        Button(request.words.stories.own_name(number, len(own)), actions.show_own_story(one.id))
        for number, one in enumerate(own, start=1)
    ]


def draw_ask(request: Request, response_id: int) -> Screen:
    """The invitation to tell, again."""
    response = _run(request, response_id)
    held = (
        None
        if response is None
        else stories.of_wave(request.connection, request.services.keys, response.enrolment, response.wave)
    )
    back = (
        Button(request.words.stories.NO_STORY, actions.go_home())
        if held is None
        else Button(request.words.BACK, actions.go_on_with_story(held.id))
    )
    return _card(request, response, Screen(request.words.stories.ASK, column(back), entry=EntryField.TEXT))


def draw_read_back(request: Request, story_id: int) -> Screen:
    """The story read back, again."""
    one = mine(request, story_id)
    if one is None:
        return draw_dropped(request)
    again = [] if one.run is None else [Button(request.words.stories.TELL_AGAIN, actions.tell_story(one.run))]
    rows = column(
        Button(request.words.stories.RIGHT, actions.finish_story(one.id)),
        *again,
        Button(request.words.stories.DROP, actions.ask_to_drop_story(one.id)),
    )
    return _card(request, one, Screen(request.words.stories.read_back(one.text), rows, entry=EntryField.TEXT))


def draw_publish(request: Request, story_id: int) -> Screen:
    """Whether it may be published, again."""
    one = mine(request, story_id)
    if one is None:
        return draw_dropped(request)
    rows = column(
        Button(request.words.stories.PUBLISH, actions.publish_story(one.id, one.revision)),
        Button(request.words.stories.KEEP_PRIVATE, actions.keep_story_private(one.id, one.revision)),
    )
    return _card(request, one, Screen(request.words.stories.ASK_PUBLICATION, rows))


def draw_own(request: Request, story_id: int) -> Screen:
    """One's own story, again."""
    one = mine(request, story_id)
    if one is None:
        return draw_dropped(request)
    steps = []
    if one.standing is StoryStanding.DRAFT:
        steps = [Button(request.words.stories.GO_ON, actions.go_on_with_story(one.id))]
    elif one.publishable:
        agree = agreement(request, one)
        steps = [*agree, Button(request.words.stories.WITHDRAW, actions.keep_story_private(one.id, one.revision))]
    elif one.enrolment_state is EnrolmentState.ACTIVE:
        steps = [Button(request.words.stories.ALLOW, actions.finish_story(one.id))]
    rows = column(
        *steps,
        Button(request.words.stories.DELETE, actions.ask_to_drop_story(one.id)),
        Button(request.words.HOME, actions.go_home()),
    )
    text = request.words.stories.own(one.text, one.edited, one.standing, _day(request, one))
    return _card(request, one, Screen(text, rows))


def draw_drop(request: Request, story_id: int) -> Screen:
    """Whether to erase it, again."""
    rows = column(
        Button(request.words.stories.DELETE_YES, actions.drop_story(story_id)),
        Button(request.words.stories.DELETE_NO, actions.show_own_story(story_id)),
    )
    return _card(request, mine(request, story_id), Screen(request.words.stories.DELETE_ASK, rows))


def draw_dropped(request: Request) -> Screen:
    """That it is erased."""
    return Screen(request.words.stories.DROPPED, column(Button(request.words.HOME, actions.go_home())))


def agreement(request: Request, one: Story) -> list[Button]:
    """What the author may say of the library's copy; nothing where nobody waits for it, or the author has left."""
    if one.standing not in COPY_OPEN or one.enrolment_state is not EnrolmentState.ACTIVE:
        return []
    words = request.words.stories
    yes = Button(words.AGREE, actions.agree_to_copy(one.id, one.revision))
    no = Button(words.DISAGREE, actions.refuse_copy(one.id, one.revision))
    return [yes, no] if one.standing is StoryStanding.ASKED else [yes]


def _card(request: Request, one: Story | Response | None, screen: Screen) -> Screen:
    return screen if one is None else shared_phone.headed(request.services, request.words, one, screen)


def _told(request: Request, enrolments: Sequence[Enrolment]) -> list[Story]:
    enrolment_ids = {enrolment.id for enrolment in enrolments}
    told = stories.of_chat(request.connection, request.services.keys, request.chat)
    return [one for one in told if one.enrolment in enrolment_ids]


def _changed(request: Request, one: Story, revision: int, change: Callable[[Story], None]) -> Reply:
    """The story after a change; a button of before another one changes nothing."""
    if revision != one.revision:
        return as_it_stands(request, one).toasted(request.words.WHERE_YOU_ARE)
    first = one.standing is StoryStanding.DRAFT
    change(one)
    reply = as_it_stands(request, one)
    return reply.noted(request.words.stories.HANDED_IN) if first else reply


def _read_back(request: Request, story_id: int) -> Reply:
    return Reply(draw_read_back(request, story_id), views.told(story_id))


def as_it_stands(request: Request, one: Story) -> Reply:
    """One's own story as it stands now."""
    return Reply(draw_own(request, one.id), views.my_story(one.id))


def mine(request: Request, story_id: int, *, changing: bool = False) -> Story | None:
    """The story, if whoever is here has told it."""
    get = stories.lock if changing else stories.load
    one = get(request.connection, request.services.keys, story_id)
    return one if one is not None and one.chat == request.chat else None


def _run(request: Request, response_id: int) -> Response | None:
    """The response, if whoever is here may tell a story after it."""
    response = responses.load(request.connection, response_id)
    return response if response is not None and _may_tell(request, response) else None


def _may_tell(request: Request, response: Response) -> bool:
    """An adult who has just answered for themselves at the end or later, and whose consent stands."""
    programme = request.services.programmes.get(response.programme)
    wave = None if programme is None else programme.wave(response.wave)
    return (
        programme is not None
        and wave is not None
        and wave.anchor == AT_THE_END
        and not programme.answered_for_child
        and not response.waits
        and response.chat == request.chat
        and response.finished_at is not None
        and response.enrolment_state is EnrolmentState.ACTIVE
    )


def _day(request: Request, one: Story) -> str:
    return day(one.told_at.astimezone(request.services.policy.zone).date())
