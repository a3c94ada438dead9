"""A story at the end of a questionnaire: told, read back, handed in with or without consent for publication; one's own.

Once for each enrolment and wave, only to adults who answer for themselves, and never asked twice.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace

from bot.participant import sharing
from bot.screens import Button, Reply, Screen, column
from bot.texts.recording import spoken
from bot.texts.stories import LONGEST, PUBLICATION_VERSION
from bot.visit import Sent, Visit, receive, whole
from reports.slovenian import day
from storage import runs, stories, voices
from storage.participants import Place
from storage.runs import Run
from storage.schema import EnrolmentState
from storage.stories import Standing, Story

AT_THE_END = "end"  # the anchor of waves after which somebody has something to tell


def invitation(visit: Visit, run: Run) -> Button | None:
    """The button that invites to tell a story after this run; None where nobody is invited."""
    if not _may_tell(visit, run) or stories.of_wave(visit.connection, visit.house.keys, run.enrolment, run.wave):
        return None
    return Button(visit.words.stories.TELL, f"tel:{run.id}")


def begin(visit: Visit, run_id: str) -> Reply | None:
    """»Povem svojo zgodbo«, and »Povem znova«."""
    run = _run(visit, run_id)
    if run is None:
        return None
    held = stories.of_wave(visit.connection, visit.house.keys, run.enrolment, run.wave)
    if held is not None and held.standing is not Standing.DRAFT:
        return _own(visit, held)
    return Reply(draw_ask(visit, run_id), f"tell:{run.id}", fresh=visit.typed)


def typed(visit: Visit, run_id: str, text: str) -> Reply | None:
    """The story was typed; it takes the place of what was typed before."""
    run = _run(visit, run_id)
    if run is None:
        return None
    held = stories.of_wave(visit.connection, visit.house.keys, run.enrolment, run.wave)
    if held is not None and held.standing is not Standing.DRAFT:
        return _own(visit, held)
    words = text.strip()
    if len(words) > LONGEST:
        return _noted(
            Reply(draw_ask(visit, run_id), f"tell:{run.id}", fresh=True), visit.words.stories.too_long(len(words))
        )
    number = stories.tell(visit.connection, visit.house.keys, run.enrolment, run.wave, words, visit.now)
    return _read_back(visit, number)


def typed_more(visit: Visit, story_id: str, text: str) -> Reply | None:
    """Words below the story that is read back go on with it: many tell in several messages."""
    one = _mine(visit, story_id)
    if one is None or one.wave is None:
        return None
    if one.standing is not Standing.DRAFT:
        return _own(visit, one)
    words = f"{one.text}\n{text.strip()}"
    if len(words) > LONGEST:
        return _noted(_read_back(visit, one.id), visit.words.stories.too_long(len(words)))
    return _read_back(
        visit, stories.tell(visit.connection, visit.house.keys, one.enrolment, one.wave, words, visit.now, more=True)
    )


def said(visit: Visit, run_id: str, sent: Sent) -> Reply | None:
    """The story was spoken; it takes the place of what was told before."""
    run = _run(visit, run_id)
    if run is None or sent.kind != "voice":
        return None
    held = stories.of_wave(visit.connection, visit.house.keys, run.enrolment, run.wave)
    if held is not None and held.standing is not Standing.DRAFT:
        return _own(visit, held)
    if sent.too_long:
        return _noted(Reply(draw_ask(visit, run_id), f"tell:{run.id}", fresh=True), visit.words.VOICE_TOO_LONG)
    return _keep_said(visit, run.enrolment, run.wave, spoken(sent.seconds), sent)


def said_more(visit: Visit, story_id: str, sent: Sent) -> Reply | None:
    """A recording below the story that is read back goes on with it; there is one at most."""
    one = _mine(visit, story_id)
    if one is None or one.wave is None or sent.kind != "voice":
        return None
    if one.standing is not Standing.DRAFT:
        return _own(visit, one)
    if sent.too_long:
        return _noted(_read_back(visit, one.id), visit.words.VOICE_TOO_LONG)
    if voices.of_story(visit.connection, visit.house.keys, one.id) is not None:
        return _noted(_read_back(visit, one.id), visit.words.stories.ONE_RECORDING)
    words = f"{one.text}\n{spoken(sent.seconds)}"
    return _keep_said(visit, one.enrolment, one.wave, words, sent)


def _keep_said(visit: Visit, enrolment: int, wave: str, words: str, sent: Sent) -> Reply:
    number = stories.tell(visit.connection, visit.house.keys, enrolment, wave, words, visit.now)
    voices.told(visit.connection, number, receive(visit, sent))
    return replace(_read_back(visit, number), due=True)


def typed_at_buttons(visit: Visit, argument: str, _text: str) -> Reply | None:
    """Words where only buttons help: the same card below them."""
    return _noted(
        Reply(draw_publish(visit, argument), f"publish:{argument}", fresh=True), visit.words.stories.BY_BUTTON
    )


def not_text(visit: Visit, note: str) -> Reply | None:
    """A picture or a recording where a story is to be typed: the same card below it; None on any other card."""
    name, _, argument = visit.view.partition(":")
    if name == "tell":
        return _noted(Reply(draw_ask(visit, argument), visit.view, fresh=True), note)
    if name == "told":
        return _noted(Reply(draw_read_back(visit, argument), visit.view, fresh=True), note)
    return None


def read_back(visit: Visit, story_id: str) -> Reply | None:
    """»Nadaljuj zgodbo«: what was told so far."""
    one = _mine(visit, story_id)
    if one is None:
        return None
    return _read_back(visit, one.id) if one.standing is Standing.DRAFT else _own(visit, one)


def ask_publication(visit: Visit, story_id: str) -> Reply | None:
    """»Tako je prav«, or »Dovolim objavo« of a story that is not for publication."""
    one = _mine(visit, story_id)
    if one is None or one.enrolment_state is not EnrolmentState.ACTIVE:
        return None
    if one.publishable:
        return _own(visit, one)
    return Reply(draw_publish(visit, story_id), f"publish:{story_id}", fresh=visit.typed)


def publish(visit: Visit, story_id: str, revision: str) -> Reply | None:
    """»Da, lahko objavite«."""

    def agree(one: Story) -> None:
        stories.agree(visit.connection, one, PUBLICATION_VERSION, visit.now)

    one = _mine(visit, story_id, changing=True)
    if one is None or one.enrolment_state is not EnrolmentState.ACTIVE:
        return None
    return _changed(visit, one, revision, agree)


def keep_private(visit: Visit, story_id: str, revision: str) -> Reply | None:
    """»Ne, samo za knjižnico«, and »Prekličem dovoljenje«."""
    one = _mine(visit, story_id, changing=True)
    if one is None:
        return None
    return _changed(visit, one, revision, lambda held: stories.keep_private(visit.connection, held, visit.now))


def show(visit: Visit, story_id: str) -> Reply | None:
    """One's own story, from /moji_podatki."""
    one = _mine(visit, story_id)
    return None if one is None else _own(visit, one)


def ask_drop(visit: Visit, story_id: str) -> Reply | None:
    """»Izbriši zgodbo«: once more, to be sure."""
    one = _mine(visit, story_id)
    return None if one is None else Reply(draw_drop(visit, story_id), f"drop_story:{story_id}", fresh=visit.typed)


def drop(visit: Visit, story_id: str) -> Reply | None:
    """The story is gone, as if it had never been told."""
    one = _mine(visit, story_id)
    if one is None:
        return None
    stories.drop(visit.connection, one, visit.now)
    return Reply(draw_dropped(visit, ""), "story_gone:", fresh=visit.typed)


def lines(visit: Visit, places: Sequence[Place]) -> list[str]:
    """The stories of somebody with these places as /moji_podatki lists them."""
    own = _told(visit, places)
    return [
        visit.words.stories.own_line(visit.words.stories.own_name(place, len(own)), _day(visit, one), one.standing)
        for place, one in enumerate(own, start=1)
    ]


def buttons(visit: Visit, places: Sequence[Place]) -> list[Button]:
    """The buttons that lead to them."""
    own = _told(visit, places)
    return [
        Button(visit.words.stories.own_name(place, len(own)), f"tls:{one.id}") for place, one in enumerate(own, start=1)
    ]


def draw_ask(visit: Visit, run_id: str) -> Screen:
    """The card of `tell:RUN`."""
    run = _run(visit, run_id)
    held = None if run is None else stories.of_wave(visit.connection, visit.house.keys, run.enrolment, run.wave)
    back = Button(visit.words.stories.NO_STORY, "home") if held is None else Button(visit.words.BACK, f"tlb:{held.id}")
    return _card(visit, run, Screen(visit.words.stories.ASK, column(back)))


def draw_read_back(visit: Visit, story_id: str) -> Screen:
    """The card of `told:STORY`."""
    one = _mine(visit, story_id)
    if one is None:
        return draw_dropped(visit, "")
    rows = column(
        Button(visit.words.stories.RIGHT, f"tlp:{one.id}"),
        Button(visit.words.stories.TELL_AGAIN, f"tel:{one.run}"),
        Button(visit.words.stories.DROP, f"tlx:{one.id}"),
    )
    return _card(visit, one, Screen(visit.words.stories.read_back(one.text), rows))


def draw_publish(visit: Visit, story_id: str) -> Screen:
    """The card of `publish:STORY`."""
    one = _mine(visit, story_id)
    if one is None:
        return draw_dropped(visit, "")
    rows = column(
        Button(visit.words.stories.PUBLISH, f"tly:{one.id}:{one.revision}"),
        Button(visit.words.stories.KEEP_PRIVATE, f"tln:{one.id}:{one.revision}"),
    )
    return _card(visit, one, Screen(visit.words.stories.ASK_PUBLICATION, rows))


def draw_own(visit: Visit, story_id: str) -> Screen:
    """The card of `my_story:STORY`."""
    one = _mine(visit, story_id)
    if one is None:
        return draw_dropped(visit, "")
    steps = []
    if one.standing is Standing.DRAFT:
        steps = [Button(visit.words.stories.GO_ON, f"tlb:{one.id}")]
    elif one.publishable:
        steps = [Button(visit.words.stories.WITHDRAW, f"tln:{one.id}:{one.revision}")]
    elif one.enrolment_state is EnrolmentState.ACTIVE:
        steps = [Button(visit.words.stories.ALLOW, f"tlp:{one.id}")]
    rows = column(*steps, Button(visit.words.stories.DELETE, f"tlq:{one.id}"), Button(visit.words.HOME, "home"))
    text = visit.words.stories.own(one.text, one.edited, one.standing, _day(visit, one))
    return _card(visit, one, Screen(text, rows))


def draw_drop(visit: Visit, story_id: str) -> Screen:
    """The card of `drop_story:STORY`."""
    rows = column(
        Button(visit.words.stories.DELETE_YES, f"tlx:{story_id}"),
        Button(visit.words.stories.DELETE_NO, f"tls:{story_id}"),
    )
    return _card(visit, _mine(visit, story_id), Screen(visit.words.stories.DELETE_ASK, rows))


def draw_dropped(visit: Visit, _argument: str) -> Screen:
    """The card of `story_gone:`."""
    return Screen(visit.words.stories.DROPPED, column(Button(visit.words.HOME, "home")))


def _card(visit: Visit, one: Story | Run | None, screen: Screen) -> Screen:
    return screen if one is None else sharing.headed(visit.house, visit.words, one, screen)


def _told(visit: Visit, places: Sequence[Place]) -> list[Story]:
    enrolments = {place.enrolment for place in places}
    told = stories.of_chat(visit.connection, visit.house.keys, visit.chat)
    return [one for one in told if one.enrolment in enrolments]


def _changed(visit: Visit, one: Story, revision: str, change: Callable[[Story], None]) -> Reply:
    """The story after a change; a button of before another one changes nothing."""
    if whole(revision) != one.revision:
        return _own(visit, one).toasted(visit.words.WHERE_YOU_ARE)
    first = one.standing is Standing.DRAFT
    change(one)
    reply = Reply(draw_own(visit, str(one.id)), f"my_story:{one.id}", fresh=visit.typed)
    return _noted(reply, visit.words.stories.HANDED_IN) if first else reply


def _read_back(visit: Visit, story_id: int) -> Reply:
    return Reply(draw_read_back(visit, str(story_id)), f"told:{story_id}", fresh=visit.typed)


def _own(visit: Visit, one: Story) -> Reply:
    return Reply(draw_own(visit, str(one.id)), f"my_story:{one.id}", fresh=visit.typed)


def _mine(visit: Visit, story_id: str, *, changing: bool = False) -> Story | None:
    """The story, if whoever is here has told it."""
    get = stories.lock if changing else stories.load
    one = get(visit.connection, visit.house.keys, whole(story_id))
    return one if one is not None and one.chat == visit.chat else None


def _run(visit: Visit, run_id: str) -> Run | None:
    """The run, if whoever is here may tell a story after it."""
    run = runs.load(visit.connection, whole(run_id))
    return run if run is not None and _may_tell(visit, run) else None


def _may_tell(visit: Visit, run: Run) -> bool:
    """An adult who has just answered for themselves at the end or later, and whose consent stands."""
    programme = visit.house.programmes.get(run.programme)
    wave = None if programme is None else programme.wave(run.wave)
    return (
        programme is not None
        and wave is not None
        and wave.anchor == AT_THE_END
        and not programme.answered_for_child
        and run.chat == visit.chat
        and run.finished_at is not None
        and run.enrolment_state is EnrolmentState.ACTIVE
    )


def _day(visit: Visit, one: Story) -> str:
    return day(one.told_at.astimezone(visit.house.rhythm.zone).date())


def _noted(reply: Reply, note: str) -> Reply:
    return replace(reply, card=replace(reply.card, text=f"<i>{note}</i>\n\n{reply.card.text}"))
